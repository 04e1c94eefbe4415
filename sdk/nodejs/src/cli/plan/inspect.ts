import {
  errorCatalogue,
  formatPlanIssue,
  formatRegistrationId,
  type Inspection,
  inspectTenantList,
  type Plan,
  type PlanIssue,
  type ProviderError,
  registrationKey,
  type TenantList,
} from "@azurestack-csp/provider";
import { findProjectFolder } from "../../journal/backend.ts";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { exitCodeFor } from "../console/failures.ts";
import { count } from "../console/text.ts";
import { connect } from "../input/clients.ts";
import { loadTenantList } from "../input/loadTenantList.ts";
import { knownStack, type StackAndList, withStackAndList } from "../input/stackAndList.ts";
import { findHeld, findShared, type Held, heldError, losingMappings, sharedError } from "../stacks/heldMappings.ts";
import { type ManagedStacks, readManagedStacks } from "../stacks/managedStacks.ts";
import { readOtherStacks } from "../stacks/otherStacks.ts";
import type { Project } from "../stacks/project.ts";
import { leftIssues } from "./leftIssues.ts";
import { nameOffboarded } from "./nameOffboarded.ts";
import type { PlanOrigin } from "./planDocument.ts";
import { hasChanges } from "./planWording.ts";

/** What a command wants to know. */
export interface InspectRequest {
  readonly files: readonly string[];
  readonly stack: string | undefined;
  /** Whether a stack that is named and not there counts as an empty one; by default that is an error. */
  readonly mayCreateStack?: boolean;
  /** Whether locks, directories and other stacks are looked at for everything; by default only where they matter to a run. */
  readonly everything?: boolean;
}

/** The list, what it was compared with, and what follows. */
export interface Inspected extends Omit<Inspection, "plan"> {
  readonly plan: Plan;
  readonly list: TenantList;
  readonly origin: PlanOrigin;
  /** What the stack and those of its registrations manage; absent where no stack is named and none is selected. */
  readonly state: ManagedStacks | undefined;
  /** What is declared, and what other stacks manage; an error of the plan says so too. */
  readonly held: readonly Held[];
  /** What the stack manages, and other stacks as well; without `everything`, only of what a run would take away. */
  readonly shared: readonly Held[];
  /** The other stacks that could not be read, such as `stack other`. */
  readonly unread: readonly string[];
}

/** Reads list, state and Azure, and plans the list against them; changes nothing. */
export async function inspect(context: CommandContext, request: InspectRequest): Promise<Inspected> {
  const { files } = request;
  const stack = knownStack(context, request.stack);
  if (stack === undefined && findProjectFolder(context.folder) === undefined) {
    // A list alone can be compared with Azure where there is no Pulumi CLI.
    return await inspectStack(context, request, { ...loadTenantList(context, { files, stack }), stack });
  }
  return await withStackAndList(
    context,
    { files, stack },
    async (opened) => await inspectStack(context, request, opened),
  );
}

async function inspectStack(
  context: CommandContext,
  { everything = false, mayCreateStack = false }: InspectRequest,
  { list, paths, stack, project }: StackAndList & { readonly project?: Project },
): Promise<Inspected> {
  const { terminal, today } = context;
  const progress = terminal.progress("Reading what the stack manages");
  try {
    const state =
      project && stack !== undefined
        ? await readManagedStacks(project, { stack, list, terminal, mayCreateStack })
        : undefined;
    if (!state) terminal.say("No stack is named, so the list is compared with Azure alone.");
    progress.update(`Reading ${count(list.registrations.length, "registration")}`);
    const { managed = [], others = [], stacks } = state ?? {};
    const { clientOf, nameOf } = connect(context, list);
    const inspection = await inspectTenantList(clientOf, { list, managed, today: today(), everything });
    context.signal.throwIfAborted();
    const held = findHeld({ list, managed }, others);
    const losing = losingMappings({ list, managed });
    const asked = everything ? managed : losing;
    const own = [...(stack === undefined ? [] : [stack]), ...(stacks ?? [])];
    const elsewhere =
      project && state && asked.length > 0
        ? await readOtherStacks(project, { own, known: others, terminal })
        : undefined;
    const shared = findShared(asked, elsewhere?.states ?? []);
    const left = project && state ? await leftIssues(project, { state, list, clientOf, terminal }) : [];
    const refused = findShared(losing, elsewhere?.states ?? []);
    const issues = [
      ...heldIssues(held, heldError),
      ...heldIssues(refused, (each) => sharedError(stack ?? "", each)),
      ...inspection.plan.issues,
      ...left,
    ];
    const plan = await nameOffboarded({ ...inspection.plan, issues }, nameOf);
    const origin = { stack, stacks, paths, today: today() };
    return { ...inspection, plan, held, shared, unread: elsewhere?.unread ?? [], list, state, origin };
  } finally {
    progress.stop();
  }
}

/** What other stacks hold is what a run would be refused for, registration by registration. */
function heldIssues(held: readonly Held[], errorOf: (held: Held) => ProviderError): readonly PlanIssue[] {
  return held.flatMap(({ holder, ids }) =>
    [...Map.groupBy(ids, ({ registration }) => registrationKey(registration)).values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { code, message } = errorOf({ holder, ids: group });
      const registrationId = formatRegistrationId(first.registration);
      return [{ severity: "error" as const, code, message, registrationId, place: undefined }];
    }),
  );
}

/** Writes errors and warnings of a plan to standard error, a line each. */
export function sayPlanIssues({ terminal }: Pick<CommandContext, "terminal">, { issues }: Plan): void {
  for (const issue of issues) terminal.say(formatPlanIssue(issue));
}

/** What an exit code depends on beside the plan. */
export interface PlanOutcome {
  /** Whether the guard would stop the run. */
  readonly isStopped?: boolean;
  /** Whether pending changes have a code of their own. */
  readonly detailed?: boolean | undefined;
}

/**
 * The exit code of a plan: what keeps a registration from being read comes first, then what a run would be refused for,
 * then the guard, as a run meets them.
 */
export function planExitCode(plan: Plan, { isStopped = false, detailed = false }: PlanOutcome = {}): ExitCode {
  const unreadable = unreadableExitCode(plan);
  if (unreadable !== undefined) return unreadable;
  if (plan.issues.some(({ severity }) => severity === "error")) return exitCodes.input;
  if (isStopped) return exitCodes.guard;
  return detailed && hasChanges(plan) ? exitCodes.changes : exitCodes.ok;
}

/**
 * The exit code of what keeps registrations from being read; absent where nothing does.
 *
 * A registration that is gone from Azure and from the list is no such thing: a run only forgets it.
 */
export function unreadableExitCode({ registrations, issues }: Plan): ExitCode | undefined {
  const errors = new Set(
    issues
      .filter(({ severity }) => severity === "error")
      .map(({ registrationId, code }) => `${registrationId} ${code}`),
  );
  const codes = registrations.flatMap(({ registrationId, problem }) =>
    problem && errors.has(`${registrationId} ${problem.code}`) ? [exitCodeFor(errorCatalogue[problem.code])] : [],
  );
  return codes.find((code) => code !== exitCodes.failed) ?? codes[0];
}
