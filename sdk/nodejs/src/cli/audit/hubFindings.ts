import {
  formatRegistrationId,
  isReadable,
  parseRegistrationId,
  type RegistrationFacts,
  type RegistrationPlan,
  registrationKey,
  sameId,
} from "@azurestack-csp/provider";
import type { Finding } from "./finding.ts";
import type { HubFacts } from "./lookAtHubs.ts";

/** What Hubs are held against. */
export interface HubsRequest {
  readonly registrations: readonly RegistrationPlan[];
  readonly live: readonly RegistrationFacts[];
  readonly hubs: readonly HubFacts[];
  /** `YYYY-MM-DD`, in UTC. */
  readonly today: string;
}

/** A registration as the list has it, and as Azure has it. */
interface Listed {
  readonly plan: RegistrationPlan;
  readonly facts: RegistrationFacts | undefined;
}

/**
 * What the Hubs say that is not as it should be: not registered, by another registration than the listed one, no usage
 * reported, a billing model by which no customer is billed. What a Hub does not say is not known, and a finding, too.
 */
export function hubFindings({ registrations, live, hubs, today }: HubsRequest): readonly Finding[] {
  const listed = new Map(registrations.map((plan, index) => [plan.key, { plan, facts: live[index] }]));
  return hubs.flatMap((hub) => {
    const { key } = hub;
    const found = listed.get(key);
    const messages = found ? messagesOf(hub, found, today) : [];
    return messages.map((message): Finding => ({ kind: "hub", severity: "finding", registration: key, message }));
  });
}

function messagesOf(hub: HubFacts, listed: Listed, today: string): readonly string[] {
  if ("problem" in hub) return [`what the Hub says of its registration is not known: ${hub.problem}`];
  const { activation } = hub;
  if (!activation) return ["the Hub is not registered, so that none of its usage reaches Azure"];
  const { provisioningState, expiration, usageReportingEnabled } = activation;
  const isOver = expiration !== undefined && expiration.slice(0, today.length) < today;
  return [
    provisioningState !== undefined && sameId(provisioningState, "Succeeded")
      ? undefined
      : `whether the Hub is registered is not known: its activation is in the state ${provisioningState ?? "(none)"}`,
    isOver ? `the Hub's activation ended at ${expiration}` : undefined,
    usageReporting(usageReportingEnabled),
    registrationOf(hub, listed),
    billingModelOf(listed),
  ].filter((message) => message !== undefined);
}

function usageReporting(isEnabled: boolean | undefined): string | undefined {
  if (isEnabled) return undefined;
  if (isEnabled === undefined)
    return "whether the Hub reports usage to Azure is not known: its activation does not say";
  return "the Hub reports no usage to Azure, so that nobody is billed for it";
}

function registrationOf(
  { activation, otherCloudId }: Exclude<HubFacts, { problem: string }>,
  { plan, facts }: Listed,
): string | undefined {
  const id = activation?.registrationId;
  const named = parseRegistrationId(id ?? "");
  if (!named) return `which registration the Hub has is not known: its activation names ${id ?? "none"}`;
  if (registrationKey(named) === registrationKey(plan.registration)) return undefined;
  const own = facts && isReadable(facts) ? facts.cloudId : undefined;
  const same = own !== undefined && otherCloudId !== undefined && sameId(own, otherCloudId);
  const ids = same
    ? `both have the cloud id ${own}`
    : `cloud id ${otherCloudId ?? "not known"}; the list's has ${own ?? "one that is not known"}`;
  return `the Hub is registered by ${formatRegistrationId(named)}, and not by the registration in the list (${ids})`;
}

/** Registrations with a known model that bills nobody have an error of their own among the checks. */
function billingModelOf({ facts }: Listed): string | undefined {
  const isUnknown = !facts || !isReadable(facts) || facts.billingModel === undefined;
  return isUnknown
    ? "by which model the Hub is billed is not known: its registration in Azure does not say"
    : undefined;
}
