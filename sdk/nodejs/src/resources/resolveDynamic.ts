import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ProviderError } from "@azurestack-csp/provider";
import { engineFolder, isInlineProgram } from "./inlineProgram.ts";

const ENTRY = "azurestack-csp/dynamic";
const OWN_ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What a check of the program's folder needs to know about the process; tests give their own. */
export interface ProgramHost {
  /** The folder in which Pulumi runs the provider; absent where nobody can tell. */
  readonly folder: string | undefined;
  /** Whether the Automation API runs the program in its own process; it then has a folder that is not Pulumi's. */
  readonly isInline: boolean;
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
export function requireDynamic(host: ProgramHost = thisProgram()): void {
  const { folder } = host;
  // Without the check, Pulumi's dynamic host fails on its own, before anything is registered.
  if (folder === undefined || accepted.has(folder)) return;
  refuseOtherHosts(folder, host);
  const root = packageRoot(resolveEntry(folder, host));
  const own = readPackage(OWN_ROOT);
  const resolved = readPackage(root);
  if (own.version !== resolved.version) {
    throw new ProviderError("CSP_DYNAMIC_VERSION", {
      version: own.version,
      used: OWN_ROOT,
      folder,
      resolvedVersion: resolved.version,
      resolved: root,
    });
  }
  accepted.add(folder);
}

/** Pulumi makes the program's folder the working directory of program and provider alike, but for an inline program. */
function thisProgram(): ProgramHost {
  const inline = isInlineProgram();
  return { folder: inline ? engineFolder() : process.cwd(), isInline: inline, versions: process.versions };
}

function refuseOtherHosts(folder: string, { versions }: Pick<ProgramHost, "versions">): void {
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

function resolveEntry(folder: string, { isInline }: Pick<ProgramHost, "isInline">): string {
  const { resolve } = createRequire(join(folder, "package.json"));
  try {
    return realpathSync(resolve(ENTRY));
  } catch (cause) {
    const { version } = readPackage(OWN_ROOT);
    const line = `"azurestack-csp": "${version}"`;
    const own = `Add it to the dependencies of the program's own package.json: ${line}, and install again. A package that wraps it, or pnpm without a direct dependency, does not suffice.`;
    const inline = `Name a folder in \`workDir\` of the stack's workspace (\`LocalWorkspaceOptions\`) whose package.json has ${line} among its dependencies, installed. Without \`workDir\` the Automation API takes a new folder, from which nothing resolves.`;
    throw notResolvable(folder, "", isInline ? inline : own, cause);
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
