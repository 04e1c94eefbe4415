import assert from "node:assert/strict";
import { findMovable, receive } from "../../../../../../sdk/nodejs/src/cli/reconcile/parts/transfer.ts";
import type { Deployment, StateResource } from "../../../../../../sdk/nodejs/src/cli/stacks/state/deployment.ts";

const TYPE = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const COMPONENT = "azurestack-csp:index:TenantRegistrations";
const registration =
  "/subscriptions/a0000000-0000-4000-8000-000000000000/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/paris";
const first = `${registration}/customerSubscriptions/b0000000-0000-4000-8000-000000000001`;
const second = `${registration}/customerSubscriptions/b0000000-0000-4000-8000-000000000002`;

/** The receiving stack. */
const to = { stack: "two", project: "shop", newId: () => "two-id" };

function urnIn(stack: string, type: string, name: string): string {
  return `urn:pulumi:${stack}::shop::${type}::${name}`;
}

/** A stack with these mappings below a component. */
function stateOf(
  stack: string,
  ...mappings: readonly (Partial<StateResource> & { readonly id: string })[]
): Deployment {
  const root = {
    urn: urnIn(stack, "pulumi:pulumi:Stack", `shop-${stack}`),
    custom: false,
    type: "pulumi:pulumi:Stack",
  };
  const component = { urn: urnIn(stack, COMPONENT, "tenants"), custom: false, type: COMPONENT, parent: root.urn };
  const children = mappings.map((mapping) => ({
    urn: urnIn(stack, `${COMPONENT}$${TYPE}`, "paris/a"),
    custom: true,
    type: TYPE,
    parent: component.urn,
    provider: `${urnIn(stack, "pulumi:providers:pulumi-nodejs", "default")}::${stack}-id`,
    ...mapping,
  }));
  return { resources: [root, component, ...children] };
}

function hand(giver: Deployment, receiver: Deployment): Deployment {
  const moved = findMovable(giver, { receiver, to, takes: () => true });
  return receive(receiver, { giver: { deployment: giver }, moved, to });
}

describe("transfer", () => {
  it("keeps what the state says of a mapping, options and what a refresh found included", () => {
    const outputs = { tenantId: "live", expectedTenantId: "declared" };
    const given = { id: first, inputs: { tenantId: "live" }, outputs, protect: true, dependencies: ["urn:gone"] };

    const { resources } = hand(stateOf("one", given), { resources: [] });

    const { dependencies: _gone, ...kept } = given;
    const provider = resources.find(({ type }) => type === "pulumi:providers:pulumi-nodejs");
    const received = resources.at(-1);
    assert.partialDeepStrictEqual(received, {
      ...kept,
      urn: urnIn("two", `${COMPONENT}$${TYPE}`, "paris/a"),
      parent: urnIn("two", COMPONENT, "tenants"),
      provider: `${provider?.urn}::${provider?.id}`,
    });
    assert.equal(received?.dependencies, undefined);
    assert.deepEqual(
      resources.map(({ urn }) => urn.startsWith("urn:pulumi:two::")),
      [true, true, true, true],
    );
  });

  it("lets the giving state hold where an interrupted one left a mapping in both", () => {
    const receiver = stateOf("two", { id: first.toUpperCase(), outputs: { tenantId: "old" } });

    const { resources } = hand(stateOf("one", { id: first, outputs: { tenantId: "new" } }), receiver);

    assert.deepEqual(
      resources.flatMap(({ id, outputs }) => (outputs ? [{ id, outputs }] : [])),
      [{ id: first.toUpperCase(), outputs: { tenantId: "new" } }],
    );
  });

  it("leaves what the receiver does not take, and what has the name of another mapping there", () => {
    const giver = stateOf("one", { id: first });

    assert.deepEqual(findMovable(giver, { receiver: { resources: [] }, to, takes: () => false }), []);
    assert.deepEqual(findMovable(giver, { receiver: stateOf("two", { id: second }), to, takes: () => true }), []);
  });
});
