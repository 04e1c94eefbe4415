import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import {
  formatRegistrationId,
  formatTenantListIssue,
  ProviderError,
  type TenantList,
  type TenantListIssue,
} from "@azurestack-csp/provider";
import { findProjectFolder } from "../../journal/backend.ts";
import { readTenantList } from "../../tenantList/readTenantList.ts";
import type { CommandContext } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { CommandFailure } from "../console/failures.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { configuredList } from "../stacks/configuredList.ts";
import { readSettingsFile } from "./settingsFile.ts";

/** What a list is called where no file is named. */
const DEFAULT_FILES = ["tenants.yaml", "tenants.yml", "tenants.json", "tenants.csv"] as const;

/** A list that was read. */
export interface LoadedTenantList {
  /** The paths or patterns it was read from. */
  readonly paths: readonly string[];
  /** Absent where one of the issues is an error. */
  readonly list?: TenantList;
  readonly issues: readonly TenantListIssue[];
}

/** What a list that can be worked with looks like. */
export type UsableTenantList = LoadedTenantList & { readonly list: TenantList };

/** Which list is meant. */
export interface ListRequest {
  /** The paths or patterns that are named; none where the default is meant. */
  readonly files: readonly string[];
  /** The stack whose configuration names the list. */
  readonly stack: string | undefined;
}

/**
 * Reads the list from the named files; else from those that `azurestack-csp.yaml` names; else from what the program beside
 * it is configured to read, as `tenantList`; else from `tenants.yaml`, `.yml`, `.json` or `.csv` in the working folder.
 *
 * @throws ProviderError `CSP_COMMAND_LIST_MISSING` where there is none of these, `CSP_COMMAND_LIST_AMBIGUOUS` where there
 *   are several.
 */
export function readList(context: Pick<CommandContext, "folder" | "terminal">, request: ListRequest): LoadedTenantList {
  const { folder } = context;
  const paths = request.files.length > 0 ? request.files : defaultFiles(context, request);
  if (paths.length === 0) throw new ProviderError(commandErrors.CSP_COMMAND_LIST_MISSING, { folder });
  return { paths, ...readTenantList(paths, { folder }) };
}

function defaultFiles(
  { folder, terminal }: Pick<CommandContext, "folder" | "terminal">,
  { stack }: ListRequest,
): readonly string[] {
  const { list } = readSettingsFile({ folder, terminal });
  if (list) return list;
  const project = findProjectFolder(folder);
  const configured = project === undefined ? undefined : configuredList(project, stack);
  if (project === undefined || configured === undefined) {
    const found = DEFAULT_FILES.filter((file) => existsSync(join(folder, file)));
    if (found.length > 1)
      throw new ProviderError(commandErrors.CSP_COMMAND_LIST_AMBIGUOUS, { folder, files: found.join(" ") });
    return found;
  }
  const path = relative(folder, resolve(project, configured)).replaceAll("\\", "/");
  if (!DEFAULT_FILES.some((file) => file === path)) terminal.say(`The list is ${path}, as the program is configured.`);
  return [path];
}

/**
 * Reads the list, and says on standard error what is wrong with it, all at once.
 *
 * @throws CommandFailure with the exit code for input where one of the issues is an error.
 */
export function loadTenantList(context: CommandContext, request: ListRequest): UsableTenantList {
  const { list, ...loaded } = readList(context, request);
  sayIssues(context, loaded.issues);
  if (list) {
    context.terminal.abbreviate(keysById(list));
    return { ...loaded, list };
  }
  const { issues } = loaded;
  throw new CommandFailure(exitCodes.input, "The tenant list is not usable, and nothing was changed.", { issues });
}

/** The keys of registrations by their ARM ids. */
function keysById({ registrations }: TenantList): ReadonlyMap<string, string> {
  return new Map(registrations.map(({ key, registration }) => [formatRegistrationId(registration), key]));
}

/** Writes issues to standard error, a line each, `file:line:column` first. */
export function sayIssues({ terminal }: Pick<CommandContext, "terminal">, issues: readonly TenantListIssue[]): void {
  for (const issue of issues) terminal.say(formatTenantListIssue(issue));
}
