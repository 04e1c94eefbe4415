import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A resource as the program registered it. */
export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a program did under Pulumi's mocks. */
export interface RecordedProgram {
  readonly resources: readonly RecordedResource[];
  readonly calls: readonly { readonly token: string; readonly inputs: unknown }[];
  /** The name of each resource's parent, by the resource's name. */
  readonly parents: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** What stopped the program; a RunError is shown without a stack. */
  readonly error?: { readonly message: string; readonly isRunError: boolean };
}

/** The type of a customer subscription, in the state and in every URN. */
export const CUSTOMER_SUBSCRIPTION = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";

/** Runs the program of a folder (relative to the root) under mocks, in that folder as Pulumi does. */
export async function runProgram(
  folder: string,
  config: Readonly<Record<string, string>> = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<RecordedProgram> {
  const cwd = join(ROOT, folder);
  const script = join(ROOT, "tests/program/recordProgram.ts");
  const args = ["--conditions=development", script, join(cwd, "index.ts"), JSON.stringify(config)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env, maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(stdout) as RecordedProgram;
}
