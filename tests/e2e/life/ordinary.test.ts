import assert from "node:assert/strict";
import {
  beaumont,
  delmas,
  garance,
  grenoble,
  grenobleSecond,
  horizon,
  mappingOf,
  marchal,
  paris,
} from "../../support/customers.ts";
import {
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

const EXPECTED_NO_CHANGES = 7;

describe("a stack of tenants, from the first up to destroy", () => {
  let stack: TenantStack;

  before(async () => {
    stack = await createTenantStack({ rows: [delmas, garance] });
  });

  after(() => stack.remove());

  beforeEach(() => stack.azure.resetJournal());

  it("shows what it would do and sends no write", async () => {
    const { code, stdout } = await stack.preview();

    assert.equal(code, 0, stdout);
    assert.match(stdout, new RegExp(`paris/${delmas.tenantId}.*create`));
    assert.deepEqual(writesOf(stack.azure), []);
  });

  it("registers the list", async () => {
    assertSucceeded(await stack.up());

    assertLive(stack.azure, [delmas, garance]);
    assert.equal(writesOf(stack.azure).length, 2);
  });

  it("finds nothing to change the second time, and asks Azure no more than what is live", async () => {
    assertSucceeded(await stack.up("--expect-no-changes"));

    const asked = stack.azure.journal().filter(({ kind }) => kind === "request");
    const operations = asked.map(({ operation }) => operation).toSorted();
    assert.deepEqual(operations, ["CustomerSubscriptions_List", "Registrations_Get"]);
  });

  it("adds and removes rows, and touches no other row", async () => {
    await stack.declare([horizon, delmas]);

    assertSucceeded(await stack.up());

    assertLive(stack.azure, [delmas, horizon]);
    const ids = [horizon, garance].map(({ customerSubscriptionId }) => customerSubscriptionId);
    assert.deepEqual(writesOf(stack.azure), [`PUT ${ids[0]}`, `DELETE ${ids[1]}`]);
  });

  it("touches nothing when customers are renamed and rows change places", async () => {
    await stack.declare([{ ...delmas, name: "Delmas Transports" }, horizon]);

    assertSucceeded(await stack.up("--expect-no-changes"));
  });

  it("adopts a mapping that is live already", async () => {
    await stack.declare([delmas, horizon, beaumont]);

    const result = await stack.up();

    assertSucceeded(result);
    assert.match(result.stdout, /adopted/);
    assert.deepEqual(writesOf(stack.azure), []);
  });

  it("tells drift by the exit code and leaves state and Azure alone", async () => {
    stack.azure.facts.deleteCustomerSubscription(mappingOf(paris, horizon));
    stack.azure.facts.putCustomerSubscription({ ...mappingOf(paris, delmas), tenantId: marchal.tenantId });

    const { code, stdout } = await stack.run(["refresh", "--preview-only", "--expect-no-changes"]);

    assert.equal(code, EXPECTED_NO_CHANGES, stdout);
    assert.deepEqual(writesOf(stack.azure), []);
  });

  it("takes drift into the state on refresh, and heals it with the next up", async () => {
    assertSucceeded(await stack.refresh());

    const { code, stdout } = await stack.up();

    assert.equal(code, 0, stdout);
    assert.match(stdout, new RegExp(`paris/${horizon.tenantId}.*create`));
    assert.match(stdout, new RegExp(`paris/${delmas.tenantId}.*update`));

    assert.deepEqual(
      writesOf(stack.azure).toSorted(),
      [`PUT ${delmas.customerSubscriptionId}`, `PUT ${horizon.customerSubscriptionId}`].toSorted(),
    );
    assertLive(stack.azure, [delmas, horizon]);
  });

  it("registers a tenant, and moves it to its other subscription", async () => {
    await stack.declare([delmas, grenoble]);
    assertSucceeded(await stack.up());
    stack.azure.resetJournal();
    await stack.declare([delmas, grenobleSecond]);

    assertSucceeded(await stack.up());

    assertLive(stack.azure, [delmas, grenobleSecond]);
    assertSucceeded(await stack.up("--expect-no-changes"));
  });

  it("destroys everything that it registered", async () => {
    assertSucceeded(await stack.destroy());

    assertLive(stack.azure, []);
    assert.deepEqual(await stack.customerSubscriptions(), []);
  });
});
