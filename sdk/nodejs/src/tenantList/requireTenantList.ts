import { formatPlace, type LookedAtTenantList, type TenantListIssue } from "@azurestack-csp/provider";
import * as pulumi from "@pulumi/pulumi";
import { lookAtTenantList } from "./checkTenantList.ts";
import { findInterruptedLeft } from "./interruptedLeft.ts";
import { readTenantList } from "./readTenantList.ts";

/** What a list has to pass. */
export interface RequireTenantListOptions {
  /**
   * Whether the list is checked against what is live, at preview too; that takes the network and the credentials of a run.
   *
   * @default true
   */
  readonly liveChecks?: boolean | undefined;
}

/**
 * Reads and checks the tenant list of a program, and stops the program where the list cannot be applied.
 *
 * Paths may be patterns, as with `readTenantList`. Warnings become Pulumi's; errors, of the list itself or of what is live
 * (`checkTenantList`), end the program, all at once. Wait for it before anything is registered.
 * What it saw live stands in the list that it returns, for the guard.
 *
 * ```ts
 * const list = await requireTenantList("tenants.yaml");
 * new TenantRegistrations("tenants", { list });
 * ```
 *
 * @throws RunError of Pulumi, with the errors and their places, a line each
 */
export async function requireTenantList(
  paths: string | readonly string[],
  { liveChecks = true }: RequireTenantListOptions = {},
): Promise<LookedAtTenantList> {
  const { list, issues } = readTenantList(paths);
  await warn(issues);
  if (!list) throw stopped("The tenant list is not usable", issues);
  if (!liveChecks) return list;
  const looked = await lookAtTenantList(list);
  await warn(looked.issues);
  const place = { stack: pulumi.getStack(), project: pulumi.getProject(), env: process.env, folder: process.cwd() };
  const left = await findInterruptedLeft(looked.list, place);
  if (left !== undefined) await pulumi.log.warn(left);
  if (looked.issues.some(isError)) throw stopped("The tenant list cannot be applied to what is live", looked.issues);
  return looked.list;
}

async function warn(issues: readonly TenantListIssue[]): Promise<void> {
  for (const issue of issues) if (!isError(issue)) await pulumi.log.warn(lineOf(issue));
}

function stopped(what: string, issues: readonly TenantListIssue[]): pulumi.RunError {
  const lines = issues.filter(isError).map(lineOf);
  return new pulumi.RunError(`${what}, and nothing of it was registered.\n${lines.join("\n")}`);
}

/** Pulumi says by itself what is a warning and what is an error. */
function lineOf(issue: TenantListIssue): string {
  return `${formatPlace(issue)}: ${issue.message}`;
}

function isError({ severity }: TenantListIssue): boolean {
  return severity === "error";
}
