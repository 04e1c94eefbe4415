import { readdirSync, readFileSync, readlinkSync } from "node:fs";
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
 * The working folder of the engine that runs an inline program, which is the `workDir` of its workspace.
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
    return isEngine ? [readlinkSync(`${child}/cwd`)] : [];
  } catch {
    // It has ended, or belongs to somebody else.
    return [];
  }
}
