import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** A Pulumi CLI that stops at one of its commands, for a test to kill it there. */
export interface HeldPulumi {
  /** The environment in which it is found before the real one. */
  readonly env: Readonly<Record<string, string>>;
  /** Holds the next command that begins with these words; the promise tells that it has come. */
  hold(words: string): Promise<void>;
}

/** Puts a stand-in for the Pulumi CLI into a folder, which calls the real one. */
export async function createHeldPulumi(folder: string, env: Readonly<Record<string, string>>): Promise<HeldPulumi> {
  const bin = join(folder, "held-bin");
  const real = execFileSync("which", ["pulumi"], { encoding: "utf8", env }).trim();
  const words = join(bin, "words");
  const reached = join(bin, "reached");
  await mkdir(bin, { recursive: true });
  execFileSync("mkfifo", [reached]);
  const script = `#!/bin/sh
if [ -f '${words}' ]; then
  case "$*" in
    "$(cat '${words}')"*) rm '${words}'; echo reached > '${reached}'; exec sleep 600 ;;
  esac
fi
exec '${real}' "$@"
`;
  await writeFile(join(bin, "pulumi"), script);
  await chmod(join(bin, "pulumi"), 0o755);
  return {
    env: { ...env, PATH: `${bin}${delimiter}${env.PATH ?? ""}` },
    async hold(command) {
      await writeFile(words, command);
      await readFile(reached);
    },
  };
}
