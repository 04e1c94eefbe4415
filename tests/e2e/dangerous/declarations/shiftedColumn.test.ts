import assert from "node:assert/strict";
import { createScene, failed, type Scene } from "../support/scene.ts";
import { customer, customers } from "../support/smallWorld.ts";

const listed = customers.slice(0, 5);
const rows = listed.map(({ tenantId, first }, index) => ({
  name: `row-${index}`,
  customerSubscriptionId: first,
  tenantId,
}));
const neighbour = (index: number) => customer((index + 1) % listed.length);
const withShiftedSubscriptions = rows.map((row, index) => ({ ...row, customerSubscriptionId: neighbour(index).first }));
const withShiftedTenants = rows.map((row, index) => ({ ...row, tenantId: neighbour(index).tenantId }));

/** The customers' subscriptions no longer tell their directory. */
const silent = { match: { path: "^/subscriptions/4[^/]*$" }, what: { status: 403, code: "Forbidden" } };

describe("a column that slipped by one row", () => {
  let scene: Scene;

  before(async () => {
    scene = await createScene();
  });

  after(() => scene.close());

  beforeEach(() => {
    scene.azure.clearFaults();
    scene.azure.resetJournal();
  });

  it("is refused before any write on an empty registration", async () => {
    await scene.declare(...withShiftedSubscriptions);
    // Without the option the engine starts no row after the first refusal, whichever row that is.
    const result = await scene.stack.up("--continue-on-error");
    failed(result, "CSP_DIRECTORY_MISMATCH", listed[0]?.tenantId ?? "", neighbour(0).tenantId);

    assert.equal(scene.sent("PUT"), 0);
    assert.deepEqual(scene.live(), {});
  });

  it("is refused before any write where every row is registered", async () => {
    await scene.upWith(...rows);
    scene.azure.resetJournal();

    await isRefused(withShiftedSubscriptions, "CSP_DIRECTORY_MISMATCH");
  });

  it("is refused before any write where it is the tenants' column", async () => {
    await isRefused(withShiftedTenants, "CSP_DIRECTORY_MISMATCH");
  });

  it("is refused before any write where Azure does not tell the directories", async () => {
    scene.azure.addFault(silent);
    await isRefused(withShiftedSubscriptions, "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");
    await isRefused(withShiftedTenants, "CSP_TENANT_MAPPED_ELSEWHERE");
  });

  async function isRefused(shifted: typeof rows, code: string): Promise<void> {
    await scene.declare(...shifted);
    failed(await scene.stack.up(), code);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
    assert.deepEqual(scene.live(), Object.fromEntries(listed.map(({ tenantId, first }) => [first, tenantId])));
    assert.equal((await scene.held()).length, rows.length);
  }
});
