import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { parse } from "yaml";
import { backendFolder, backendUrl } from "../../journal/backend.ts";
import { commandErrors } from "../errors/commandErrors.ts";

/** A stack's file, beside which Pulumi keeps `.bak` and `.attrs` files. */
const STACK_FILE = /^[\w.-]+\.(json|ya?ml)(\.(gz|zst))?$/;

/**
 * Refuses a folder whose stacks are not kept by project, where the Pulumi CLI does not open it (any more, or without being told to).
 *
 * Only a folder can be looked at; of a bucket in that layout Pulumi's own words tell.
 *
 * @throws ProviderError `CSP_COMMAND_STATE_WITHOUT_PROJECTS`
 */
export async function refuseStateWithoutProjects(workspace: LocalWorkspace): Promise<void> {
  const folder = await stateFolder(workspace);
  if (folder === undefined || !(await isWithoutProjects(folder))) return;
  try {
    await workspace.whoAmI();
  } catch (cause) {
    const version = workspace.pulumiCommand.version?.toString() ?? "of an unknown version";
    throw new ProviderError(commandErrors.CSP_COMMAND_STATE_WITHOUT_PROJECTS, { folder, version }, { cause });
  }
}

/** The folder of a workspace's file backend, found without Pulumi; absent for one elsewhere. */
export async function stateFolder(workspace: LocalWorkspace): Promise<string | undefined> {
  return backendFolder(await backendUrlOf(workspace), workspace.workDir);
}

/** Decided as Pulumi does (pulumi/pulumi, pkg/backend/diy/meta.go); what cannot be read is not known to be so. */
export async function isWithoutProjects(folder: string): Promise<boolean> {
  const state = join(folder, ".pulumi");
  try {
    const meta = await ifThere(readFile(join(state, "meta.yaml"), "utf8"));
    if (meta !== undefined) return (parse(meta) as { readonly version?: unknown }).version === 0;
    const entries = await ifThere(readdir(join(state, "stacks"), { withFileTypes: true }));
    return entries?.some((entry) => entry.isFile() && STACK_FILE.test(entry.name)) ?? false;
  } catch {
    return false;
  }
}

/** The backend's URL; no command of Pulumi's own tells that of a backend that it does not open. */
export async function backendUrlOf(workspace: LocalWorkspace): Promise<string> {
  const { backend } = await workspace.projectSettings();
  return await backendUrl({ env: workspace.envVars, ofProject: backend?.url });
}

async function ifThere<Content>(reading: Promise<Content>): Promise<Content | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
