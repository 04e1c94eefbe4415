import assert from "node:assert/strict";
import { createEmulator, type HubFact, loadWorld, type World, WorldError } from "@azurestack-csp/emulator";
import { sample } from "./support/sample.ts";

const NOBODY = "00000000-0000-4000-8000-00000000dead";
const local = {
  subscriptionId: "6c7c1d3e-5b0b-4d6e-9a53-3d0f4d1b2c11",
  tenantId: sample.delmas.tenantId,
  displayName: "Delmas - essai",
  owner: "admin@delmas.example",
} as const;

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

  it("has Hubs for registrations of its own, with what usage has to be told apart by", async () => {
    const { directories, registrations = [], hubs = [] } = await loadWorld(undefined);
    const registrationOf = (cloudId: string) => registrations.find((registration) => registration.cloudId === cloudId);
    const [paris] = hubs;
    const local = paris?.subscriptions ?? [];
    const mapped = registrationOf(paris?.cloudId ?? "")?.customerSubscriptions?.map(({ tenantId }) => tenantId) ?? [];
    const tenants = Map.groupBy(local, ({ tenantId }) => tenantId);
    const name = (tenantId: string) => directories.find((directory) => directory.tenantId === tenantId)?.displayName;

    assert.deepEqual(
      hubs.map(({ cloudId }) => registrationOf(cloudId)?.name),
      ["azurestack-hub-paris", "azurestack-hub-lyon"],
    );
    assert.ok([...tenants.values()].some((several) => several.length > 1));
    for (const { subscriptions = [] } of hubs) {
      assert.equal(subscriptions.filter(({ state }) => state === "Deleted").length, 1);
    }
    assert.deepEqual([...tenants.keys()].filter((tenantId) => !mapped.includes(tenantId)).map(name), [
      "Delmas Logistique",
      "Éditions Garance",
      "Grenoble Biotech",
      "Kermarec Marine",
      "Mécanique Perrault",
    ]);
  });

  const broken = (change: (world: World) => unknown) => async () => change(structuredClone(await loadWorld(undefined)));
  const brokenHub = (change: (hub: HubFact, world: World) => HubFact) =>
    broken((world) => ({ ...world, hubs: (world.hubs ?? []).slice(0, 1).map((hub) => change(hub, world)) }));
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
      title: "a Hub of no directory",
      change: brokenHub((hub) => ({ ...hub, homeTenantId: NOBODY })),
      finding: /\/hubs\/0\/homeTenantId .* is no directory of this world/,
    },
    {
      title: "a local subscription of no directory",
      change: brokenHub((hub) => ({ ...hub, subscriptions: [{ ...local, tenantId: NOBODY }] })),
      finding: /\/hubs\/0\/subscriptions\/0\/tenantId .* is no directory of this world/,
    },
    {
      title: "a Hub that is there twice",
      change: broken((world) => ({ ...world, hubs: [...(world.hubs ?? []), ...(world.hubs ?? []).slice(0, 1)] })),
      finding:
        /\/hubs\/2\/name paris stands at \/hubs\/0\/name already\n.*\/hubs\/2\/cloudId .* stands at \/hubs\/0\/cloudId already/,
    },
    {
      title: "a local subscription with the id of Azure's",
      change: brokenHub((hub, world) => ({
        ...hub,
        subscriptions: [{ ...local, subscriptionId: world.subscriptions[0]?.subscriptionId ?? "" }],
      })),
      finding: /\/hubs\/0\/subscriptions\/0\/subscriptionId .* is a subscription of Azure/,
    },
    {
      title: "a tenant on a Hub with AD FS",
      change: brokenHub((hub) => ({ ...hub, identityProvider: "adfs" })),
      finding: /\/hubs\/0\/subscriptions\/0\/tenantId .* is not the one directory that a Hub with AD FS has/,
    },
    {
      title: "a local subscription in a state that there is not",
      change: broken((world) => ({
        ...world,
        hubs: [{ ...world.hubs?.[0], subscriptions: [{ ...local, state: "Asleep" }] }],
      })),
      finding: /\/hubs\/0\/subscriptions\/0\/state must be equal to one of the allowed values \(Enabled,/,
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
