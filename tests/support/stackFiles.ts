import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a stack is kept: the folder with `Pulumi.yaml`, and the variables that name the backend and Pulumi's home. */
export interface StackPlace {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What `pulumi` keeps of the stacks of a file backend, to be put elsewhere; it names no path and no address. */
export interface StackFiles {
  /** The files of the backend, by their paths inside it. */
  readonly backend: ReadonlyMap<string, Buffer>;
  /** `Pulumi.test.yaml`, which holds what the passphrase is checked by. */
  readonly settings: Buffer;
  /** The stack that is selected, by its full name. */
  readonly selected: string;
}

/** What tests read of an exported state. */
export interface StackExport {
  readonly version: number;
  readonly deployment: {
    readonly resources?: readonly StackResource[];
    readonly pending_operations?: readonly unknown[];
  };
}

/** One resource of an exported state. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Reads what is kept of a stack, once no command runs on it. */
export async function readStackFiles(place: StackPlace): Promise<StackFiles> {
  const { stacks } = JSON.parse(await readFile(await selectionFile(place), "utf8")) as {
    readonly stacks: Readonly<Record<string, string>>;
  };
  return {
    backend: await readBackend(place),
    settings: await readFile(settingsFile(place)),
    selected: stacks[place.env.PULUMI_BACKEND_URL ?? ""] ?? "",
  };
}

/** Puts it into another place, which has nothing yet; the stack is selected there, too. */
export async function writeStackFiles(place: StackPlace, files: StackFiles): Promise<void> {
  await writeBackend(place, files.backend);
  await writeFile(settingsFile(place), files.settings);
  const stacks = { [place.env.PULUMI_BACKEND_URL ?? ""]: files.selected };
  await writeWithFolder(await selectionFile(place), JSON.stringify({ stacks }));
}

/** The deployment in the state file of the stack `test`, in the form of `pulumi stack export`. */
export async function readDeployment(place: StackPlace): Promise<StackExport> {
  const file = join(backendOf(place), ".pulumi", "stacks", await projectName(place), "test.json");
  const { version, checkpoint } = JSON.parse(await readFile(file, "utf8")) as {
    readonly version: number;
    readonly checkpoint: { readonly latest?: StackExport["deployment"] };
  };
  return { version, deployment: checkpoint.latest ?? {} };
}

/** Reads a file backend, once no command runs on it. */
export async function readBackend(place: Pick<StackPlace, "env">): Promise<StackFiles["backend"]> {
  const folder = backendOf(place);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path)] as const)));
}

/** Fills a file backend that has nothing yet. */
export async function writeBackend(place: Pick<StackPlace, "env">, files: StackFiles["backend"]): Promise<void> {
  for (const [path, content] of files) await writeWithFolder(join(backendOf(place), path), content);
}

function backendOf({ env }: Pick<StackPlace, "env">): string {
  return fileURLToPath(env.PULUMI_BACKEND_URL ?? "");
}

function settingsFile({ program }: StackPlace): string {
  return join(program, "Pulumi.test.yaml");
}

/** Pulumi keeps the selection of each project folder in a file that is named by the path of its `Pulumi.yaml`. */
async function selectionFile(place: StackPlace): Promise<string> {
  const folder = createHash("sha1").update(join(place.program, "Pulumi.yaml")).digest("hex");
  return join(place.env.PULUMI_HOME ?? "", "workspaces", `${await projectName(place)}-${folder}-workspace.json`);
}

async function projectName({ program }: StackPlace): Promise<string> {
  return /^name: (.+)$/m.exec(await readFile(join(program, "Pulumi.yaml"), "utf8"))?.[1] ?? "";
}

async function writeWithFolder(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
