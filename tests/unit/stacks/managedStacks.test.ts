import assert from "node:assert/strict";
import type { ManagedMapping } from "@azurestack-csp/provider";
import { unite } from "../../../sdk/nodejs/src/stacks/managedStacks.ts";
import type { StackState } from "../../../sdk/nodejs/src/stacks/stack.ts";
import { managedOf } from "../plan/scenario.ts";

function stackOf(stack: string, ...managed: readonly ManagedMapping[]): StackState {
  return { stack, managed, deployment: { resources: [] } };
}

describe("unite", () => {
  it("counts what an interrupted hand-over left in two stacks once, in any letter case", () => {
    const first = managedOf(0xab, 1);
    const { id } = first;
    const upper = { ...id, customerSubscriptionId: id.customerSubscriptionId.toUpperCase() };

    assert.deepEqual(unite([stackOf("a", first), stackOf("b", managedOf(0xab, 1, { id: upper }))]), [first]);
  });

  it("keeps the mappings of several stacks, and of several registrations, apart", () => {
    const first = managedOf(11, 1);
    const registration = { ...first.id.registration, registrationName: "hub-lyon" };
    const others = [managedOf(12, 2), managedOf(11, 1, { id: { ...first.id, registration } })];

    assert.deepEqual(unite([stackOf("a", first), stackOf("b", ...others)]), [first, ...others]);
  });

  it("keeps what any of them has still to delete, whoever has the mapping by now", () => {
    const kept = managedOf(11, 1);
    const left = managedOf(11, 1, { isPendingDelete: true });

    assert.deepEqual(unite([stackOf("a", kept), stackOf("b", left)]), [kept, left]);
    assert.deepEqual(unite([stackOf("a", left), stackOf("b", kept)]), [left, kept]);
  });

  it("keeps another provider's resource beside ours", () => {
    const ours = managedOf(11, 1);
    const theirs = managedOf(11, 1, { provider: "azure-native" });

    assert.deepEqual(unite([stackOf("a", ours), stackOf("b", theirs)]), [ours, theirs]);
    assert.deepEqual(unite([stackOf("a", theirs), stackOf("b", ours)]), [theirs, ours]);
  });
});
