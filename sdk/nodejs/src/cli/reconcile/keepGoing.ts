import {
  type ManagedMapping,
  type Plan,
  type PlanIssue,
  registrationKey,
  type TenantList,
} from "@azurestack-csp/provider";
import type { ExitCode } from "../console/exitCodes.ts";
import { planExitCode } from "../plan/inspect.ts";

/** What a run that keeps going left as the stack has it. */
export interface LeftBehind {
  /** The exit code of a run that would have stopped for it. */
  readonly code: ExitCode;
  /** The errors of the registrations that were left. */
  readonly issues: readonly PlanIssue[];
}

/** Which registrations a run can go on with. */
export interface GoOnRequest {
  readonly plan: Plan;
  readonly list: TenantList;
  readonly managed: readonly ManagedMapping[];
  /** The keys that the plan was about; all where there are none. */
  readonly keys: readonly string[] | undefined;
}

/** The keys of registrations whose plan has no error, and what is left with the others; nothing where no plan has any. */
export function findGoing({
  plan,
  list,
  managed,
  keys,
}: GoOnRequest): { readonly keys: readonly string[]; readonly left: LeftBehind } | undefined {
  const issues = plan.issues.filter(({ severity }) => severity === "error");
  if (issues.length === 0) return undefined;
  const broken = new Set(issues.map(({ registrationId }) => registrationId.toLowerCase()));
  const keysOf = createKeys(list, managed);
  const failing = new Set(
    plan.registrations
      .filter(({ registrationId }) => broken.has(registrationId.toLowerCase()))
      .flatMap(({ registration }) => keysOf(registrationKey(registration))),
  );
  const all = keys ?? [
    ...new Set(plan.registrations.flatMap(({ registration }) => keysOf(registrationKey(registration)))),
  ];
  return { keys: all.filter((key) => !failing.has(key)), left: { code: planExitCode(plan), issues } };
}

/** The key of a registration in the list; of one that only the state knows, those that its resources are named by. */
function createKeys(list: TenantList, managed: readonly ManagedMapping[]): (registration: string) => readonly string[] {
  const defined = new Map(list.registrations.map(({ key, registration }) => [registrationKey(registration), key]));
  const held = Map.groupBy(managed, ({ id }) => registrationKey(id.registration));
  return (registration) => {
    const key = defined.get(registration);
    if (key !== undefined) return [key];
    return (held.get(registration) ?? []).map(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf("/"))));
  };
}
