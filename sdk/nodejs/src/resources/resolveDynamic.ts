import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ProviderError } from "@azurestack-csp/provider";

const ENTRY = "azurestack-csp/dynamic";
const OWN_ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What a check of the program's folder needs to know about the process; tests give their own. */
export interface ProgramHost {
  /** The program's folder, which Pulumi makes the working directory of program and provider alike. */
  readonly folder: string;
  /** `process.versions`: tells bun and yarn's plug'n'play from Node. */
  readonly versions: Readonly<Record<string, string | undefined>>;
}

const accepted = new Set<string>();

/**
 * Makes sure that Pulumi will find this package's provider from the program's folder, before anything is registered.
 *
 * The state names the provider as `azurestack-csp/dynamic`, and the dynamic host resolves that from the program's
 * folder, at every later refresh and destroy too. So it has to be a dependency of the program itself, and one copy.
 *
 * @throws ProviderError `CSP_DYNAMIC_NOT_RESOLVABLE` or `CSP_DYNAMIC_VERSION`, with the line to add or to change.
 */
export function requireDynamic(host: ProgramHost = { folder: process.cwd(), versions: process.versions }): void {
  if (accepted.has(host.folder)) return;
  refuseOtherHosts(host);
  const root = packageRoot(resolveEntry(host.folder));
  const own = readPackage(OWN_ROOT);
  const resolved = readPackage(root);
  if (own.version !== resolved.version) {
    throw new ProviderError("CSP_DYNAMIC_VERSION", {
      version: own.version,
      used: OWN_ROOT,
      folder: host.folder,
      resolvedVersion: resolved.version,
      resolved: root,
    });
  }
  accepted.add(host.folder);
}

function refuseOtherHosts({ folder, versions }: ProgramHost): void {
  if (versions.bun !== undefined) {
    throw notResolvable(
      folder,
      " by Pulumi's dynamic host, which runs on Node and not on bun",
      "Set `runtime: nodejs` in Pulumi.yaml and run the program with Node.",
    );
  }
  if (versions.pnp !== undefined) {
    throw notResolvable(
      folder,
      " by Pulumi's dynamic host, which knows nothing of yarn's plug'n'play",
      "Set `nodeLinker: node-modules` in .yarnrc.yml and install again.",
    );
  }
}

function resolveEntry(folder: string): string {
  const { resolve } = createRequire(join(folder, "package.json"));
  try {
    return realpathSync(resolve(ENTRY));
  } catch (cause) {
    const { version } = readPackage(OWN_ROOT);
    const remedy = `Add it to the dependencies of the program's own package.json: "azurestack-csp": "${version}", and install again. A package that wraps it, or pnpm without a direct dependency, does not suffice.`;
    throw notResolvable(folder, "", remedy, cause);
  }
}

function notResolvable(folder: string, reason: string, remedy: string, cause?: unknown): ProviderError {
  return new ProviderError("CSP_DYNAMIC_NOT_RESOLVABLE", { folder, reason, remedy }, { cause });
}

function packageRoot(entry: string): string {
  return join(dirname(entry), "..");
}

function readPackage(root: string): { readonly version: string } {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
}
