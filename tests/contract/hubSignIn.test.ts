import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createEmulator, type Emulator, type World } from "@azurestack-csp/emulator";
import { hasCode } from "@azurestack-csp/provider";
import { createHubClient } from "../../provider/src/clients/connectHub.ts";
import { createHastyClock, environmentOf } from "./emulatedClients.ts";

const SAMPLE = new URL("../../emulator/worlds/sample.json", import.meta.url);

/** The sample world with a Hub that has AD FS in the place of Entra ID, and so one directory. */
async function worldWithAdfs(): Promise<World> {
  const { $schema: _, ...world }: World & { $schema: string } = JSON.parse(await readFile(SAMPLE, "utf8"));
  const [hub] = world.hubs ?? [];
  assert(hub);
  const { homeTenantId: tenantId, directoryTenants: __, ...rest } = hub;
  const subscriptions = hub.subscriptions?.map((each) => ({ ...each, tenantId }));
  return {
    ...world,
    hubs: [{ ...rest, homeTenantId: tenantId, identityProvider: "adfs", ...(subscriptions ? { subscriptions } : {}) }],
  };
}

describe("signing in at a Hub with AD FS", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator({ world: await worldWithAdfs() });
  });

  after(() => emulator.close());

  function connect(env: Readonly<Record<string, string>>) {
    const adminEndpoint = emulator.hubs[0]?.admin.resourceManager ?? "";
    const hub = { adminEndpoint, caFile: emulator.caCertificate ?? "" };
    return createHubClient(env, hub, { clock: createHastyClock() });
  }

  /** AD FS is a host of the Hub's own, and has no directories: neither is named. */
  function environment(): Record<string, string> {
    const { AZURE_AUTHORITY_HOST: _, AZURE_TENANT_ID: __, ...env } = environmentOf(emulator);
    return env;
  }

  it("needs neither a directory nor an authority that the environment names", async () => {
    const client = connect(environment());

    const { identityProvider, authority } = await client.describe();

    assert.deepEqual([identityProvider, authority], ["adfs", emulator.authority]);
    assert((await client.localSubscriptions()).length > 0);
    assert(emulator.journal().some(({ path }) => path === "/adfs/oauth2/token"));
  });

  it("goes to no directory, whichever the environment names", async () => {
    await connect({ ...environment(), AZURE_TENANT_ID: emulator.tenantId }).localSubscriptions();

    assert.deepEqual(
      emulator.journal().filter(({ path }) => /\/token$/.test(path) && !path.startsWith("/adfs/")),
      [],
    );
  });

  it("names no secret where AD FS refuses it", async () => {
    const secret = "wrong.secret-that-nobody-may-see";
    const client = connect({ ...environment(), AZURE_CLIENT_SECRET: secret });

    await assert.rejects(client.localSubscriptions(), (error) => {
      assert(hasCode(error, "CSP_CREDENTIAL_REFUSED"), String(error));
      assert(!error.message.includes(secret));
      return true;
    });
  });

  it("needs a directory where the Hub has Entra ID", async () => {
    const other = await createEmulator();
    try {
      const { AZURE_TENANT_ID: _, ...env } = environmentOf(other);
      const hub = { adminEndpoint: other.hubs[0]?.admin.resourceManager ?? "", caFile: other.caCertificate ?? "" };
      const client = createHubClient(env, hub, { clock: createHastyClock() });

      await assert.rejects(client.localSubscriptions(), (error) => {
        assert(hasCode(error, "CSP_CREDENTIAL_INCOMPLETE"), String(error));
        assert.equal(error.details.missing, "AZURE_TENANT_ID");
        return true;
      });
    } finally {
      await other.close();
    }
  });
});
