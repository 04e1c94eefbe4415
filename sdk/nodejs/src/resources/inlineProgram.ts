import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
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
 * The folder from which the engine that runs an inline program loads providers: the `workDir` of its workspace, or what
 * `main` in the project's file names from there.
 *
 * The Automation API does not tell the program. The engine is a process that it has started from here, with the address
 * of the program in `--client`.
 *
 * @returns `undefined` where nobody can tell: on systems without `/proc`, or where engines run in several folders at once.
 */
export function engineFolder(processes = "/proc"): string | undefined {
  const folders = new Set(childrenIn(processes).flatMap((child) => folderOfEngine(`${processes}/${child}`)));
  const [folder, ...others] = folders;
  return folder === undefined || others.length > 0 ? undefined : programFolder(folder);
}

/** As the engine finds it (pulumi/pulumi, pkg/engine/project.go). */
function programFolder(project: string): string {
  const main = mainOf(project);
  if (main === undefined) return project;
  const path = resolve(project, main);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? dirname(path) : path;
}

function mainOf(project: string): string | undefined {
  for (const file of ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]) {
    try {
      const text = readFileSync(join(project, file), "utf8");
      // Loaded for inline programs alone: any other one would pay for it at each start.
      const { parse } = createRequire(import.meta.url)("yaml") as typeof import("yaml");
      const { main } = parse(text) as { readonly main?: unknown };
      return typeof main === "string" && main !== "" ? main : undefined;
    } catch {
      // It is another of these, or the engine says what is wrong with it.
    }
  }
  return undefined;
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
    return isEngine ? [readlinkSync(`${child}/cwd`)] : [];
  } catch {
    // It has ended, or belongs to somebody else.
    return [];
  }
}
