import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { backendFolder, homeOf } from "./backend.ts";

/** Where the locks and the journals of the stacks of a project are kept. */
export interface JournalFolder {
  readonly path: string;
  /** The folder of a file backend; absent for one elsewhere. */
  readonly backend: string | undefined;
  /** Whether whoever runs the next reconcile finds this folder again, wherever the stack is found. */
  readonly isBesideStack: boolean;
}

/** Whose folder it is. */
export interface JournalFolderRequest {
  /** The backend's URL. */
  readonly url: string;
  readonly project: string;
  /** The folder that a relative path of the URL starts from. */
  readonly workDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The folder: beside the stacks of a file backend, else where `AZURESTACK_CSP_JOURNAL` says, else in Pulumi's home. */
export function journalFolderOf({ url, project, workDir, env }: JournalFolderRequest): JournalFolder {
  const backend = backendFolder(url, workDir);
  if (backend !== undefined) {
    return { path: join(backend, ".pulumi", "azurestack-csp", project), backend, isBesideStack: true };
  }
  const place = createHash("sha256").update(url).digest("hex").slice(0, 12);
  const named = env.AZURESTACK_CSP_JOURNAL;
  const root = named ? resolve(named) : join(homeOf(env), "azurestack-csp");
  return { path: join(root, place, project), backend: undefined, isBesideStack: Boolean(named) };
}

/** The folder in which the dynamic hosts of a stack's updates note themselves, and what they write. */
export function hostsFolder({ path }: Pick<JournalFolder, "path">, stack: string): string {
  return join(path, `${stack}.hosts`);
}
