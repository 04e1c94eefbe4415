import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readManagedMappings } from "@azurestack-csp/provider";
import type { Project } from "../project.ts";
import { runPulumi } from "../runPulumi.ts";
import type { Deployment } from "./deployment.ts";
import { type ExportedState, exportState, type StackState } from "./exportStack.ts";

/**
 * Rewrites the state of a stack; neither Azure nor a program has a part in it.
 *
 * The state is exported right before, so that what another command wrote meanwhile is not undone. Pulumi forgets pending
 * operations with it: settle them before.
 *
 * @param edit - gives the same object back where there is nothing to write.
 * @returns the state afterwards.
 * @throws ProviderError `CSP_COMMAND_PULUMI_FAILED`, also where Pulumi is at work on the stack.
 */
export async function editStack(
  project: Project,
  stack: string,
  edit: (deployment: Deployment) => Deployment,
): Promise<StackState> {
  const { version, deployment: before } = await exportState(project, stack);
  const after = edit(before);
  if (after !== before) await importState(project, stack, { version, deployment: after });
  return { stack, deployment: after, managed: readManagedMappings(after) };
}

async function importState(project: Project, stack: string, state: ExportedState): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-state-"));
  try {
    const file = join(folder, "state.json");
    await writeFile(file, JSON.stringify(state), { mode: 0o600 });
    const args = ["stack", "import", "--stack", stack, "--file", file];
    await runPulumi(project, { action: `write the state of stack ${stack}`, args });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
