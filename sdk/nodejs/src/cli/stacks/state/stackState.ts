import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ManagedMapping, ProviderError, readManagedMappings } from "@azurestack-csp/provider";
import { commandErrors } from "../../errors/commandErrors.ts";
import type { Project } from "../project.ts";
import { makeTemporaryFolder, writing } from "../writing.ts";
import { type Deployment, readDeployment } from "./deployment.ts";

/** What a stack manages. */
export interface StackState {
  readonly stack: string;
  readonly managed: readonly ManagedMapping[];
  readonly deployment: Deployment;
}

/**
 * Exports the state of a stack, its secrets encrypted, and reads what it manages.
 *
 * @throws ProviderError `CSP_COMMAND_STACK_UNKNOWN`, `CSP_COMMAND_PULUMI_FAILED` or `CSP_STATE_UNREADABLE`
 */
export async function exportStack(project: Project, stack: string): Promise<StackState> {
  const { deployment } = await exportState(project, stack);
  return { stack, deployment, managed: readManagedMappings(deployment) };
}

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

/** A state as `pulumi stack export` prints it and `pulumi stack import` takes it. */
interface ExportedState {
  readonly version: number;
  readonly deployment: Deployment;
}

/**
 * Exports the state of a stack, its secrets encrypted.
 *
 * @throws ProviderError `CSP_COMMAND_STACK_UNKNOWN`, `CSP_COMMAND_PULUMI_FAILED` or `CSP_STATE_UNREADABLE`
 */
async function exportState(project: Project, stack: string): Promise<ExportedState> {
  const args = ["stack", "export", "--stack", stack];
  const text = await project
    .pulumi({ action: `export the state of stack ${stack}`, args })
    .catch(async (error: unknown) => {
      throw (await unknownStack(project, stack)) ?? error;
    });
  const { version, deployment } = JSON.parse(text) as { readonly version: number; readonly deployment: unknown };
  return { version, deployment: readDeployment(deployment) };
}

/** The error for a stack that the backend does not list; `undefined` where it does, or does not say. */
async function unknownStack(project: Project, stack: string): Promise<ProviderError | undefined> {
  const stacks = await project.workspace.listStacks().catch(() => undefined);
  const names = stacks?.map(({ name }) => name);
  if (!names || names.some((name) => name === stack || stack.endsWith(`/${name}`))) return undefined;
  const known = names.length === 0 ? ", which has none" : `; it has ${names.join(", ")}`;
  return new ProviderError(commandErrors.CSP_COMMAND_STACK_UNKNOWN, { stack, project: project.name, known });
}

async function importState(project: Project, stack: string, state: ExportedState): Promise<void> {
  const folder = await makeTemporaryFolder("state");
  try {
    const file = join(folder, "state.json");
    await writing(file, async () => await writeFile(file, JSON.stringify(state), { mode: 0o600 }));
    const args = ["stack", "import", "--stack", stack, "--file", file];
    await project.pulumi({ action: `write the state of stack ${stack}`, args });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
