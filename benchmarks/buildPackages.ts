import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { workspaceRoot } from "../scripts/dev/emulatorProcess.ts";

/**
 * Compiles the packages as they are published, because that is what users run: stripping types costs a process memory.
 *
 * @throws Error `NOT_BUILT` with what the compiler said
 */
export function buildPackages(): void {
  const compiler = join(workspaceRoot, "node_modules", "typescript", "bin", "tsc");
  const args = [compiler, "-b", "provider", "emulator", "usage", "sdk/nodejs"];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: workspaceRoot, encoding: "utf8" });
  if (status === 0) return;
  throw Object.assign(
    new Error(`[NOT_BUILT] The packages do not compile, so that there is nothing to measure.\n${stdout}`),
    {
      code: "NOT_BUILT",
    },
  );
}
