import assert from "node:assert/strict";
import { customerSubscriptionKey } from "@azurestack-csp/provider";
import {
  findHeld,
  findShared,
  losingMappings,
  refuseShared,
  unmanagedIds,
} from "../../../../../sdk/nodejs/src/cli/stacks/heldMappings.ts";
import type { StackState } from "../../../../../sdk/nodejs/src/cli/stacks/state/stackState.ts";
import { idOf, tenant } from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { listOf, managed } from "../reconcile/customers.ts";

const keyOf = (n: number) => customerSubscriptionKey(idOf(n));

function stackOf(stack: string, ...numbers: readonly number[]): StackState {
  return { stack, managed: numbers.map((n) => managed(n)), deployment: { resources: [] } };
}

describe("unmanagedIds", () => {
  it("are what the list declares and no resource of ours manages", () => {
    const others = managed(2, { provider: "azure-native" });

    assert.deepEqual([...unmanagedIds({ list: listOf(1, 2, 3), managed: [managed(1), others] })], [keyOf(2), keyOf(3)]);
  });
});

describe("findHeld", () => {
  it("tells stack by stack what is declared, not managed here, and managed there", () => {
    const held = findHeld({ list: listOf(1, 2, 3), managed: [managed(1)] }, [
      stackOf("one", 1, 4),
      stackOf("two", 2, 3, 4),
    ]);

    assert.deepEqual(held, [{ holder: "two", ids: [idOf(2), idOf(3)] }]);
  });
});

describe("findShared", () => {
  it("tells stack by stack, each once, what of ours another stack manages as well", () => {
    const left = { ...managed(1), isPendingDelete: true };
    const theirs = managed(2, { provider: "azure-native" });

    const shared = findShared(
      [managed(1), theirs, managed(3)],
      [{ ...stackOf("one", 1), managed: [managed(1), left] }, stackOf("two", 2, 4)],
    );

    assert.deepEqual(shared, [{ holder: "one", ids: [idOf(1)] }]);
  });
});

describe("losingMappings", () => {
  it("are ours that the list does not declare, or declares for another tenant", () => {
    const given = managed(3, { tenantId: tenant(9) });
    const theirs = managed(4, { provider: "azure-native" });

    const losing = losingMappings({ list: listOf(1, 3), managed: [managed(1), managed(2), given, theirs] });

    assert.deepEqual(losing, [managed(2), given]);
  });
});

describe("refuseShared", () => {
  const request = { list: listOf(1), managed: [managed(1), managed(2)] };

  it("names both stacks of what would be taken away from the other", () => {
    assert.throws(() => refuseShared("test", request, [stackOf("other", 1, 2)]), {
      code: "CSP_RECONCILE_MANAGED_TWICE",
      message: /Stack "other" manages 1 of .* stack "test" would remove/,
    });
  });

  it("lets pass what stays declared, whoever else manages it", () => {
    refuseShared("test", request, [stackOf("other", 1)]);
  });
});
