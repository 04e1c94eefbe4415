import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { backendUrl, findProjectFolder } from "./backend.ts";
import { hostsFolder, journalFolderOf } from "./journalFolder.ts";

/** A stack and its project, by their short names. */
export interface StackName {
  readonly stack: string;
  readonly project: string;
}

/** What a process that Pulumi has started for a stack knows. */
export interface PlaceRequest extends StackName {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the program. */
  readonly folder: string;
}

/**
 * The folder in which the hosts of a stack note what they write: where `reconcile` looks for it.
 *
 * @throws Error where the backend's folder is not the one that was found here
 */
export async function findNotesFolder({ stack, project, env, folder }: PlaceRequest): Promise<string> {
  const projectFolder = findProjectFolder(folder);
  const url = await backendUrl({ env, ofProject: projectFolder && (await backendOf(projectFolder)) });
  const found = journalFolderOf({ url, project, workDir: projectFolder ?? folder, env });
  // A relative URL starts from where Pulumi was started, which may be another folder.
  if (found.backend !== undefined && !existsSync(join(found.backend, ".pulumi"))) {
    throw new Error(`there is no backend in ${found.backend}`);
  }
  return hostsFolder(found, stack);
}

async function backendOf(projectFolder: string): Promise<string | undefined> {
  const { parse } = await import("yaml");
  for (const file of ["Pulumi.yaml", "Pulumi.yml"]) {
    const text = await readFile(join(projectFolder, file), "utf8").catch(() => undefined);
    if (text !== undefined) return (parse(text) as { backend?: { url?: string } | null } | null)?.backend?.url;
  }
  return undefined;
}
