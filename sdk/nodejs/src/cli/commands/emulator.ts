import type { Command } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { addOptionalPart } from "./optionalPart.ts";

/** Adds `emulator`: Azure on loopback, a package of its own. */
export function addEmulatorCommand(program: Command, run: RunCommand): void {
  addOptionalPart(program, run, {
    name: "emulator",
    packageName: "@azurestack-csp/emulator",
    description: "run Azure Resource Manager with Azure Stack Hub registrations on loopback",
    load: async () => {
      const { runEmulator } = await import("@azurestack-csp/emulator");
      return async (words, { terminal, signal }) => {
        const untilEnded = () => untilAborted(signal);
        const code = await runEmulator(words, { stdout: terminal.data, stderr: terminal.say, untilEnded });
        return code === 0 ? exitCodes.ok : exitCodes.usage;
      };
    },
  });
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
