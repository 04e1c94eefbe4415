import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer, hub, smallWorld } from "../support/smallWorld.ts";

const { tenantId, first } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };

describe("a registration that cannot be seen", () => {
  let scene: Scene;
  let elsewhere: Emulator | undefined;

  before(async () => {
    scene = await createScene({ registered: [row] });
  });

  after(() => scene.close());

  afterEach(async () => {
    await elsewhere?.close();
    elsewhere = undefined;
  });

  it("keeps its mappings in the state with a wrong credential", async () => {
    await keepsState("CSP_CREDENTIAL_REFUSED", { AZURE_CLIENT_SECRET: "wrong" });
  });

  it("keeps its mappings in the state without the right to read it", async () => {
    const { facts, clientId } = scene.azure;
    facts.clearRoleAssignments();
    await keepsState("CSP_NOT_AUTHORIZED");
    facts.putRoleAssignment({ clientId, role: "Owner", scope: `/subscriptions/${hub.subscriptionId}` });
  });

  it("keeps its mappings in the state in another cloud, which does not know its subscription", async () => {
    const subscriptions = smallWorld().subscriptions.filter(
      ({ subscriptionId }) => subscriptionId !== hub.subscriptionId,
    );
    elsewhere = await createEmulator({ world: smallWorld({ subscriptions, registrations: [] }) });
    await keepsState("CSP_SUBSCRIPTION_NOT_FOUND", towards(elsewhere));
  });

  it("keeps its mappings in the state in a cloud without Microsoft.AzureStack", async () => {
    const subscriptions = smallWorld().subscriptions.map((each) => ({ ...each, providers: [] }));
    elsewhere = await createEmulator({ world: smallWorld({ subscriptions }) });
    await keepsState("CSP_PROVIDER_NOT_REGISTERED", towards(elsewhere));
  });

  async function keepsState(code: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const command of ["refresh", "destroy"]) {
      failed(await scene.stack.run([command, "--yes", "--skip-preview"], env), code);
    }
    assert.deepEqual(await scene.held(), [first]);
    assert.deepEqual(scene.live(), { [first]: tenantId });
  }
});

describe("a registration that is gone for certain", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene({ registered: [row] });
    scene.azure.facts.deleteRegistration(hub);
  });

  afterEach(() => scene.close());

  it("takes its mappings out of the state in a refresh, and a new one is refused with its name", async () => {
    succeeded(await scene.stack.refresh());
    assert.deepEqual(await scene.held(), []);

    failed(await scene.stack.up(), "CSP_REGISTRATION_NOT_FOUND", `registrations/${hub.name}`);
  });

  it("does not hold up a destroy", async () => {
    succeeded(await scene.stack.destroy());

    assert.deepEqual(await scene.held(), []);
  });
});

function towards({ resourceManager, authority, caCertificate }: Emulator): Readonly<Record<string, string>> {
  return {
    AZURESTACK_CSP_RESOURCE_MANAGER: resourceManager,
    AZURE_AUTHORITY_HOST: authority,
    NODE_EXTRA_CA_CERTS: caCertificate ?? "",
  };
}
