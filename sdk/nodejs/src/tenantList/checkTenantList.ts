import {
  type ClientSource,
  createClientsByAccess,
  type ErrorCode,
  formatRegistrationId,
  inspectTenantList,
  isCatalogueError,
  type LookedAtTenantList,
  liveTableOf,
  type PlanIssue,
  type QueryOptions,
  type TenantList,
  type TenantListIssue,
} from "@azurestack-csp/provider";
import { connectList } from "./connectList.ts";
import { today } from "./today.ts";

/** What the list is checked against, and when. */
export interface CheckTenantListOptions extends QueryOptions {
  /** The day in UTC, `YYYY-MM-DD`; the present one by default. */
  readonly today?: string;
}

/**
 * Checks a tenant list against what is live, before a program registers anything; sends no write.
 *
 * Each registration is asked for itself and its list, and the directory of each customer subscription that is not live as
 * declared is looked up. Errors are what makes a run fail or bills somebody wrongly; whatever the stack itself may have
 * registered is only a warning, because a program does not know what its stack manages. A registration that cannot be
 * read, and settings that cannot be used, are errors among the others; only what is no error of the catalogue is thrown.
 *
 * ```ts
 * const issues = await checkTenantList(list);
 * const errors = issues.filter(({ severity }) => severity === "error");
 * if (errors.length > 0) throw new pulumi.RunError(errors.map(formatTenantListIssue).join("\n"));
 * ```
 */
export async function checkTenantList(
  list: TenantList,
  options: CheckTenantListOptions = {},
): Promise<readonly TenantListIssue[]> {
  return (await lookAtTenantList(list, options)).issues;
}

/** Does what {@link checkTenantList} does, and adds to the list what it saw live. */
export async function lookAtTenantList(
  list: TenantList,
  options: CheckTenantListOptions = {},
): Promise<{ readonly list: LookedAtTenantList; readonly issues: readonly TenantListIssue[] }> {
  const [first] = list.registrations;
  if (!first) return { list, issues: [] };
  try {
    const clientOf = connect(list, options);
    const day = options.today ?? today();
    const { plan, live } = await inspectTenantList(clientOf, { list, today: day, stackIsUnknown: true });
    return { list: { ...list, live: liveTableOf(live) }, issues: toListIssues(list, plan.issues) };
  } catch (error) {
    if (!isCatalogueError(error)) throw error;
    return { list, issues: [{ ...first.place, severity: "error", code: error.code, message: error.message }] };
  }
}

function connect(list: TenantList, options: QueryOptions): ClientSource {
  const { client, env = process.env, abortSignal } = options;
  if (client) return () => client;
  return connectList(list, createClientsByAccess(env, abortSignal ? { abortSignal } : {}));
}

/** Issues of the plan at their places; what all registrations say alike, such as a refused sign-in, is said once. */
function toListIssues(
  { registrations }: TenantList,
  issues: readonly PlanIssue<ErrorCode>[],
): readonly TenantListIssue[] {
  const places = new Map(registrations.map(({ registration, place }) => [formatRegistrationId(registration), place]));
  const found = new Map<string, TenantListIssue>();
  for (const { severity, code, message, registrationId, ...issue } of issues) {
    const place = issue.place ?? places.get(registrationId);
    if (place && !found.has(message)) found.set(message, { ...place, severity, code, message });
  }
  return [...found.values()];
}
