import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/**
 * Whether the program is a function that the Automation API runs in this process, beside the engine and not below it.
 *
 * Any other program is started by Pulumi's language host, through `cmd/run` of its SDK.
 */
export function isInlineProgram(script: string = process.argv[1] ?? ""): boolean {
  return pulumi.runtime.getEngine() !== undefined && !/@pulumi[\\/]pulumi[\\/]cmd[\\/]run(?:[\\/]|$)/.test(script);
}

/**
 * The folder from which the engine of an inline program will load the provider: that of the project in the `workDir` of its
 * workspace, or the one that the project names as `main`.
 *
 * The Automation API does not tell the program. The engine is a process that it has started from here, with the address
 * of the program in `--client`.
 *
 * @returns `undefined` where nobody can tell: on systems without `/proc`, or where engines run in several folders at once.
 */
export function engineFolder(processes = "/proc"): string | undefined {
  const folders = new Set(childrenIn(processes).flatMap((child) => folderOfEngine(`${processes}/${child}`)));
  const [folder, ...others] = folders;
  return others.length === 0 ? folder : undefined;
}

function childrenIn(processes: string): readonly string[] {
  try {
    const own = `${processes}/${process.pid}/task`;
    return readdirSync(own).flatMap((thread) => readFileSync(`${own}/${thread}/children`, "utf8").match(/\d+/g) ?? []);
  } catch {
    return [];
  }
}

function folderOfEngine(child: string): readonly string[] {
  try {
    const isEngine = readFileSync(`${child}/cmdline`, "utf8")
      .split("\0")
      .some((argument) => argument.startsWith("--client="));
    return isEngine ? [programFolder(readlinkSync(`${child}/cwd`))] : [];
  } catch {
    // It has ended, or belongs to somebody else.
    return [];
  }
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"] as const;

/** Where Pulumi runs what belongs to the project of a working folder: beside its file, or in the folder of its `main`. */
function programFolder(workDir: string): string {
  const file = projectFileAbove(workDir);
  if (file === undefined) return workDir;
  const main = mainOf(file);
  if (main === undefined) return dirname(file);
  const named = resolve(dirname(file), main);
  return statSync(named, { throwIfNoEntry: false })?.isDirectory() ? named : dirname(named);
}

function projectFileAbove(folder: string): string | undefined {
  const found = PROJECT_FILES.map((name) => join(folder, name)).find((file) => existsSync(file));
  const parent = dirname(folder);
  return found ?? (parent === folder ? undefined : projectFileAbove(parent));
}

/** YAML is read for inline programs alone; any other program is spared the parser. */
function mainOf(file: string): string | undefined {
  const { parse } = createRequire(import.meta.url)("yaml") as typeof import("yaml");
  const project: unknown = parse(readFileSync(file, "utf8"));
  const main = typeof project === "object" && project !== null && "main" in project ? project.main : undefined;
  return typeof main === "string" && main !== "" ? main : undefined;
}
