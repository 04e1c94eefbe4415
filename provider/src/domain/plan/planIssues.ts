import { aFew } from "../aFew.ts";
import { mappedElsewhere } from "../customerSubscription/mappedElsewhere.ts";
import type { Details, ErrorCode } from "../errors/catalogue.ts";
import { explain } from "../errors/explain.ts";
import { formatRegistrationId, sameId } from "../ids.ts";
import { describeLocks, isReadOnly, lockCommands } from "../locks.ts";
import type { Declaration } from "../tenantList/toDeclarations.ts";
import type { MismatchGroup } from "./directoryMismatches.ts";
import { type Directories, isNotThere, isReadable, type LiveMapping } from "./liveFacts.ts";
import type { PlanIssue as AnyPlanIssue, PlannedChange, Renewal } from "./plan.ts";
import { type Changes, compareDeclaration, isWrite, mayLeave } from "./planChanges.ts";
import { agrees, type RegistrationView } from "./registrationView.ts";
import { declaredDirectories, isWrong } from "./wrongDirectories.ts";

type PlanIssue = AnyPlanIssue<ErrorCode>;

/** What the issues of one registration are found in. */
export interface IssuesRequest {
  readonly view: RegistrationView;
  readonly changes: Changes;
  readonly directories: Directories;
  /** The rows of the whole list that these prove wrong. */
  readonly mismatches: readonly MismatchGroup[];
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether nobody knows what the stack manages, so that its own moves look like conflicts. */
  readonly stackIsUnknown: boolean;
}

/** Makes an issue of the registration; of a declaration where one is given. */
type Report = <Code extends ErrorCode>(code: Code, details: Details<Code>, declaration?: Declaration) => PlanIssue;

interface Reporters {
  readonly error: Report;
  readonly warning: Report;
}

/** What keeps a run from doing what is planned for a registration, and what a person should look at. */
export function planIssues(request: IssuesRequest): readonly PlanIssue[] {
  const reporters = createReporters(request.view);
  return [
    ...registrationIssues(request.view, reporters),
    ...lockIssues(request, reporters),
    ...retentionIssues(request, reporters),
    ...conflictIssues(request, reporters),
    ...directoryIssues(request, reporters),
    ...permissionIssues(request, reporters),
    ...undeclaredIssues(request, reporters),
    ...unknownTenantIssues(request.view, reporters),
  ];
}

/** A Hub that was registered anew, which a person should look at before its customers go over. */
export function renewalIssue({ key, from, to, reason, customers }: Renewal): PlanIssue {
  const registrationId = formatRegistrationId(to);
  const details = {
    key,
    from: formatRegistrationId(from),
    to: registrationId,
    reason: reason === "gone" ? "the old one does not exist any more" : "both are registrations of one Hub",
    count: String(customers),
  };
  const message = explain("CSP_HUB_REGISTERED_ANEW", details);
  return { severity: "warning", code: "CSP_HUB_REGISTERED_ANEW", message, registrationId, place: undefined };
}

function createReporters({ registration }: RegistrationView): Reporters {
  const registrationId = formatRegistrationId(registration);
  const reporter =
    (severity: PlanIssue["severity"]): Report =>
    (code, details, declaration) => ({
      severity,
      code,
      message: explain(code, details),
      registrationId,
      place: declaration?.place,
    });
  return { error: reporter("error"), warning: reporter("warning") };
}

function registrationIssues(view: RegistrationView, { error, warning }: Reporters): readonly PlanIssue[] {
  const { facts, declarations, registration, key } = view;
  const registrationId = formatRegistrationId(registration);
  if (!facts) return [];
  if (!isReadable(facts)) {
    const { code, message } = facts.problem;
    // A registration that went away with all its customers needs nothing more than to be forgotten.
    const severity = key === undefined && isNotThere(facts.problem) ? "warning" : "error";
    return [{ severity, code, message, registrationId, place: undefined }];
  }
  const { billingModel } = facts;
  if (declarations.length === 0 || billingModel === undefined || sameId(billingModel, "PayAsYouUse")) return [];
  if (!sameId(billingModel, "Capacity")) {
    return [warning("CSP_BILLING_MODEL_UNUSUAL", { registration: registrationId, billingModel })];
  }
  const count = String(declarations.length);
  return [error("CSP_BILLING_MODEL_CAPACITY", { registration: registrationId, count })];
}

function lockIssues({ view, changes }: IssuesRequest, { error, warning }: Reporters): readonly PlanIssue[] {
  const { facts, registration } = view;
  const lockFacts = facts && isReadable(facts) ? facts.lockFacts : undefined;
  if (!lockFacts) return [];
  const removals = changes.changes.filter(({ kind, isLive }) => kind === "move" || (kind === "offboard" && isLive));
  const writes = changes.changes.filter(({ kind }) => isWrite(kind) && kind !== "move");
  const id = formatRegistrationId(registration);
  if ("problem" in lockFacts) {
    if (removals.length + writes.length === 0) return [];
    return [warning("CSP_LOCKS_UNREADABLE", { registration: id, reason: lockFacts.problem.message })];
  }
  const met = lockFacts.locks.filter((lock) => removals.length > 0 || (isReadOnly(lock) && writes.length > 0));
  if (met.length === 0) return [];
  const stopped = removals.length + (met.some(isReadOnly) ? writes.length : 0);
  const details = {
    count: String(stopped),
    registration: id,
    locks: describeLocks(met),
    commands: lockCommands(id, met),
  };
  return [error("CSP_LOCK_MET", details)];
}

function retentionIssues(request: IssuesRequest, { error }: Reporters): readonly PlanIssue[] {
  const { view, changes, today } = request;
  const registration = formatRegistrationId(view.registration);
  const declarations = new Map(view.declarations.map((declaration) => [declaration.name, declaration]));
  return changes.changes.flatMap((change) =>
    takenAway(change, view)
      .filter(({ retainUntil = "" }) => retainUntil >= today)
      .map(({ tenantId = "unknown", customerSubscriptionId, retainUntil = "" }) =>
        error(
          "CSP_RETAINED",
          { tenantId, customerSubscriptionId, registration, retainUntil },
          change.kind === "offboard" ? undefined : declarations.get(change.name),
        ),
      ),
  );
}

type Taken = Pick<PlannedChange, "tenantId" | "customerSubscriptionId" | "retainUntil">;

/** The live mappings of the stack that a change removes, or that its write takes away. */
function takenAway(change: PlannedChange, { kept, live }: RegistrationView): readonly Taken[] {
  const { kind, isLive, liveTenantId, tenantId, customerSubscriptionId, fromSubscriptions } = change;
  if (kind === "offboard") return isLive && agrees(liveTenantId, tenantId) ? [change] : [];
  return [customerSubscriptionId, ...fromSubscriptions].flatMap((id): readonly Taken[] => {
    const held = kept.bySubscription.get(id.toLowerCase());
    const found = live.bySubscription.get(id.toLowerCase());
    const isOwn = sameId(id, customerSubscriptionId) && agrees(held?.tenantId, tenantId);
    if (!isWrite(kind) || !held || !found || held.isUnconfirmed || isOwn) return [];
    const { tenantId: heldTenantId, retainUntil } = held;
    if (!agrees(found.tenantId, heldTenantId)) return [];
    return [{ tenantId: heldTenantId, customerSubscriptionId: id, retainUntil }];
  });
}

/** The same refusals as those of the lifecycle before it writes; only possible ones where the stack is unknown. */
function conflictIssues(request: IssuesRequest, { error, warning }: Reporters): readonly PlanIssue[] {
  const { view, changes, stackIsUnknown } = request;
  // A row that its directory proves wrong has to be corrected; nobody should displace another customer for it.
  const told = declaredDirectories(request).filter(({ directory }) => directory !== undefined);
  const wrong = new Set(told.filter(isWrong).map(({ declaration }) => declaration));
  const right = new Set(told.map(({ declaration }) => declaration).filter((each) => !wrong.has(each)));
  const registration = formatRegistrationId(view.registration);
  const written = new Set(changes.changes.filter(({ kind }) => isWrite(kind)).map(({ name }) => name));
  return view.declarations.flatMap((declaration) => {
    if (!written.has(declaration.name) || wrong.has(declaration)) return [];
    const { tenantId, customerSubscriptionId, overwrite = [] } = declaration.inputs;
    const comparison = compareDeclaration(declaration, view);
    const liveTenantId = comparison.live?.tenantId;
    const isOwn = comparison.managed?.name === declaration.name;
    const isNamed = overwrite.some((named) => sameId(named, customerSubscriptionId));
    const ofSubscription =
      liveTenantId === undefined || agrees(liveTenantId, tenantId) || isOwn || isNamed
        ? []
        : [{ customerSubscriptionId, liveTenantId, tenantId, registration }];
    const ofTenant = comparison.others
      .filter((other) => view.live.bySubscription.has(other.toLowerCase()))
      .filter((other) => !mayLeave(comparison, other, overwrite))
      .map((other) => ({ tenantId, liveCustomerSubscriptionId: other, customerSubscriptionId, registration }));
    return [
      ...ofSubscription.map((details) =>
        stackIsUnknown
          ? warning("CSP_SUBSCRIPTION_CHANGES_TENANT", details, declaration)
          : error(
              "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE",
              mappedElsewhere(details, { isRight: right.has(declaration) }),
              declaration,
            ),
      ),
      ...ofTenant.map((details) =>
        stackIsUnknown
          ? warning("CSP_TENANT_MOVES", details, declaration)
          : error("CSP_TENANT_MAPPED_ELSEWHERE", details, declaration),
      ),
    ];
  });
}

/** What is wrong and in place already keeps a run from nothing else. */
function directoryIssues(request: IssuesRequest, { error, warning }: Reporters): readonly PlanIssue[] {
  const untold = declaredDirectories(request).filter(({ directory }) => directory === undefined);
  const own = request.mismatches.filter(({ first }) => request.view.declarations.includes(first.declaration));
  return [
    ...untold.map(({ declaration }) => warning("CSP_DIRECTORY_UNKNOWN", idsOf(declaration), declaration)),
    ...own.map(({ first: { declaration, directory, isRefused }, seen, remedy }) =>
      (isRefused ? error : warning)(
        "CSP_DIRECTORY_MISMATCH",
        { ...idsOf(declaration), directory, seen, remedy },
        declaration,
      ),
    ),
  ];
}

function idsOf({ inputs: { tenantId, customerSubscriptionId } }: Declaration) {
  return { tenantId, customerSubscriptionId };
}

/** What a row permits and no longer needs, or asks for and does not get; only where it is known what is the stack's own. */
function permissionIssues(request: IssuesRequest, { warning }: Reporters): readonly PlanIssue[] {
  const { view, changes, today, stackIsUnknown } = request;
  if (stackIsUnknown || !view.facts || !isReadable(view.facts)) return [];
  const kinds = new Map(changes.changes.map(({ name, kind }) => [name, kind]));
  return view.declarations.flatMap((declaration) => {
    const { overwrite = [], retainUntil } = declaration.inputs;
    const kind = kinds.get(declaration.name);
    const tenant = declaration.tenantName;
    const isNew = kind !== undefined && view.named.get(declaration.name)?.retainUntil !== retainUntil;
    return [
      ...(kind === undefined && overwrite.length > 0
        ? [warning("CSP_OVERWRITE_DONE", { tenant, overwrite: overwrite.join(", ") }, declaration)]
        : []),
      ...(isNew && retainUntil !== undefined && retainUntil < today
        ? [warning("CSP_RETAIN_UNTIL_PAST", { tenant, retainUntil, today }, declaration)]
        : []),
    ];
  });
}

/** Known to be extras or removals only where the stack is known, and then the plan lists them as such. */
function undeclaredIssues(
  { view, changes, stackIsUnknown }: IssuesRequest,
  { warning }: Reporters,
): readonly PlanIssue[] {
  const { extras } = changes;
  if (!stackIsUnknown || extras.length === 0) return [];
  return [warning("CSP_LIVE_UNDECLARED", sumUp(view, extras))];
}

/** A mapping whose tenant nobody knows contradicts nothing, and does not show that it is right either. */
function unknownTenantIssues(view: RegistrationView, { warning }: Reporters): readonly PlanIssue[] {
  const mappings = view.facts && isReadable(view.facts) ? view.facts.mappings : [];
  const unknown = mappings.filter(({ tenantId }) => tenantId === undefined);
  return unknown.length === 0 ? [] : [warning("CSP_LIVE_TENANT_UNKNOWN", sumUp(view, unknown))];
}

function sumUp({ registration }: RegistrationView, mappings: readonly LiveMapping[]) {
  const named = mappings.map(({ customerSubscriptionId: id, tenantId = "none" }) => `${id} (tenant ${tenantId})`);
  return {
    count: String(mappings.length),
    registration: formatRegistrationId(registration),
    mappings: aFew(named),
  };
}
