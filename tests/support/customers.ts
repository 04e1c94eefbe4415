import { readFileSync } from "node:fs";
import type { Mapping, RegistrationPlace, World } from "@azurestack-csp/emulator";
import { sampleWorld } from "../../scripts/dev/emulatorProcess.ts";

/** A customer of the sample world: its directory, and the subscription that is sold to it. */
export interface Customer {
  readonly name: string;
  readonly tenantId: string;
  readonly customerSubscriptionId: string;
}

const world = JSON.parse(readFileSync(sampleWorld, "utf8")) as World;

/** The Hubs of the sample world that customers can be registered on; Lyon's registration is locked. */
export const paris = place("azurestack-hub-paris");
export const lyon = place("azurestack-hub-lyon");

/** Customers that the sample world maps nowhere. */
export const [delmas, garance, marchal, horizon, vasseur] = [
  customer("Delmas Logistique"),
  customer("Éditions Garance"),
  customer("Ferronnerie Marchal"),
  customer("Horizon Énergies"),
  customer("Imprimerie Vasseur"),
];

/** A customer whose tenant has two subscriptions in the sample world, and the second of them; mapped nowhere. */
export const grenoble = customer("Grenoble Biotech");
export const grenobleSecond = customer("Grenoble Biotech", "Azure plan 2");

/** A customer that is mapped on Paris from the start. */
export const beaumont = customer("Atelier Beaumont");

/** ARM id of a registration. */
export function registrationIdOf({ subscriptionId, resourceGroup, name }: RegistrationPlace): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.AzureStack/registrations/${name}`;
}

/** ARM id of a customer's subscription on a registration. */
export function armIdOf(registration: RegistrationPlace, { customerSubscriptionId }: Customer): string {
  return `${registrationIdOf(registration)}/customerSubscriptions/${customerSubscriptionId}`;
}

/** What a program declares of a customer on a registration. */
export function inputsOf(registration: RegistrationPlace, { customerSubscriptionId, tenantId }: Customer) {
  return { registrationId: registrationIdOf(registration), customerSubscriptionId, tenantId };
}

/** What the state holds as the outputs of a customer's resource. */
export function outputsOf({ tenantId }: Customer) {
  return { tenantId };
}

/** A mapping as the emulator's facts take it. */
export function mappingOf(registration: RegistrationPlace, customer: Customer): Mapping {
  const { tenantId, customerSubscriptionId } = customer;
  return { ...registration, tenantId, customerSubscriptionId };
}

/** Customers that are made up, for worlds of more tenants than the sample has. */
export function madeUpCustomers(count: number): readonly Customer[] {
  const id = (kind: string, index: number) => `${kind}0000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  return Array.from({ length: count }, (_, index) => ({
    name: `Customer ${index}`,
    tenantId: id("a", index),
    customerSubscriptionId: id("b", index),
  }));
}

/** The sample world, with customers added that are mapped nowhere yet. */
export function worldWith(customers: readonly Customer[]): World {
  const { partnerId = "" } = world.subscriptions.find(({ kind }) => kind === "csp") ?? {};
  return {
    ...world,
    directories: [...world.directories, ...customers.map(({ tenantId, name }) => ({ tenantId, displayName: name }))],
    subscriptions: [
      ...world.subscriptions,
      ...customers.map(({ tenantId, customerSubscriptionId, name }) => ({
        subscriptionId: customerSubscriptionId,
        tenantId,
        displayName: name,
        kind: "csp" as const,
        partnerId,
      })),
    ],
  };
}

function place(name: string): RegistrationPlace {
  const found = world.registrations?.find((registration) => registration.name === name);
  if (!found) throw new Error(`The sample world has no registration "${name}".`);
  const { subscriptionId, resourceGroup } = found;
  return { subscriptionId, resourceGroup, name };
}

function customer(name: string, plan = "Azure plan"): Customer {
  const found = world.subscriptions.find(({ displayName }) => displayName === `${name} - ${plan}`);
  if (!found) throw new Error(`The sample world has no customer "${name}".`);
  return { name, tenantId: found.tenantId, customerSubscriptionId: found.subscriptionId };
}
