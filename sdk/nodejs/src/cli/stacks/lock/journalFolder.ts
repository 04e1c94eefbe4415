import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { asking } from "../pulumiErrors.ts";
import { backendFolder } from "../stateLayout.ts";

/** Where the locks and the journals of the stacks of a project are kept. */
export interface JournalFolder {
  readonly path: string;
  /** The folder of a file backend; absent for one elsewhere. */
  readonly backend: string | undefined;
  /** Whether whoever runs the next reconcile finds this folder again, wherever the stack is found. */
  readonly isBesideStack: boolean;
}

/**
 * Finds the folder: beside the stacks of a file backend, else where `AZURESTACK_CSP_JOURNAL` says, else in Pulumi's home.
 */
export async function findJournalFolder(
  workspace: LocalWorkspace,
  { project, env }: { readonly project: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<JournalFolder> {
  const { url = "" } = await asking({ action: "name its backend" }, async () => await workspace.whoAmI());
  const backend = backendFolder(url, workspace.workDir);
  if (backend !== undefined) {
    return { path: join(backend, ".pulumi", "azurestack-csp", project), backend, isBesideStack: true };
  }
  const place = createHash("sha256").update(url).digest("hex").slice(0, 12);
  const named = env.AZURESTACK_CSP_JOURNAL;
  const root = named ? resolve(named) : join(env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "azurestack-csp");
  return { path: join(root, place, project), backend: undefined, isBesideStack: Boolean(named) };
}
