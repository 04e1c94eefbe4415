import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Project } from "../../sdk/nodejs/src/stacks/project.ts";
import type { StateResource } from "../../sdk/nodejs/src/stacks/state/deployment.ts";

/** A stand-in for the Pulumi CLI: it keeps the state of each stack in a file, and has no engine. */
export interface StandInForPulumi {
  /** A project named `shop`, whose every question goes to the stand-in. */
  readonly project: Project;
  /** A folder for locks and journals. */
  readonly runs: string;
  /** Gives a stack these resources; makes the stack where it is missing. */
  put(stack: string, resources: readonly StateResource[]): Promise<void>;
  resources(stack: string): Promise<readonly StateResource[]>;
  /** Gives stacks these resources as soon as the next state of the named one is written. */
  meanwhile(written: string, states: Readonly<Record<string, readonly StateResource[]>>): Promise<void>;
  /** The stacks whose state was written by `pulumi stack import`, in order. */
  imports(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

// A shell starts ten times as fast as Node. What is not listed here fails, as an unknown command does.
const script = `#!/bin/sh
cd "$(dirname "$0")/../states" || exit 1
case "$1 $2" in
"version ") echo v3.276.0 ;;
"stack export") cat "$4" || { echo "error: no stack named '$4' found" >&2; exit 255; } ;;
"stack import")
  cp "$6" "$4" && echo "$4" >> ../imports
  if [ -d "../after/$4" ]; then mv "../after/$4"/* . && rmdir "../after/$4"; fi ;;
"stack ls")
  printf '['
  separator=
  for name in *; do
    [ -f "$name" ] && printf '%s{"name":"%s","current":false}' "$separator" "$name" && separator=,
  done
  printf ']' ;;
"stack init") echo '{"version":3,"deployment":{}}' > "$3" ;;
"stack rm") rm "$4" ;;
*) echo "error: unknown command $*" >&2; exit 255 ;;
esac
`;

/** Makes the stand-in in a folder of its own; needs a POSIX shell. */
export async function standInForPulumi(): Promise<StandInForPulumi> {
  const root = await mkdtemp(join(tmpdir(), "azurestack-csp-pulumi-"));
  const [states, workDir, runs] = ["states", "project", "runs"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [states, workDir, runs, join(root, "bin"), join(root, "after")]) await mkdir(folder);
  await writeFile(join(root, "bin", "pulumi"), script, { mode: 0o755 });
  const workspace = await LocalWorkspace.create({
    workDir,
    pulumiCommand: await PulumiCommand.get({ root }),
    projectSettings: { name: "shop", runtime: "nodejs" },
  });
  const write = (file: string, resources: readonly StateResource[]) =>
    writeFile(file, JSON.stringify({ version: 3, deployment: { resources } }));
  return {
    project: { name: "shop", folder: undefined, workspace, close: async () => undefined },
    runs,
    put: (stack, resources) => write(join(states, stack), resources),
    async resources(stack) {
      const { deployment } = JSON.parse(await readFile(join(states, stack), "utf8"));
      return deployment.resources ?? [];
    },
    async meanwhile(written, changes) {
      const folder = join(root, "after", written);
      await mkdir(folder);
      for (const [stack, resources] of Object.entries(changes)) await write(join(folder, stack), resources);
    },
    async imports() {
      const text = await readFile(join(root, "imports"), "utf8").catch(() => "");
      return text.split("\n").slice(0, -1);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
