import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { type Project, projectIn } from "../../sdk/nodejs/src/cli/stacks/project.ts";
import type { Deployment, StateResource } from "../../sdk/nodejs/src/cli/stacks/state/deployment.ts";

/** A stand-in for the Pulumi CLI: it keeps the state of each stack in a file, and has no engine. */
export interface StandInForPulumi {
  /** A project named `shop`, whose every question goes to the stand-in. */
  readonly project: Project;
  /** A folder for locks and journals. */
  readonly runs: string;
  /** Gives a stack, of another project by its full name, this state; makes the stack where it is missing. */
  put(stack: string, resources: readonly StateResource[], more?: Partial<Deployment>): Promise<void>;
  resources(stack: string): Promise<readonly StateResource[]>;
  /** Gives stacks these resources as soon as the next state of the named one is written. */
  meanwhile(written: string, states: Readonly<Record<string, readonly StateResource[]>>): Promise<void>;
  /** Signs in to a backend. */
  signIn(url: string): Promise<void>;
  /** The commands that it was given, in order. */
  commands(): Promise<readonly string[]>;
  /** The stacks whose state was written by `pulumi stack import`, in order. */
  imports(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

// A shell starts ten times as fast as Node. What is not listed here fails, as an unknown command does.
const script = `#!/bin/sh
cd "$(dirname "$0")/../states" || exit 1
echo "$*" >> ../commands
list() {
  printf '['
  separator=
  for name in "$@"; do
    [ -f "$name" ] || continue
    [ "$name" = "$(cat ../selected 2>/dev/null)" ] && current=true || current=false
    count=$(grep -o '"urn":' "$name" | wc -l)
    printf '%s{"name":"%s","current":%s,"resourceCount":%d}' "$separator" "$name" $current "$count"
    separator=,
  done
  printf ']'
}
case "$1 $2" in
"version ") echo v3.276.0 ;;
"whoami --json") cat ../whoami ;;
"stack export") cat "$4" || { echo "error: no stack named '$4' found" >&2; exit 255; } ;;
"stack import")
  cp "$6" "$4"
  if [ -d "../after/$4" ]; then mv "../after/$4"/* . && rmdir "../after/$4"; fi ;;
"stack ls") if [ "$3" = --all ]; then list * */*/*; else list *; fi ;;
"stack init") echo '{"version":3,"deployment":{}}' > "$3" && printf '%s' "$3" > ../selected ;;
"stack select") [ -f "$4" ] && printf '%s' "$4" > ../selected ;;
"stack rm") rm "$4" ;;
"cancel --yes") [ -f "$3" ] ;;
*) echo "error: unknown command $*" >&2; exit 255 ;;
esac
`;

/** Makes the stand-in in a folder of its own; needs a POSIX shell. */
export async function standInForPulumi(): Promise<StandInForPulumi> {
  const root = await mkdtemp(join(tmpdir(), "azurestack-csp-pulumi-"));
  const at = (...names: readonly string[]) => join(root, ...names);
  for (const folder of ["bin", "states", "after", "project", "runs"]) await mkdir(at(folder));
  await writeFile(at("bin", "pulumi"), script, { mode: 0o755 });
  const workspace = await LocalWorkspace.create({
    workDir: at("project"),
    pulumiCommand: await PulumiCommand.get({ root }),
    projectSettings: { name: "shop", runtime: "nodejs" },
  });
  const write = async (file: string, deployment: Deployment) => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ version: 3, deployment }));
  };
  const commands = async () => (await readFile(at("commands"), "utf8")).split("\n").slice(0, -1);
  return {
    project: {
      ...projectIn(workspace, { name: "shop", env: {} }),
      folder: undefined,
      journalFolder: async () => ({ path: at("runs"), backend: undefined, isBesideStack: true }),
      close: async () => undefined,
    },
    runs: at("runs"),
    put: (stack, resources, more = {}) => write(at("states", stack), { ...more, resources }),
    async resources(stack) {
      const { deployment } = JSON.parse(await readFile(at("states", stack), "utf8"));
      return deployment.resources ?? [];
    },
    async meanwhile(written, states) {
      for (const [stack, resources] of Object.entries(states)) await write(at("after", written, stack), { resources });
    },
    signIn: (url) => writeFile(at("whoami"), JSON.stringify({ user: "somebody", url })),
    commands,
    async imports() {
      return (await commands()).flatMap((command) => /^stack import --stack (\S+)/.exec(command)?.[1] ?? []);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
