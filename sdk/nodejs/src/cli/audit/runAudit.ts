import type { Plan } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { connect } from "../input/clients.ts";
import { requireRegistrations } from "../input/requireRegistrations.ts";
import { inspect, unreadableExitCode } from "../plan/inspect.ts";
import { unreadIn } from "../plan/planWording.ts";
import { askedHubs } from "./askedHubs.ts";
import { auditText } from "./auditText.ts";
import type { Finding } from "./finding.ts";
import { findAll } from "./findings.ts";
import { lookAtHubs } from "./lookAtHubs.ts";

/** What `audit` is asked. */
export interface AuditRequest {
  /** The paths or patterns of the list; none where the default is meant. */
  readonly files: readonly string[];
  readonly stack: string | undefined;
  /** Keys of registrations whose Hubs serve the same customers, group by group. */
  readonly groups: readonly (readonly string[])[];
  readonly json: boolean;
}

/**
 * Compares everything that is live with what is declared; changes nothing.
 *
 * @returns the exit code: `drift` where anything is found, and that of what could not be read before it.
 */
export async function runAudit(context: CommandContext, request: AuditRequest): Promise<ExitCode> {
  const { files, stack, groups, json } = request;
  const inspected = await inspect(context, { files, stack, everything: true });
  const { plan, origin, list } = inspected;
  requireRegistrations(groups.flat(), list);
  const { terminal } = context;
  const { clientOf } = connect(context, list);
  const facts = await lookAtHubs(context, list, clientOf);
  const findings = findAll({ inspection: inspected, list, groups, hubs: facts, today: context.today() });
  const hubs = askedHubs(list, facts);
  const unread = unreadIn(plan);
  if (json) terminal.data(JSON.stringify({ version: 1, ...origin, findings, counts: plan.counts, unread, hubs }));
  else terminal.data(auditText(findings, { width: terminal.width, colours: terminal.colours, unread, hubs }));
  return auditExitCode(plan, findings);
}

/** The exit code of an audit: what could not be read comes before what was found. */
export function auditExitCode(plan: Plan, findings: readonly Finding[]): ExitCode {
  const unreadable = unreadableExitCode(plan);
  if (unreadable !== undefined) return unreadable;
  return findings.some(({ severity }) => severity === "finding") ? exitCodes.drift : exitCodes.ok;
}
