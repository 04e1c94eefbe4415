import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Where Pulumi looks for its backend. */
export interface BackendRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the project's file names as the backend's URL. */
  readonly ofProject: string | undefined;
}

/** The nearest folder, from the given one up, that holds a Pulumi project. */
export function findProjectFolder(folder: string): string | undefined {
  if (["Pulumi.yaml", "Pulumi.yml"].some((file) => existsSync(join(folder, file)))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : findProjectFolder(parent);
}

/** The backend's URL, found as Pulumi finds it and without asking it; empty where nothing names one. */
export async function backendUrl({ env, ofProject }: BackendRequest): Promise<string> {
  const { PULUMI_BACKEND_URL, PULUMI_CREDENTIALS_PATH } = env;
  if (PULUMI_BACKEND_URL) return PULUMI_BACKEND_URL;
  if (ofProject) return ofProject;
  try {
    const file = join(PULUMI_CREDENTIALS_PATH || homeOf(env), "credentials.json");
    const { current } = JSON.parse(await readFile(file, "utf8")) as { readonly current?: unknown };
    return String(current);
  } catch {
    return "";
  }
}

/** Pulumi's home folder. */
export function homeOf({ PULUMI_HOME }: BackendRequest["env"]): string {
  return PULUMI_HOME || join(homedir(), ".pulumi");
}

/** The folder of a file backend, by its URL; absent for one elsewhere. */
export function backendFolder(url: string, workDir: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const path = url.slice("file://".length).split("?", 1)[0] ?? "";
  if (path.startsWith("~")) return join(homedir(), path.slice(1));
  return isAbsolute(path) ? fileURLToPath(`file://${path}`) : resolve(workDir, path);
}
