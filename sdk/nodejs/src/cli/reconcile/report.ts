import { errorCatalogue } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { describeError, exitCodeFor, exitCodeOf, messageOf } from "../console/failures.ts";
import { planDocument } from "../plan/planDocument.ts";
import { isNotLookedAt, notLookedAtText, registrationNameOf, sumUp } from "../plan/planWording.ts";
import type { ReconcileResult } from "./job.ts";
import type { PartOutcome } from "./parts/reconcilePart.ts";
import type { ReconcileRequest } from "./request.ts";

/** What was asked, for the report. */
export interface ReportRequest extends Pick<ReconcileRequest, "json" | "failOnExtras"> {
  /** The paths or patterns that the list was read from. */
  readonly paths: readonly string[];
  /** The keys of the registrations that the run was not about. */
  readonly notLookedAt: readonly string[];
}

/** Tells what was done to one stack: data on standard output, what is not as declared on standard error. */
export function reportOne(context: CommandContext, result: ReconcileResult, request: ReportRequest): void {
  if (request.json) context.terminal.data(JSON.stringify(toDocument(context, result, request)));
  else sayResult(context, result, request);
}

/**
 * Tells what was done to the stacks of all registrations.
 *
 * @returns the exit code of the first that failed, else of the first that differs.
 */
export function reportMany(
  context: CommandContext,
  outcomes: readonly PartOutcome[],
  request: ReportRequest,
): ExitCode {
  if (request.json) {
    const stacks = outcomes.map((outcome) =>
      "result" in outcome ? toDocument(context, outcome.result, request) : failureDocument(outcome),
    );
    context.terminal.data(JSON.stringify({ version: 1, stacks, notLookedAt: request.notLookedAt }));
  }
  for (const outcome of outcomes) {
    if ("error" in outcome) context.terminal.say(`${outcome.stack}: ${messageOf(outcome.error)}`);
    else if (!request.json) sayResult(context, outcome.result, request);
  }
  const left = notLookedAtText(request.notLookedAt).trim();
  if (left !== "" && !request.json) context.terminal.data(left);
  const codes = outcomes.map((outcome) =>
    "error" in outcome ? exitCodeOf(outcome.error) : reconcileExitCode(outcome.result, request),
  );
  return codes.find((code) => code !== exitCodes.ok && code !== exitCodes.drift) ?? codes.find(Boolean) ?? exitCodes.ok;
}

/** The exit code of a stack that was worked on to the end: what was left for its errors comes first, and what could not be verified comes before what differs. */
export function reconcileExitCode(
  { verification, left }: Pick<ReconcileResult, "verification" | "left">,
  { failOnExtras }: Pick<ReconcileRequest, "failOnExtras">,
): ExitCode {
  if (left) return left.code;
  const { missing, remaining, extras, wrong, unverified } = verification;
  const codes = unverified.map(({ code }) => exitCodeFor(errorCatalogue[code]));
  const worst = codes.find((code) => code !== exitCodes.failed) ?? codes[0];
  if (worst !== undefined) return worst;
  const found = [...missing, ...remaining, ...wrong, ...(failOnExtras ? extras : [])];
  return found.length > 0 ? exitCodes.drift : exitCodes.ok;
}

function toDocument(context: CommandContext, result: ReconcileResult, { paths }: Pick<ReportRequest, "paths">) {
  const { stack, plan, changes, verification, liftedLocks, left } = result;
  return {
    ...planDocument(plan, { stack, stacks: [stack], paths, today: context.today() }),
    applied: changes,
    verification,
    liftedLocks,
    left: left?.issues ?? [],
    notLookedAt: plan.registrations.filter(isNotLookedAt).map(registrationNameOf),
  };
}

function failureDocument({ stack, error }: PartOutcome & { readonly error: unknown }) {
  return { stack, error: describeError(error) };
}

function sayResult({ terminal }: CommandContext, result: ReconcileResult, { failOnExtras }: ReportRequest): void {
  const { stack, plan, verification, liftedLocks, left } = result;
  const { confirmed, missing, remaining, extras, wrong, unverified } = verification;
  const lookedAt = plan.registrations.filter((registration) => !isNotLookedAt(registration));
  const declared = lookedAt.reduce((sum, registration) => sum + registration.declared, 0);
  const all = confirmed === declared ? String(confirmed) : `${confirmed} of ${declared}`;
  terminal.data(`${stack}: ${sumUp(plan)} Verified: ${all} live as declared.`);
  if (left) {
    const ids = new Set(left.issues.map(({ registrationId }) => registrationId));
    terminal.say(`Left as the stack has it, for the errors above: ${[...ids].join(", ")}`);
  }
  for (const { id, message } of unverified) terminal.say(`Applied and not verified: ${id}: ${message}`);
  for (const id of missing) terminal.say(`Declared and not live: ${id}`);
  for (const id of remaining) terminal.say(`Removed and still live: ${id}`);
  for (const id of wrong) terminal.say(`Live as declared, and of another directory than its tenant: ${id}`);
  for (const { registration, name, command } of liftedLocks)
    terminal.say(
      `Lock "${name}" of ${registration} is declared and was not met; where it was lifted, put it back:\n  ${command}`,
    );
  if (failOnExtras) for (const id of extras) terminal.say(`Live and declared nowhere: ${id}`);
}
