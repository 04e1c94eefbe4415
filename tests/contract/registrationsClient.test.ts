import { createEmulator, loadWorld, type World } from "@azurestack-csp/emulator";
import { createMemoryRegistrationsClient } from "../support/memory/memoryRegistrationsClient.ts";
import type { MemorySubscription, MemoryWorld } from "../support/memory/memoryWorld.ts";
import { createEmulatedClients } from "./emulatedClients.ts";
import { describeRegistrationsClient, UNKNOWN_SUBSCRIPTION } from "./registrationsClient.contract.ts";

describeRegistrationsClient("in memory", async () => ({
  client: createMemoryRegistrationsClient(memoryWorldOf(await loadWorld(undefined))),
  describesWrites: true,
  close: async () => {},
}));

for (const putAnswer of ["200-body", "201-body", "201-empty", "200-empty"] as const) {
  describeRegistrationsClient(`Azure Resource Manager over HTTPS, PUT answered by ${putAnswer}`, async () => {
    const emulator = await createEmulator({ modes: { putAnswer } });
    return {
      client: createEmulatedClients(emulator).registrations,
      describesWrites: putAnswer.endsWith("body"),
      close: () => emulator.close(),
    };
  });
}

/** The world as the in-memory client takes it: facts about partners become the refusal that they lead to. */
function memoryWorldOf(world: World): MemoryWorld {
  return {
    subscriptions: [
      ...world.subscriptions.map(memorySubscription),
      { subscriptionId: UNKNOWN_SUBSCRIPTION, refusedAs: "InvalidCustomerSubscriptionId" },
    ],
    registrations: (world.registrations ?? []).map((fact) => ({
      registrationSubscriptionId: fact.subscriptionId,
      resourceGroup: fact.resourceGroup,
      registrationName: fact.name,
      cloudId: fact.cloudId,
      billingModel: fact.billingModel ?? "PayAsYouUse",
      approved: fact.approvedForMultiTenancy ?? true,
      mappings: fact.customerSubscriptions ?? [],
      locks: (world.locks ?? []).filter(({ scope }) => scope.endsWith(`/${fact.name}`)),
    })),
  };
}

function memorySubscription({
  subscriptionId,
  tenantId,
  kind,
  partnerId,
}: World["subscriptions"][number]): MemorySubscription {
  const facts = { subscriptionId, tenantId };
  if (kind !== "csp" && kind !== "apss") return { ...facts, refusedAs: "InvalidCSPSubscription" };
  return partnerId === "4823951" ? facts : { ...facts, refusedAs: "BadCustomerSubscriptionId" };
}
