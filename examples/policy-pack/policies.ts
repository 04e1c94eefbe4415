import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

const CUSTOMER_SUBSCRIPTION = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const GUARD = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";

const DAY = 24 * 60 * 60 * 1000;

type Properties = Readonly<Record<string, unknown>>;

/** The rules of the pack; `now` is the time that dates are measured from. */
export function createPolicies(now: () => Date): Policies {
  return [
    mappingsAreGuarded,
    guardKeepsItsLimits,
    permissionsAreForOneRun,
    retentionHasAnEnd(now),
    registrationsAreOurs,
  ];
}

const mappingsAreGuarded: StackValidationPolicy = {
  name: "mappings-are-guarded",
  description: "Every customer subscription is declared by a tenant list that has a guard.",
  enforcementLevel: "mandatory",
  // By the parent they share, and not by the guard's table: a stack's resources come with their outputs alone.
  validateStack({ resources }, report) {
    const guarded = new Set(resources.filter(({ type }) => type === GUARD).map(({ parent }) => parent?.urn));
    for (const { type, name, parent, urn } of resources) {
      if (type !== CUSTOMER_SUBSCRIPTION || guarded.has(parent?.urn)) continue;
      report(`No guard stands beside ${name}: a run could remove it unasked. Declare it in a tenant list.`, urn);
    }
  },
};

const guardKeepsItsLimits: ResourceValidationPolicy = {
  name: "guard-keeps-its-limits",
  description: "The guard's limits stay small enough to stop an emptied list.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      largestShare: { type: "number", default: 50, description: "Per cent of what is managed." },
      largestCount: { type: "number", default: 100 },
    },
  },
  validateResource({ type, props, getConfig }, report) {
    if (type !== GUARD) return;
    const { largestShare, largestCount } = getConfig<{ largestShare: number; largestCount: number }>();
    for (const name of ["maxRemovals", "maxMoves"]) {
      const parts = String(props[name] ?? "").split(/[\s,]+/);
      const isTooLarge = parts.some(
        (part) => Number.parseFloat(part) > (part.endsWith("%") ? largestShare : largestCount),
      );
      if (isTooLarge) {
        report(
          `${name} is ${props[name]}; at most ${largestCount} and ${largestShare}% are allowed. Confirm the number instead.`,
        );
      }
    }
  },
};

const permissionsAreForOneRun: ResourceValidationPolicy = {
  name: "permissions-are-for-one-run",
  description: "What was permitted once is taken out again when it has been applied.",
  enforcementLevel: "advisory",
  validateResource({ type, props }, report) {
    if (type === CUSTOMER_SUBSCRIPTION && isFilled(props.overwrite)) {
      report(`overwrite still names ${props.overwrite.join(", ")}. Take it out once the mapping has moved.`);
    }
    if (type !== GUARD) return;
    for (const name of ["confirmedRemovals", "confirmedMoves"]) {
      if (props[name] != null) report(`${name} is ${props[name]}. Take it out once that run is through.`);
    }
  },
};

function retentionHasAnEnd(now: () => Date): ResourceValidationPolicy {
  return {
    name: "retention-has-an-end",
    description: "A mapping is kept no longer than it takes to bill its last usage: a mistyped year holds it for good.",
    enforcementLevel: "mandatory",
    configSchema: { properties: { mostDays: { type: "number", default: 400 } } },
    validateResource({ type, props, getConfig }, report) {
      if (type !== CUSTOMER_SUBSCRIPTION || props.retainUntil == null) return;
      const { mostDays } = getConfig<{ mostDays: number }>();
      const days = (Date.parse(props.retainUntil) - now().getTime()) / DAY;
      if (days > mostDays) report(`retainUntil is ${props.retainUntil}, more than ${mostDays} days from now.`);
    },
  };
}

const registrationsAreOurs: ResourceValidationPolicy = {
  name: "registrations-are-ours",
  description: "Customers are registered on the registrations of a fixed list and nowhere else.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: { registrations: { type: "array", items: { type: "string" }, default: [], description: "ARM ids." } },
  },
  validateResource({ type, props, getConfig, notApplicable }, report) {
    const { registrations } = getConfig<{ registrations: readonly string[] }>();
    if (registrations.length === 0) notApplicable("No registrations are configured.");
    if (type !== CUSTOMER_SUBSCRIPTION) return;
    const registration = registrationOf(props);
    if (registrations.some((allowed) => keyOf(allowed) === keyOf(registration))) return;
    report(`${registration} is none of the ${registrations.length} registrations that are allowed.`);
  },
};

/** The registration's ARM id, which is given whole or in three parts. */
function registrationOf(props: Properties): string {
  if (typeof props.registrationId === "string") return props.registrationId;
  const { registrationSubscriptionId, resourceGroup, registrationName } = props;
  const group = `/subscriptions/${registrationSubscriptionId}/resourceGroups/${resourceGroup}`;
  return `${group}/providers/Microsoft.AzureStack/registrations/${registrationName}`;
}

function isFilled(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0;
}

/** Ids are compared without regard to letter case, as Azure does. */
function keyOf(id: unknown): string {
  return String(id).toLowerCase();
}
