import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ProviderError } from "@azurestack-csp/provider";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import type { CommandContext } from "../console/commandContext.ts";
import { messageOf } from "../console/failures.ts";
import { findRunFolder, type RunFolder } from "./lock/runFolder.ts";
import { reasonIn } from "./pulumiErrors.ts";

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
  /** Where the locks and the journals of its stacks are kept; the backend is asked once. */
  readonly runFolder: () => Promise<RunFolder>;
  /** Removes what was made for it. */
  close(): Promise<void>;
}

/** The nearest folder, from the given one up, that holds a Pulumi project. */
export function findProjectFolder(folder: string): string | undefined {
  if (["Pulumi.yaml", "Pulumi.yml"].some((file) => existsSync(join(folder, file)))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : findProjectFolder(parent);
}

/**
 * Opens the project of the working folder, or the built-in one where there is none.
 *
 * @throws ProviderError `CSP_COMMAND_PULUMI_MISSING`
 */
export async function openProject({ folder, env }: Pick<CommandContext, "folder" | "env">): Promise<Project> {
  const { LocalWorkspace, PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  const pulumiCommand = await PulumiCommand.get().catch((cause: unknown) => {
    throw new ProviderError("CSP_COMMAND_PULUMI_MISSING", { reason: firstLine(reasonIn(messageOf(cause))) }, { cause });
  });
  const envVars = { ...definedOf(env), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const projectFolder = findProjectFolder(folder);
  if (projectFolder !== undefined) {
    const workspace = await LocalWorkspace.create({ workDir: projectFolder, envVars, pulumiCommand });
    const { name } = await workspace.projectSettings();
    const runFolder = askedOnce(() => findRunFolder(workspace, { project: name, env }));
    return { name, folder: projectFolder, workspace, runFolder, close: async () => undefined };
  }
  const workDir = await mkdtemp(join(tmpdir(), "azurestack-csp-"));
  const runtime = { name: "nodejs", options: { typescript: false } };
  const projectSettings = { name: BUILT_IN_PROJECT, runtime, main: PACKAGE_FOLDER };
  const workspace = await LocalWorkspace.create({ workDir, envVars, pulumiCommand, projectSettings });
  return {
    name: BUILT_IN_PROJECT,
    folder: undefined,
    workspace,
    runFolder: askedOnce(() => findRunFolder(workspace, { project: BUILT_IN_PROJECT, env })),
    close: () => rm(workDir, { recursive: true, force: true }),
  };
}

function askedOnce<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
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
