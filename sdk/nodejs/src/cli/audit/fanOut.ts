import { isReadable, type RegistrationFacts, type RegistrationPlan } from "@azurestack-csp/provider";
import { registrationNameOf } from "../plan/planWording.ts";
import type { Finding } from "./finding.ts";

/** What is looked through for gaps. */
export interface FanOutRequest {
  readonly registrations: readonly RegistrationPlan[];
  readonly live: readonly RegistrationFacts[];
  /** Keys of registrations whose Hubs serve the same customers, group by group. */
  readonly groups: readonly (readonly string[])[];
}

/**
 * Tenants that are live on one Hub of a group and not on another.
 *
 * A Hub that could not be read has no gaps, because nothing is known of it. Which Hubs belong together is a decision of
 * the provider, so without groups there is nothing to find.
 */
export function fanOutFindings({ registrations, live, groups }: FanOutRequest): readonly Finding[] {
  const tenantsOn = new Map(
    registrations.flatMap((registration, index) => {
      const facts = live[index];
      if (!facts || !isReadable(facts)) return [];
      const tenants = facts.mappings.flatMap(({ tenantId }) => (tenantId ? [tenantId.toLowerCase()] : []));
      return [[registrationNameOf(registration), new Set(tenants)] as const];
    }),
  );
  return groups.flatMap((group) => gapsIn(group, tenantsOn));
}

function gapsIn(group: readonly string[], tenantsOn: ReadonlyMap<string, ReadonlySet<string>>): readonly Finding[] {
  const hubs = group.flatMap((name) => {
    const tenants = tenantsOn.get(name);
    return tenants ? [{ name, tenants }] : [];
  });
  const all = [...new Set(hubs.flatMap(({ tenants }) => [...tenants]))];
  return all.flatMap((tenantId) => {
    const there = hubs.filter(({ tenants }) => tenants.has(tenantId)).map(({ name }) => name);
    const missing = hubs.filter(({ tenants }) => !tenants.has(tenantId));
    return missing.map(({ name }): Finding => {
      const message = `registered on ${there.join(", ")}, and not here`;
      return { kind: "fanOut", severity: "finding", registration: name, tenantId, message };
    });
  });
}
