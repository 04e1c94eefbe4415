import type { JsonObject } from "../pipeline/bodies.ts";
import type { Facts } from "./facts.ts";

type Change = (facts: Facts, fact: JsonObject) => boolean;

/** Facts that can be changed over the control endpoint, by the name in their member `change`. */
const changes: Readonly<Record<string, Change>> = {
  setSubscription: (facts, { subscriptionId, ...rest }) =>
    facts.setSubscription(text({ subscriptionId }, "subscriptionId"), rest),
  setRegistration: (facts, { subscriptionId, resourceGroup, name, ...rest }) =>
    facts.setRegistration(place({ subscriptionId, resourceGroup, name }), rest),
  deleteRegistration: (facts, fact) => facts.deleteRegistration(place(fact)),
  putCustomerSubscription: (facts, fact) =>
    facts.putCustomerSubscription({
      ...place(fact),
      customerSubscriptionId: text(fact, "customerSubscriptionId"),
      tenantId: text(fact, "tenantId"),
    }),
  deleteCustomerSubscription: (facts, fact) =>
    facts.deleteCustomerSubscription({
      ...place(fact),
      customerSubscriptionId: text(fact, "customerSubscriptionId"),
    }),
  putLock: (facts, fact) =>
    facts.putLock({
      name: text(fact, "name"),
      scope: text(fact, "scope"),
      level: fact.level === "ReadOnly" ? "ReadOnly" : "CanNotDelete",
    }),
  deleteLock: (facts, fact) => facts.deleteLock({ name: text(fact, "name"), scope: text(fact, "scope") }),
  putRoleAssignment: (facts, { change, scope, ...rest }) =>
    facts.putRoleAssignment({ ...rest, scope: text({ scope }, "scope") }),
  clearRoleAssignments: (facts) => facts.clearRoleAssignments(),
  setHub: (facts, { hub, ...changes }) => facts.setHub(text({ hub }, "hub"), hubChanges(changes)),
  putLocalSubscription: (facts, { hub, ...subscription }) =>
    facts.putLocalSubscription(text({ hub }, "hub"), {
      ...subscription,
      subscriptionId: text(subscription, "subscriptionId"),
      tenantId: text(subscription, "tenantId"),
      displayName: text(subscription, "displayName"),
      owner: text(subscription, "owner"),
    }),
  setLocalSubscription: (facts, { hub, subscriptionId, ...changes }) =>
    facts.setLocalSubscription(text({ hub }, "hub"), text({ subscriptionId }, "subscriptionId"), changes),
  deleteLocalSubscription: (facts, fact) =>
    facts.deleteLocalSubscription(text(fact, "hub"), text(fact, "subscriptionId")),
  releaseLists: (facts) => facts.releaseLists(),
};

/**
 * Carries a change out that came as JSON; `false` when there was nothing to change.
 *
 * @throws TypeError naming what is missing or unknown.
 */
export function applyFact(facts: Facts, { change, ...fact }: JsonObject): boolean {
  const apply = typeof change === "string" && Object.hasOwn(changes, change) ? changes[change] : undefined;
  if (!apply) throw new TypeError(`There is no change "${String(change)}". Known: ${Object.keys(changes).join(", ")}.`);
  return apply(facts, fact);
}

function place(fact: JsonObject) {
  return {
    subscriptionId: text(fact, "subscriptionId"),
    resourceGroup: text(fact, "resourceGroup"),
    name: text(fact, "name"),
  };
}

function hubChanges({ usageReportingEnabled: reporting, registrationId }: JsonObject) {
  if (reporting !== undefined && typeof reporting !== "boolean") {
    throw new TypeError('The member "usageReportingEnabled" is to be true or false.');
  }
  return {
    ...(reporting === undefined ? {} : { usageReportingEnabled: reporting }),
    ...(registrationId === undefined ? {} : { registrationId: text({ registrationId }, "registrationId") }),
  };
}

function text(fact: JsonObject, name: string): string {
  const value = fact[name];
  if (typeof value !== "string" || value === "") throw new TypeError(`The member "${name}" is missing.`);
  return value;
}
