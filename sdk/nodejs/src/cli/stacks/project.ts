import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ProviderError } from "@azurestack-csp/provider";
import type { LocalWorkspace, LocalWorkspaceOptions } from "@pulumi/pulumi/automation/index.js";
import { findProjectFolder } from "../../journal/backend.ts";
import { type JournalFolder, journalFolderOf } from "../../journal/journalFolder.ts";
import type { CommandContext } from "../console/commandContext.ts";
import { messageOf } from "../console/failures.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { shortName } from "./partName.ts";
import { asking, reasonIn } from "./pulumiErrors.ts";
import { type PulumiCommandRequest, runPulumi } from "./runPulumi.ts";
import { backendUrlOf } from "./stateLayout.ts";
import { makeTemporaryFolder, writing } from "./writing.ts";

/** The project of the built-in program, which a folder without a `Pulumi.yaml` gets. */
const BUILT_IN_PROJECT = "azurestack-csp";

/** This package's own folder; Pulumi resolves the provider from it where there is no program. */
export const PACKAGE_FOLDER = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** A Pulumi project, and the CLI that works on it. */
export interface Project {
  readonly name: string;
  /** The folder with `Pulumi.yaml`; absent where the built-in program stands in for one. */
  readonly folder: string | undefined;
  readonly workspace: LocalWorkspace;
  /** Runs a command of Pulumi's in it, and gives what that printed; see `runPulumi`. */
  readonly pulumi: (request: PulumiCommandRequest) => Promise<string>;
  /** The names of its stacks, as commands take them. */
  readonly stackNames: () => Promise<readonly string[]>;
  /** Where the locks and the journals of its stacks are kept; the backend is asked once. */
  readonly journalFolder: () => Promise<JournalFolder>;
  /** Removes what was made for it. */
  close(): Promise<void>;
}

/**
 * Opens the project of the working folder, or the built-in one where there is none.
 *
 * @throws ProviderError `CSP_COMMAND_PULUMI_MISSING`
 */
export async function openProject({ folder, env }: Pick<CommandContext, "folder" | "env">): Promise<Project> {
  const { LocalWorkspace, PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  const pulumiCommand = await PulumiCommand.get().catch((cause: unknown) => {
    throw new ProviderError(
      commandErrors.CSP_COMMAND_PULUMI_MISSING,
      { reason: firstLine(reasonIn(messageOf(cause))) },
      { cause },
    );
  });
  const options = { pulumiCommand, envVars: { ...definedOf(env), PULUMI_SKIP_UPDATE_CHECK: "true" } };
  const workDir = findProjectFolder(folder);
  if (workDir === undefined) return await openBuiltIn(options, env);
  const workspace = await LocalWorkspace.create({ ...options, workDir });
  const { name } = await workspace.projectSettings();
  return { ...projectIn(workspace, { name, env }), folder: workDir, close: async () => undefined };
}

async function openBuiltIn(options: LocalWorkspaceOptions, env: CommandContext["env"]): Promise<Project> {
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  const workDir = await makeTemporaryFolder("project");
  const close = () => rm(workDir, { recursive: true, force: true });
  try {
    const runtime = { name: "nodejs", options: { typescript: false } };
    const projectSettings = { name: BUILT_IN_PROJECT, runtime, main: PACKAGE_FOLDER };
    const create = async () => await LocalWorkspace.create({ ...options, workDir, projectSettings });
    const workspace = await writing(workDir, create);
    return { ...projectIn(workspace, { name: BUILT_IN_PROJECT, env }), folder: undefined, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The project of a workspace, without the folder that it is in. */
export function projectIn(
  workspace: LocalWorkspace,
  { name, env }: Pick<CommandContext, "env"> & { readonly name: string },
): Omit<Project, "folder" | "close"> {
  let journalFolder: Promise<JournalFolder> | undefined;
  return {
    name,
    workspace,
    pulumi: (request) => runPulumi(workspace, request),
    async stackNames() {
      const stacks = await asking({ action: "list the stacks" }, async () => await workspace.listStacks());
      return stacks.map((stack) => shortName(stack.name));
    },
    journalFolder() {
      const { workDir } = workspace;
      journalFolder ??= backendUrlOf(workspace).then((url) => journalFolderOf({ url, project: name, workDir, env }));
      return journalFolder;
    },
  };
}

function definedOf(env: CommandContext["env"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
