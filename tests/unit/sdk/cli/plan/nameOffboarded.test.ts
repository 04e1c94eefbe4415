import assert from "node:assert/strict";
import { countLosses, judgeLosses, type Plan, planTenantList, toMappingTable } from "@azurestack-csp/provider";
import { lossNames, nameOffboarded } from "../../../../../sdk/nodejs/src/cli/plan/nameOffboarded.ts";
import { paris, subscription, tenant } from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { listOf, managed } from "../reconcile/customers.ts";

/** Customer 1 stays, the others are offboarded. */
function planOf(...numbers: readonly number[]): Plan {
  const all = [1, ...numbers];
  const mappings = all.map((n) => ({ customerSubscriptionId: subscription(n), tenantId: tenant(n) }));
  return planTenantList({
    list: listOf(1),
    live: [{ registration: paris, billingModel: "PayAsYouUse", cloudId: undefined, mappings }],
    managed: all.map((n) => managed(n)),
    today: "2026-11-21",
  });
}

const namesIn = ({ registrations }: Plan) =>
  registrations.flatMap(({ changes }) => changes.map(({ tenantName }) => tenantName));

describe("nameOffboarded", () => {
  it("names those who leave by their subscriptions, and asks for no other", async () => {
    const asked: string[] = [];
    const named = await nameOffboarded(planOf(2, 3), async (_access, id) => {
      asked.push(id);
      return id === subscription(2) ? "Contoso - Azure plan" : undefined;
    });

    assert.deepEqual(asked.toSorted(), [subscription(2), subscription(3)].toSorted());
    assert.deepEqual(namesIn(named).toSorted(), ["Contoso - Azure plan", undefined]);
  });

  it("asks nothing where nobody leaves", async () => {
    await nameOffboarded(planOf(), () => assert.fail());
  });

  it("asks for no more names than anybody reads", async () => {
    let asked = 0;
    await nameOffboarded(planOf(...Array.from({ length: 300 }, (_, index) => index + 2)), async () => {
      asked += 1;
      return undefined;
    });

    assert.equal(asked, 200);
  });
});

describe("lossNames", () => {
  it("tells the guard customer and Hub, and leaves the ids beside them", async () => {
    const plan = await nameOffboarded(planOf(2), async () => "Contoso");
    const table = (numbers: readonly number[]) =>
      toMappingTable(numbers.map((n) => ({ id: managed(n).id, tenantId: tenant(n) })));
    const losses = countLosses(table([1, 2]), table([1]));
    const limits = { maxRemovals: { count: 0 }, maxMoves: { count: 0 } };

    const [issue] = judgeLosses(losses, limits, lossNames(plan));

    assert.match(issue?.message ?? "", new RegExp(`Contoso on paris: ${tenant(2)} \\(${subscription(2)}\\)`));
  });
});
