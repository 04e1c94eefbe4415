import { findProjectFolder } from "../../journal/backend.ts";
import type { CommandContext } from "../console/commandContext.ts";
import { nameStack } from "../stacks/nameStack.ts";
import { openProject, type Project } from "../stacks/project.ts";
import { mendStates } from "../stacks/state/mendStates.ts";
import { refuseStateWithoutProjects, stateFolder } from "../stacks/stateLayout.ts";
import { loadTenantList, type UsableTenantList } from "./loadTenantList.ts";
import { readSettingsFile } from "./settingsFile.ts";

/** What a command works on. */
export interface StackAndList extends UsableTenantList {
  /** The stack that is named or selected; absent where none is. */
  readonly stack: string | undefined;
}

/** What a command is asked to work on. */
export interface StackAndListRequest {
  readonly files: readonly string[];
  /** The stack of `--stack`. */
  readonly stack: string | undefined;
}

/**
 * Opens the project, names the stack and reads the list, for as long as an action goes on.
 *
 * Pulumi is asked only for what the options leave open, so a list with errors is refused before that where it can be.
 *
 * @throws ProviderError `CSP_COMMAND_STATE_WITHOUT_PROJECTS`, `CSP_COMMAND_STATE_TORN`, or what reading the list and naming the stack throws
 */
export async function withStackAndList<Result>(
  context: CommandContext,
  { files, stack: given }: StackAndListRequest,
  act: (opened: StackAndList & { readonly project: Project }) => Promise<Result>,
): Promise<Result> {
  const known = knownStack(context, given);
  const isListKnown = files.length > 0 || known !== undefined || findProjectFolder(context.folder) === undefined;
  const early = isListKnown ? loadTenantList(context, { files, stack: known }) : undefined;
  const project = await openProject(context);
  try {
    await refuseStateWithoutProjects(project.workspace);
    const backend = await stateFolder(project.workspace);
    if (backend !== undefined) await mendStates({ backend, project: project.name }, context.terminal);
    const stack = await nameStack(project, { env: context.env, stack: known });
    return await act({ ...(early ?? loadTenantList(context, { files, stack })), project, stack });
  } finally {
    await project.close();
  }
}

/** The stack that the command line, the environment or `azurestack-csp.yaml` names; Pulumi knows which one is selected. */
export function knownStack(
  { env, folder, terminal }: Pick<CommandContext, "env" | "folder" | "terminal">,
  given: string | undefined,
): string | undefined {
  return given ?? (env.PULUMI_STACK || undefined) ?? readSettingsFile({ folder, terminal }).stack;
}
