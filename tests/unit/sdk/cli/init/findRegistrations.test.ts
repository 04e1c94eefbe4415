import assert from "node:assert/strict";
import { ProviderError, type Registration } from "@azurestack-csp/provider";
import { findRegistrations } from "../../../../../sdk/nodejs/src/cli/init/findRegistrations.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";

const IDS = ["d52111d9-8fe6-442a-b3f2-281f7629a58b", "0c7e0a76-a1c7-4455-b242-7defde95c5c1"] as const;

function registration(subscriptionId: string, name: string, billingModel = "PayAsYouUse"): Registration {
  const id = `/subscriptions/${subscriptionId}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/${name}`;
  const parts = { registrationSubscriptionId: subscriptionId, resourceGroup: "azurestack", registrationName: name };
  return { ...parts, id, name, billingModel, cloudId: undefined, objectId: undefined, tags: {} };
}

/** Two subscriptions that are seen; each has registrations, or an error for who asks. */
async function find(...answers: readonly (readonly Registration[] | Error)[]) {
  const terminal = createPipelineTerminal();
  const subscriptions = IDS.slice(0, answers.length).map((subscriptionId) => ({ subscriptionId, name: "Hub" }));
  const clients = {
    visibleSubscriptions: async () => subscriptions,
    registrations: {
      listRegistrations: async (subscriptionId: string) => {
        const answer = answers[subscriptions.findIndex((each) => each.subscriptionId === subscriptionId)] ?? [];
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  };
  return { found: await findRegistrations(clients, { access: {}, terminal }), said: terminal.said };
}

const refused = new ProviderError("CSP_NOT_AUTHORIZED", { action: "list", scope: "/subscriptions/x" });
const notRegistered = new ProviderError("CSP_PROVIDER_NOT_REGISTERED", { id: "x", registrationSubscriptionId: "x" });
const busy = new ProviderError("CSP_NOT_ARM", { host: "management.azure.com", reason: "a page" });

describe("findRegistrations", () => {
  it("calls registrations by their names, and two of one name by a number", async () => {
    const { found } = await find(
      [registration(IDS[0], "hub"), registration(IDS[0], "_a b")],
      [registration(IDS[1], "hub")],
    );

    assert.deepEqual(
      found.map(({ key, registration: { registrationSubscriptionId } }) => [key, registrationSubscriptionId]),
      [
        ["hub", IDS[0]],
        ["a-b", IDS[0]],
        ["hub-2", IDS[1]],
      ],
    );
  });

  it("names a subscription whose registrations it may not list, and goes on", async () => {
    const { found, said } = await find(refused, [registration(IDS[1], "hub")]);

    assert.equal(found.length, 1);
    assert.match(said.join("\n"), new RegExp(`^warning: .*Hub \\(${IDS[0]}\\) may not be listed; --registration`));
  });

  it("takes a subscription without the namespace for one without registrations", async () => {
    const { found, said } = await find(notRegistered, [registration(IDS[1], "hub")]);

    assert.equal(found.length, 1);
    assert.deepEqual(said, []);
  });

  it("does not take what it could not read for nothing", async () => {
    await assert.rejects(find(busy, [registration(IDS[1], "hub")]), { code: "CSP_NOT_ARM" });
  });

  it("leaves out what can have no customers, and fails where nothing is left", async () => {
    await assert.rejects(find([registration(IDS[0], "hub", "Capacity")]), { code: "CSP_INIT_NO_REGISTRATIONS" });
    await assert.rejects(find(), { code: "CSP_INIT_NO_REGISTRATIONS" });
  });
});
