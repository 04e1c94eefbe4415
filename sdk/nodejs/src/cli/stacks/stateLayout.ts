import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ProviderError } from "@azurestack-csp/provider";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { parse } from "yaml";
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
  return backendFolder(await backendUrl(workspace), workspace.workDir);
}

/** The folder of a file backend, by its URL; absent for one elsewhere. */
export function backendFolder(url: string, workDir: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const path = url.slice("file://".length).split("?", 1)[0] ?? "";
  if (path.startsWith("~")) return join(homedir(), path.slice(1));
  return isAbsolute(path) ? fileURLToPath(`file://${path}`) : resolve(workDir, path);
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

/** Where Pulumi looks for the URL, in its order; no command of its own tells it of a backend that it does not open. */
async function backendUrl(workspace: LocalWorkspace): Promise<string> {
  const { PULUMI_BACKEND_URL, PULUMI_CREDENTIALS_PATH, PULUMI_HOME } = workspace.envVars;
  if (PULUMI_BACKEND_URL) return PULUMI_BACKEND_URL;
  const { backend } = await workspace.projectSettings();
  if (backend?.url) return backend.url;
  const home = PULUMI_CREDENTIALS_PATH || PULUMI_HOME || join(homedir(), ".pulumi");
  try {
    const { current } = JSON.parse(await readFile(join(home, "credentials.json"), "utf8")) as { current?: unknown };
    return String(current);
  } catch {
    return "";
  }
}

async function ifThere<Content>(reading: Promise<Content>): Promise<Content | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
