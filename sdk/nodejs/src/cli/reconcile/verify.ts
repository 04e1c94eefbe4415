import {
  type ClientSource,
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  type ErrorCode,
  findConfirmed,
  formatCustomerSubscriptionId,
  type InspectionRequest,
  inspectTenantList,
  isCatalogueError,
  type ManagedMapping,
  type Plan,
  type RegistrationPlan,
  sameId,
  type TenantList,
} from "@azurestack-csp/provider";
import pMap from "p-map";

/** How many requests are under way side by side; the clients pace what comes of it. */
const CONCURRENCY = 16;

/** What is compared after a run. */
export interface VerifyRequest {
  readonly list: TenantList;
  /** What the stack managed before the run. */
  readonly before: readonly ManagedMapping[];
  /** What it manages now. */
  readonly after: readonly ManagedMapping[];
  readonly today: string;
  /** Whether Azure is asked about a registration; about all by default. */
  readonly isLookedAt?: InspectionRequest["isLookedAt"];
}

/** What is live after a run, against what was meant; ARM ids. */
export interface Verification {
  /** How many declared mappings are live as declared. */
  readonly confirmed: number;
  /** Declared, and not live as declared. */
  readonly missing: readonly string[];
  /** No longer declared, and still live. */
  readonly remaining: readonly string[];
  /** Live, and neither declared nor managed. */
  readonly extras: readonly string[];
  /** Live as declared, with a customer subscription of another directory than the tenant. */
  readonly wrong: readonly string[];
  /** What Azure did not tell, so that the run may be right or wrong. */
  readonly unverified: readonly Unverified[];
}

/** What could not be read, or is not told: a registration, or a customer subscription that was removed. */
interface Unverified {
  /** Its ARM id. */
  readonly id: string;
  readonly code: ErrorCode;
  /** The whole explanation. */
  readonly message: string;
}

/** Asks Azure whether what is declared is live and what was removed is gone; sends no write. */
export async function verify(clientOf: ClientSource, request: VerifyRequest): Promise<Verification> {
  const { before, after, ...inspected } = request;
  const { plan } = await inspectTenantList(clientOf, { ...inspected, managed: after });
  const kept = new Set(after.map(({ id }) => customerSubscriptionKey(id)));
  const removed = before.filter(
    ({ id, provider }) => provider === "azurestack-csp" && !kept.has(customerSubscriptionKey(id)),
  );
  const asked = await pMap(removed, async (mapping) => await ask(clientOf, mapping), { concurrency: CONCURRENCY });
  const readable = plan.registrations.filter(({ problem }) => !problem);
  const removedKeys = new Set(removed.map(({ id }) => customerSubscriptionKey(id)));
  return {
    confirmed: readable.reduce((sum, { unchanged }) => sum + unchanged, 0),
    missing: readable.flatMap((registration) => idsOf(registration, registration.changes)),
    remaining: asked.flatMap(({ id, answer }) => (answer === "live" ? [id] : [])),
    wrong: readable.flatMap((registration) => idsOf(registration, registration.wrong)),
    extras: readable
      .flatMap((registration) => idsOf(registration, registration.extras))
      .filter((id) => !removedKeys.has(id.toLowerCase())),
    unverified: [
      ...plan.registrations.flatMap(({ registrationId, problem }) =>
        problem ? [{ id: registrationId, code: problem.code, message: problem.message }] : [],
      ),
      ...readable.flatMap((registration) => (registration.unknown > 0 ? untold(plan, registration) : [])),
      ...asked.flatMap(({ id, answer }) => (typeof answer === "string" ? [] : [{ id, ...answer }])),
    ],
  };
}

/** A declared mapping whose tenant Azure does not tell is live, and may be another customer's. */
function untold({ issues }: Plan<ErrorCode>, { registrationId }: RegistrationPlan): readonly Unverified[] {
  return issues
    .filter((issue) => issue.code === "CSP_LIVE_TENANT_UNKNOWN" && issue.registrationId === registrationId)
    .map(({ code, message }) => ({ id: registrationId, code, message }));
}

function idsOf(
  { registration }: RegistrationPlan,
  mappings: readonly Pick<CustomerSubscriptionId, "customerSubscriptionId">[],
): readonly string[] {
  return mappings.map(({ customerSubscriptionId }) =>
    formatCustomerSubscriptionId({ registration, customerSubscriptionId }),
  );
}

type Answer = "live" | "gone" | Omit<Unverified, "id">;

async function ask(
  clientOf: ClientSource,
  mapping: ManagedMapping,
): Promise<{ readonly id: string; readonly answer: Answer }> {
  const id = formatCustomerSubscriptionId(mapping.id);
  try {
    return { id, answer: (await isThere(clientOf, mapping)) ? "live" : "gone" };
  } catch (error) {
    if (!isCatalogueError(error)) throw error;
    return { id, answer: { code: error.code, message: error.message } };
  }
}

/** A mapping that another tenant has by now is no longer the one that was removed. */
async function isThere(clientOf: ClientSource, { id, access, tenantId }: ManagedMapping): Promise<boolean> {
  const found = await findConfirmed(clientOf(access), id);
  if (!found) return false;
  return found.tenantId === undefined || tenantId === undefined || sameId(found.tenantId, tenantId);
}
