import assert from "node:assert/strict";
import { createEmulator, loadWorld, type World, WorldError } from "@azurestack-csp/emulator";

describe("loadWorld", () => {
  it("reads the sample world", async () => {
    const { directories, subscriptions, registrations = [] } = await loadWorld(undefined);
    const mapped = new Set(
      registrations.flatMap(({ customerSubscriptions = [] }) =>
        customerSubscriptions.map((entry) => entry.customerSubscriptionId),
      ),
    );
    const free = subscriptions.filter(({ kind, subscriptionId }) => kind === "csp" && !mapped.has(subscriptionId));

    assert.ok(directories.length > 16);
    assert.equal(registrations.length, 4);
    assert.ok(free.length > 12);
  });

  const broken = (change: (world: World) => unknown) => async () => change(structuredClone(await loadWorld(undefined)));
  const cases = [
    {
      title: "a member it does not know",
      change: broken((world) => ({ ...world, customers: [] })),
      finding: /\/ must NOT have additional properties \("customers"\)/,
    },
    {
      title: "an id that is no GUID",
      change: broken((world) => ({ ...world, directories: [{ ...world.directories[0], tenantId: "contoso" }] })),
      finding: /\/directories\/0\/tenantId must match pattern/,
    },
    {
      title: "a subscription of no directory",
      change: broken((world) => ({ ...world, directories: world.directories.slice(0, 1) })),
      finding: /\/subscriptions\/2\/tenantId .* is no directory of this world/,
    },
    {
      title: "a registration in a missing group",
      change: broken((world) => ({
        ...world,
        registrations: world.registrations?.map((registration) => ({ ...registration, resourceGroup: "hubs" })),
      })),
      finding: /\/registrations\/0\/resourceGroup "hubs" is not among the groups/,
    },
    {
      title: "no application",
      change: broken((world) => ({
        ...world,
        directories: world.directories.map(({ applications, ...directory }) => directory),
      })),
      finding: /holds no application to sign in with/,
    },
    {
      title: "an unknown role",
      change: broken((world) => ({ ...world, roleAssignments: [{ principalId: "x", role: "King", scope: "/" }] })),
      finding: /\/roleAssignments\/0\/role "King" is no built-in role/,
    },
  ];
  for (const { title, change, finding } of cases) {
    it(`refuses ${title}, naming its path`, async () => {
      const world = (await change()) as World;

      await assert.rejects(loadWorld(world), (error) => error instanceof WorldError && finding.test(error.message));
    });
  }

  it("refuses a file that is not there", async () => {
    await assert.rejects(createEmulator({ world: "nowhere.json" }), /The world file nowhere\.json cannot be read/);
  });
});
