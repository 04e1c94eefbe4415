import { type ManagedMapping, ProviderError, readManagedMappings } from "@azurestack-csp/provider";
import type { Project } from "../project.ts";
import { runPulumi } from "../runPulumi.ts";
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

/** A state as `pulumi stack export` prints it and `pulumi stack import` takes it. */
export interface ExportedState {
  readonly version: number;
  readonly deployment: Deployment;
}

/**
 * Exports the state of a stack, its secrets encrypted.
 *
 * @throws ProviderError `CSP_COMMAND_STACK_UNKNOWN`, `CSP_COMMAND_PULUMI_FAILED` or `CSP_STATE_UNREADABLE`
 */
export async function exportState(project: Project, stack: string): Promise<ExportedState> {
  const args = ["stack", "export", "--stack", stack];
  const text = await runPulumi(project, { action: `export the state of stack ${stack}`, args }).catch(
    async (error: unknown) => {
      throw (await unknownStack(project, stack)) ?? error;
    },
  );
  const { version, deployment } = JSON.parse(text) as { readonly version: number; readonly deployment: unknown };
  return { version, deployment: readDeployment(deployment) };
}

/** The error for a stack that the backend does not list; `undefined` where it does, or does not say. */
async function unknownStack(project: Project, stack: string): Promise<ProviderError | undefined> {
  const stacks = await project.workspace.listStacks().catch(() => undefined);
  const names = stacks?.map(({ name }) => name);
  if (!names || names.some((name) => name === stack || stack.endsWith(`/${name}`))) return undefined;
  const known = names.length === 0 ? ", which has none" : `; it has ${names.join(", ")}`;
  return new ProviderError("CSP_COMMAND_STACK_UNKNOWN", { stack, project: project.name, known });
}
