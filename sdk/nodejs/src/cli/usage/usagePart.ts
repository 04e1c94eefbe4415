import { resolve } from "node:path";
import type { CommandContext } from "../console/commandContext.ts";
import { requirePart } from "../errors/requirePart.ts";

/** The package with the store, and with DuckDB. */
type UsagePackage = typeof import("@azurestack-csp/usage");

/**
 * Loads the package with the store.
 *
 * @throws ProviderError `CSP_COMMAND_PART_MISSING`
 */
export async function loadUsage(): Promise<UsagePackage> {
  requirePart({ name: "usage store", packageName: "@azurestack-csp/usage" });
  return await import("@azurestack-csp/usage");
}

/** The variable that names the folder of the store. */
const STORE = "AZURESTACK_CSP_USAGE_STORE";

/** The folder of the store: the option's, else the variable's, else `usage-store` in the working folder. */
export function storeFolder(
  { env, folder }: Pick<CommandContext, "env" | "folder">,
  given: string | undefined,
): string {
  return resolve(folder, given ?? (env[STORE] || "usage-store"));
}
