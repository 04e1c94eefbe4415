import { existsSync, globSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type ParsedTenantList, parseTenantList } from "@azurestack-csp/provider";
import { readTextFile } from "./readTextFile.ts";
import { today } from "./today.ts";

/** Where the paths of a list start. */
export interface ReadTenantListOptions {
  /** @default the working folder, which for a Pulumi program is the project's */
  readonly folder?: string;
}

/**
 * Reads the files of a tenant list and parses them into one list.
 *
 * Paths may be patterns such as `tenants/*.yaml`; each must name at least one file. What is wrong, a file that cannot be
 * read included, comes back as issues, all at once; the function does not throw.
 *
 * ```ts
 * const { list, issues } = readTenantList("tenants.yaml");
 * if (!list) throw new pulumi.RunError(issues.map(formatTenantListIssue).join("\n"));
 * new TenantRegistrations("tenants", { list });
 * ```
 */
export function readTenantList(
  paths: string | readonly string[],
  { folder = "." }: ReadTenantListOptions = {},
): ParsedTenantList {
  const patterns = typeof paths === "string" ? [paths] : paths;
  const files = patterns.flatMap((pattern) => findFiles(pattern, folder));
  return parseTenantList(
    [...new Set(files)].map((file) => readTextFile(file, folder)),
    { today: today() },
  );
}

/**
 * The files that a pattern names, in one order and spelling on every machine; the pattern itself where it names none, or
 * where a file is called like that.
 */
function findFiles(pattern: string, folder: string): readonly string[] {
  const found = existsSync(resolve(folder, pattern)) ? [pattern] : globSync(pattern, { cwd: folder }).sort();
  const paths = found.length > 0 ? found : [pattern];
  return paths.map((path) => (relative(folder, resolve(folder, path)) || ".").replaceAll("\\", "/"));
}
