import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator, type EmulatorOptions, loadWorld } from "@azurestack-csp/emulator";
import { unitsOf } from "../../unit/emulator/usage/support.ts";
import { createHubCaller, send } from "../support/caller.ts";
import { sample } from "../support/sample.ts";

const START = new Date("2026-11-30T18:54:50Z");
const HOUR_IN_MS = 3_600_000;

/** Local subscriptions of the sample's Hub in Paris. */
const beaumont = "5966eb44-e0c6-4744-9511-3dc30e9a8df5";
const delmas = "00633256-e25f-471d-8fe2-c4e12b5eadad";
/** Of a customer who is registered since 20 days. */
const saintAubin = "a83c546d-bc4d-43dc-96c9-3f01a9f18630";
const saintAubinSubscription = "098f60b4-a5b1-45b1-942a-a0cf053e2051";
const { subscriptionId: registration } = sample.paris;

interface Billed {
  readonly rowCount: number;
  readonly billed: readonly {
    readonly subscriptionId: string;
    readonly meterId: string;
    readonly billedSubscriptionId: string | null;
    readonly rows: number;
    readonly quantity: string;
  }[];
  readonly rows?: readonly {
    readonly reportedTime: string;
    readonly processedTime: string;
    readonly billedSubscriptionId: string;
  }[];
}

describe("who is billed for usage", () => {
  let emulator: Emulator;
  let now = START;
  const start = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator({ now: () => now, ...options });
  };
  beforeEach(() => {
    now = START;
    return start();
  });
  afterEach(() => emulator.close());

  const ask = (query: string) =>
    send(emulator, { method: "GET", path: `/_emulator/usage/billed?${query}`, headers: {}, content: undefined });
  async function billed(from: string, to: string, more = ""): Promise<Billed> {
    const { status, text } = await ask(`hub=paris&from=${from}&to=${to}${more}`);
    assert.equal(status, 200, text);
    return JSON.parse(text);
  }
  const payersOf = ({ billed: sums }: Billed, subscriptionId: string) => [
    ...new Set(sums.filter((sum) => sum.subscriptionId === subscriptionId).map((sum) => sum.billedSubscriptionId)),
  ];

  it("is the customer subscription that is registered, else the registration's own", async () => {
    const answer = await billed("2026-11-25T00:00Z", "2026-11-26T00:00Z");

    assert.deepEqual(payersOf(answer, beaumont), [sample.beaumont.subscriptionId]);
    assert.deepEqual(payersOf(answer, delmas), [registration]);
    assert.deepEqual(payersOf(answer, emulator.hubs[0]?.admin.subscriptionId ?? ""), [registration]);
    assert.ok(answer.rowCount > 1_000);
  });

  it("is the registration's own for what was processed before a customer was registered", async () => {
    const days = ["2026-11-09", "2026-11-11"].map((day) => billed(`${day}T00:00Z`, `${day}T12:00Z`));
    const [before, after] = await Promise.all(days);
    assert.ok(before && after);

    assert.deepEqual(payersOf(before, saintAubin), [registration]);
    assert.deepEqual(payersOf(after, saintAubin), [saintAubinSubscription]);
    // 20 days before the start, to the second: the hour that was processed at 19:00 is the first one.
    const hours = await billed("2026-11-10T00:00Z", "2026-11-11T00:00Z", `&subscriberId=${saintAubin}&rows=true`);
    const own = hours.rows?.filter(({ billedSubscriptionId }) => billedSubscriptionId === registration) ?? [];
    assert.equal(own.at(-1)?.processedTime, "2026-11-10T18:00:00Z");
  });

  it("is decided 6 hours after the report, or as many as a mode says", async () => {
    const window = ["2026-11-25T06:00Z", "2026-11-25T07:00Z", "&rows=true"] as const;
    const { rows = [] } = await billed(...window);
    emulator.setModes({ usageBilledAfter: 1 });
    const later = await billed(...window);

    assert.deepEqual([...new Set(rows.map(({ reportedTime }) => reportedTime))], ["2026-11-25T00:00:00Z"]);
    assert.equal(later.rows?.[0]?.reportedTime, "2026-11-25T05:00:00Z");
  });

  it("says nothing of usage that is not processed yet", async () => {
    const { rows = [] } = await billed("2026-11-30T18:00Z", "2026-12-31T00:00Z", "&rows=true");

    assert.deepEqual([...new Set(rows.map(({ processedTime }) => processedTime))], ["2026-11-30T18:00:00Z"]);
  });

  it("changes with the mapping from the moment of the change on, and not before", async () => {
    const mapping = { ...sample.paris, customerSubscriptionId: sample.delmas.subscriptionId };
    emulator.facts.putCustomerSubscription({ ...mapping, tenantId: sample.delmas.tenantId });
    now = new Date(START.getTime() + 3 * HOUR_IN_MS);
    emulator.facts.deleteCustomerSubscription(mapping);
    now = new Date(START.getTime() + 6 * HOUR_IN_MS);

    const payer = async (hour: string) =>
      payersOf(await billed(`${hour}:00Z`, `${hour}:30Z`, `&subscriberId=${delmas}`), delmas);
    assert.deepEqual(await payer("2026-11-30T18"), [registration]);
    assert.deepEqual(await payer("2026-11-30T19"), [sample.delmas.subscriptionId]);
    assert.deepEqual(await payer("2026-11-30T21"), [sample.delmas.subscriptionId]);
    assert.deepEqual(await payer("2026-11-30T22"), [registration]);
  });

  it("follows a tenant from one customer subscription to another", async () => {
    const { tenantId, secondSubscriptionId } = sample.beaumont;
    emulator.facts.putCustomerSubscription({
      ...sample.paris,
      customerSubscriptionId: secondSubscriptionId,
      tenantId: tenantId.toUpperCase(),
    });
    now = new Date(START.getTime() + HOUR_IN_MS);
    const window = `&subscriberId=${beaumont}`;

    const [before, after] = await Promise.all([
      billed("2026-11-30T18:00Z", "2026-11-30T19:00Z", window),
      billed("2026-11-30T19:00Z", "2026-11-30T20:00Z", window),
    ]);
    assert.deepEqual(payersOf(before, beaumont), [sample.beaumont.subscriptionId]);
    assert.deepEqual(payersOf(after, beaumont), [secondSubscriptionId]);
  });

  it("is nobody where the Hub is registered no more, or billed by its capacity", async () => {
    emulator.facts.setRegistration(sample.paris, { billingModel: "Capacity" });
    now = new Date(START.getTime() + HOUR_IN_MS);
    emulator.facts.deleteRegistration(sample.paris);
    now = new Date(START.getTime() + 2 * HOUR_IN_MS);

    const payers = async (hour: string) => payersOf(await billed(`${hour}:00Z`, `${hour}:30Z`), beaumont);
    assert.deepEqual(await payers("2026-11-30T18"), [sample.beaumont.subscriptionId]);
    assert.deepEqual(await payers("2026-11-30T19"), [null]);
    assert.deepEqual(await payers("2026-11-30T20"), [null]);
  });

  it("is nobody while the Hub sends no usage", async () => {
    emulator.facts.setHub("paris", { usageReportingEnabled: false });
    now = new Date(START.getTime() + HOUR_IN_MS);
    emulator.facts.setHub("paris", { usageReportingEnabled: true });
    now = new Date(START.getTime() + 2 * HOUR_IN_MS);

    const payers = async (hour: string) => payersOf(await billed(`${hour}:00Z`, `${hour}:30Z`), beaumont);
    assert.deepEqual(await payers("2026-11-30T18"), [sample.beaumont.subscriptionId]);
    assert.deepEqual(await payers("2026-11-30T19"), [null]);
    assert.deepEqual(await payers("2026-11-30T20"), [sample.beaumont.subscriptionId]);
  });

  it("is what the history of a world says", async () => {
    const world = await loadWorld(undefined);
    const since = (time: string, customerSubscriptionId: string | null) => ({
      tenantId: sample.delmas.tenantId,
      customerSubscriptionId,
      since: time,
    });
    const mappingHistory = [
      since("2026-11-01T00:00:00Z", sample.delmas.subscriptionId),
      since("2026-11-02T00:00:00Z", null),
    ];
    await emulator.close();
    await start({
      world: {
        ...world,
        registrations: (world.registrations ?? []).map((one) =>
          one.name === sample.paris.name ? { ...one, mappingHistory } : one,
        ),
      },
    });

    const payers = async (day: string) => payersOf(await billed(`${day}T10:00Z`, `${day}T11:00Z`), delmas);
    assert.deepEqual(await payers("2026-10-31"), [registration]);
    assert.deepEqual(await payers("2026-11-01"), [sample.delmas.subscriptionId]);
    assert.deepEqual(await payers("2026-11-02"), [registration]);
  });

  it("has exactly the sums that the Hub reports", async () => {
    const { billed: sums } = await billed("2026-11-25T06:00Z", "2026-11-26T06:00Z", `&subscriberId=${beaumont}`);
    const admin = await createHubCaller(emulator, { endpoint: "admin" });
    const answer = await admin(
      "GET",
      `/subscriptions/${emulator.hubs[0]?.admin.subscriptionId}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates?reportedStartTime=2026-11-25&reportedEndTime=2026-11-26&subscriberId=${beaumont}`,
      { apiVersion: "2015-06-01-preview" },
    );
    const reported = new Map<string, bigint>();
    for (const [, quantity = "", meterId = ""] of answer.text.matchAll(/"quantity":([^,]+),"meterId":"([^"]+)"/g))
      reported.set(meterId, (reported.get(meterId) ?? 0n) + unitsOf(quantity));

    assert.ok(reported.size > 5);
    assert.deepEqual(new Map(sums.map(({ meterId, quantity }) => [meterId, unitsOf(quantity)])), reported);
  });

  it("outlives a restart with the state file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "billed-"));
    const state = join(folder, "state.json");
    await emulator.close();
    await start({ state });
    const mapping = { ...sample.paris, customerSubscriptionId: sample.delmas.subscriptionId };
    emulator.facts.putCustomerSubscription({ ...mapping, tenantId: sample.delmas.tenantId });
    now = new Date(START.getTime() + 2 * HOUR_IN_MS);
    emulator.facts.deleteCustomerSubscription(mapping);
    await emulator.close();
    now = new Date(START.getTime() + 4 * HOUR_IN_MS);
    await start({ state });

    const window = `&subscriberId=${delmas}&rows=true`;
    const { rows = [] } = await billed("2026-11-30T18:00Z", "2026-11-30T23:00Z", window);
    const byHour = new Map(
      rows.map(({ processedTime, billedSubscriptionId }) => [processedTime.slice(11, 13), billedSubscriptionId]),
    );
    await rm(folder, { recursive: true });
    assert.deepEqual(
      ["18", "19", "20", "21", "22"].map((hour) => byHour.get(hour)),
      [registration, sample.delmas.subscriptionId, sample.delmas.subscriptionId, registration, registration],
    );
  });

  it("is not told of a Hub or a time that there is not", async () => {
    for (const query of ["from=2026-11-01&to=2026-11-02", "hub=paris&to=2026-11-02", "hub=paris&from=x&to=2026-11-02"])
      assert.equal((await ask(query)).status, 400, query);
  });
});
