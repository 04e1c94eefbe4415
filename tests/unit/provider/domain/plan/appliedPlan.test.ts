import assert from "node:assert/strict";
import {
  inspectTenantList,
  type ManagedMapping,
  type Plan,
  parseCustomerSubscriptionId,
  parseTenantList,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import fc from "fast-check";
import { isWrite } from "../../../../../provider/src/domain/plan/planChanges.ts";
import { cases, randomSeed } from "../../../../support/effort.ts";
import {
  createMemoryRegistrationsClient,
  type MemoryRegistrationsClient,
} from "../../../../support/memory/memoryRegistrationsClient.ts";
import { createEngine, type Engine, type Program } from "../../lifecycle/customerSubscription/engine.ts";
import { lyon, paris, subscription, tenant, worldOf, writes } from "../../lifecycle/customerSubscription/harness.ts";

const REGISTRATIONS = { paris, lyon };
const KEYS = ["paris", "lyon"] as const;
const TODAY = "2026-06-15";

/** A mapping by the numbers of tenant and subscription. */
interface Row {
  readonly t: number;
  readonly s: number;
}

/** The rows of each registration, one per tenant and per subscription, as a list that was checked has them. */
type Rows = Readonly<Record<(typeof KEYS)[number], readonly Row[]>>;

const row = fc.record({ t: fc.integer({ min: 1, max: 5 }), s: fc.integer({ min: 1, max: 6 }) });
const rowsOfOne = fc
  .array(row, { maxLength: 6 })
  .map((all) => all.filter((one, at) => !all.slice(0, at).some(({ t, s }) => t === one.t || s === one.s)));
const rows: fc.Arbitrary<Rows> = fc.record({ paris: rowsOfOne, lyon: rowsOfOne });

const parameters = { seed: randomSeed(), numRuns: cases(300, 5000) };

function listOf(declared: Rows, isOverwriting: boolean): TenantList {
  const used = KEYS.flatMap((key) => declared[key].map(({ t, s }) => ({ key, t, s })));
  const tenants = [...Map.groupBy(used, ({ t }) => t)].map(([t, uses]) => ({
    name: `Customer ${t}`,
    tenantId: tenant(t),
    registrations: Object.fromEntries(uses.map(({ key, s }) => [key, { customerSubscriptionId: subscription(s) }])),
    overwrite: isOverwriting ? [1, 2, 3, 4, 5, 6].map(subscription) : [],
  }));
  const registrations = REGISTRATIONS;
  const { list, issues } = parseTenantList([
    { file: "tenants.json", text: JSON.stringify({ registrations, tenants }, undefined, 1) },
  ]);
  assert.deepEqual(issues, []);
  assert.ok(list);
  return list;
}

function programOf(list: TenantList): Program {
  return Object.fromEntries(toDeclarations(list).map(({ name, inputs }) => [name, { ...inputs }]));
}

function managedBy(engine: Engine): readonly ManagedMapping[] {
  return [...engine.state].map(([name, { id, outputs }]) => {
    const parsed = parseCustomerSubscriptionId(id);
    assert.ok(parsed, id);
    return {
      urn: `urn:pulumi:test::test::pulumi-nodejs:dynamic/azurestack:CustomerSubscription::${name}`,
      name,
      provider: "azurestack-csp",
      id: parsed,
      tenantId: String(outputs.tenantId),
      retainUntil: undefined,
      isPendingDelete: false,
      isProtected: false,
      isUnconfirmed: false,
      access: {},
    };
  });
}

/** Mappings as `registration tenant → subscription`, sorted. */
function liveOn(client: MemoryRegistrationsClient): readonly string[] {
  return KEYS.flatMap((key) =>
    client
      .mappings(REGISTRATIONS[key])
      .map(({ tenantId, customerSubscriptionId }) => `${key} ${tenantId} → ${customerSubscriptionId}`),
  ).sort();
}

function declaredBy(list: TenantList): readonly string[] {
  return toDeclarations(list)
    .map(({ registrationKey, inputs }) => `${registrationKey} ${inputs.tenantId} → ${inputs.customerSubscriptionId}`)
    .sort();
}

/** What the plan's changes make of the live mappings, by Azure's rules alone: a tenant has one mapping. */
async function carryOut(client: MemoryRegistrationsClient, { registrations }: Plan): Promise<void> {
  for (const { registration, changes } of registrations) {
    for (const { kind, customerSubscriptionId } of changes) {
      if (kind === "offboard") await client.deleteCustomerSubscription({ registration, customerSubscriptionId });
    }
    for (const { kind, customerSubscriptionId, tenantId } of changes) {
      if (!isWrite(kind)) continue;
      assert.ok(tenantId);
      await client.putCustomerSubscription({ registration, customerSubscriptionId }, tenantId);
    }
  }
}

function extrasOf({ registrations }: Plan): readonly string[] {
  return registrations.flatMap(({ key = "", extras }) =>
    extras.map(({ tenantId, customerSubscriptionId }) => `${key} ${tenantId} → ${customerSubscriptionId}`),
  );
}

/** A world in which one list was applied, and what another would change there. */
async function twoLists(before: Rows, options: { readonly after: Rows; readonly isOverwriting: boolean }) {
  const client = createMemoryRegistrationsClient(worldOf());
  const engine = createEngine(client);
  assert.deepEqual((await engine.up(programOf(listOf(before, false)))).errors, []);
  const list = listOf(options.after, options.isOverwriting);
  const managed = managedBy(engine);
  const { plan } = await inspectTenantList(() => client, { list, managed, today: TODAY });
  return { client, engine, list, plan };
}

describe(`the plan from any list to any other (seed ${parameters.seed})`, () => {
  it("says what has to be written and removed, neither less nor more", async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (before, after) => {
        const { client, list, plan } = await twoLists(before, { after, isOverwriting: true });
        const live = new Set(liveOn(client));

        await carryOut(client, plan);

        const wanted = declaredBy(list);
        assert.deepEqual(liveOn(client), wanted);
        const written = plan.registrations.flatMap(({ changes }) => changes.filter(({ kind }) => isWrite(kind)));
        assert.equal(written.length, wanted.filter((mapping) => !live.has(mapping)).length);
      }),
      parameters,
    );
  });

  it("is what a run does, where everything in the way is named", async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (before, after) => {
        const { client, engine, list, plan } = await twoLists(before, { after, isOverwriting: true });
        const from = client.calls.length;

        const { errors } = await engine.up(programOf(list));

        assert.deepEqual(errors, []);
        assert.deepEqual(liveOn(client), declaredBy(list));
        const planned = plan.registrations.flatMap(({ changes }) =>
          changes.filter(({ kind }) => isWrite(kind)).map(({ customerSubscriptionId }) => customerSubscriptionId),
        );
        const sent = client.calls.slice(from).filter(({ operation }) => operation === "putCustomerSubscription");
        assert.deepEqual(sent.map(({ id }) => id.split("/").at(-1)).sort(), planned.sort());
      }),
      parameters,
    );
  });

  it("holds every refusal that a run would meet", async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (before, after) => {
        const { client, engine, list, plan } = await twoLists(before, { after, isOverwriting: false });
        if (plan.issues.some(({ severity }) => severity === "error")) return;

        assert.deepEqual((await engine.up(programOf(list))).errors, []);

        assert.deepEqual(liveOn(client), declaredBy(list));
      }),
      parameters,
    );
  });

  it("leaves what somebody else registered, and says that it is there", async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (foreign, after) => {
        const mappings = (key: (typeof KEYS)[number]) =>
          foreign[key].map(({ t, s }) => ({ tenantId: tenant(t + 10), customerSubscriptionId: subscription(s + 10) }));
        const facts = KEYS.map((key) => ({ ...REGISTRATIONS[key], mappings: mappings(key) }));
        const client = createMemoryRegistrationsClient({ registrations: facts });
        const list = listOf(after, false);
        const strangers = liveOn(client);
        const { plan } = await inspectTenantList(() => client, { list, today: TODAY });

        assert.deepEqual((await createEngine(client).up(programOf(list))).errors, []);

        assert.deepEqual([...extrasOf(plan)].sort(), strangers);
        assert.deepEqual(liveOn(client), [...declaredBy(list), ...strangers].sort());
        assert.ok(writes(client).every((write) => write.startsWith("PUT")));
      }),
      parameters,
    );
  });
});
