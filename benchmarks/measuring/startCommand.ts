import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { RunningCommand } from "../../tests/support/pulumiCommand.ts";

/** Starts a program; its result rejects where there is no such program. */
export function startCommand(
  program: string,
  args: readonly string[],
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): RunningCommand {
  const child = spawn(program, [...args], { ...place, stdio: ["ignore", "pipe", "pipe"] });
  const result = Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]).then(
    ([[code], stdout, stderr]) => ({ code: code as number | null, stdout, stderr }),
  );
  return { pid: child.pid ?? 0, kill: (signal) => void child.kill(signal), result };
}
