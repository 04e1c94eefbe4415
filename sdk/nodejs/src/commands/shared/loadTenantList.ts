import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatTenantListIssue, ProviderError, type TenantList, type TenantListIssue } from "@azurestack-csp/provider";
import { readTenantList } from "../../readTenantList.ts";
import type { CommandContext } from "./commandContext.ts";
import { exitCodes } from "./exitCodes.ts";
import { CommandFailure } from "./failures.ts";

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

/**
 * Reads the list from the named files, or from `tenants.yaml`, `.yml`, `.json` or `.csv` in the working folder.
 *
 * @throws ProviderError `CSP_COMMAND_LIST_MISSING` where none is named and none of these is there.
 */
export function readList({ folder }: Pick<CommandContext, "folder">, files: readonly string[]): LoadedTenantList {
  const found = DEFAULT_FILES.find((file) => existsSync(join(folder, file)));
  const paths = files.length > 0 ? files : found === undefined ? [] : [found];
  if (paths.length === 0) throw new ProviderError("CSP_COMMAND_LIST_MISSING", { folder });
  return { paths, ...readTenantList(paths, { folder }) };
}

/**
 * Reads the list, and says on standard error what is wrong with it, all at once.
 *
 * @throws CommandFailure with the exit code for input where one of the issues is an error.
 */
export function loadTenantList(context: CommandContext, files: readonly string[]): UsableTenantList {
  const { list, ...loaded } = readList(context, files);
  sayIssues(context, loaded.issues);
  if (list) return { ...loaded, list };
  throw new CommandFailure(exitCodes.input, "The tenant list is not usable, and nothing was changed.");
}

/** Writes issues to standard error, a line each, `file:line:column` first. */
export function sayIssues({ terminal }: Pick<CommandContext, "terminal">, issues: readonly TenantListIssue[]): void {
  for (const issue of issues) terminal.say(formatTenantListIssue(issue));
}
