import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, grenoble, grenobleSecond, horizon, mappingOf, paris } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

describe("a list that is checked against what is live", () => {
  let azure: Emulator;
  let stack: TenantStack;

  before(async () => {
    azure = await createEmulator();
    stack = await createTenantStack({ azure, rows: [delmas, garance, grenoble] });
    assertSucceeded(await stack.up());
  });

  after(async () => {
    await stack.remove();
    await azure.close();
  });

  beforeEach(() => {
    azure.clearFaults();
    azure.resetJournal();
  });

  it("costs a registration's preview one GET and one list where nothing changes", async () => {
    assertSucceeded(await stack.preview("--expect-no-changes"));

    const requests = azure.journal().filter(({ kind }) => kind === "request");
    const asked = requests.map(({ operation }) => operation);
    assert.deepEqual(asked.sort(), ["CustomerSubscriptions_List", "Registrations_Get"]);
  });

  it("stops a preview at a column that has slipped, with the place of every row", async () => {
    const { customerSubscriptionId } = horizon;
    await stack.declare([
      { ...garance, customerSubscriptionId },
      { ...delmas, ...grenoble, tenantId: delmas.tenantId },
    ]);

    const shown = assertFailed(await stack.preview());

    assert.match(shown, /nothing of it was registered/);
    assert.equal(shown.match(/tenants\.yaml:\d+:\d+: \[CSP_DIRECTORY_MISMATCH\]/g)?.length, 2);
    assert.doesNotMatch(shown, /CustomerSubscription paris/);
  });

  it("is one error where a registration cannot be read, and an up writes nothing", async () => {
    azure.addFault({ match: { operation: "Registrations_Get" }, what: { status: 403, code: "AuthorizationFailed" } });
    await stack.declare([delmas]);

    const shown = assertFailed(await stack.up());

    assert.equal(shown.match(/tenants\.yaml:\d+:\d+: \[CSP_/g)?.length, 1);
    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, [delmas, garance, grenoble]);
  });

  it("only warns of a move, which the stack may make where the mapping is its own", async () => {
    await stack.declare([delmas, garance, grenobleSecond]);

    const moved = await stack.up();

    assertSucceeded(moved);
    assert.match(`${moved.stdout}${moved.stderr}`, /warning: tenants\.yaml:\d+:\d+: \[CSP_TENANT_MOVES\]/);
    assertLive(azure, [delmas, garance, grenobleSecond]);
  });

  it("warns at preview of a mapping that somebody else made, which an up then refuses", async () => {
    azure.facts.putCustomerSubscription(mappingOf(paris, horizon));
    const second = { ...horizon, customerSubscriptionId: "22222222-2222-4222-8222-222222222222" };
    await stack.declare([delmas, garance, grenobleSecond, second]);

    const shown = await stack.preview();

    assertSucceeded(shown);
    assert.match(`${shown.stdout}${shown.stderr}`, /warning: tenants\.yaml:\d+:\d+: \[CSP_TENANT_MOVES\]/);
    assert.match(assertFailed(await stack.up()), /\[CSP_TENANT_MAPPED_ELSEWHERE\]/);
    assertLive(azure, [delmas, garance, grenobleSecond, horizon]);
  });

  it("asks Azure nothing at preview where the checks are switched off", async () => {
    assertSucceeded(await stack.run(["config", "set", "liveChecks", "false"]));

    assertSucceeded(await stack.preview());

    assert.deepEqual(azure.journal(), []);
  });
});
