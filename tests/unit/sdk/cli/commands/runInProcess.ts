import type { CommandContext } from "../../../../../sdk/nodejs/src/cli/console/commandContext.ts";
import type { ExitCode } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { createProgram } from "../../../../../sdk/nodejs/src/commandLine.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";

/** What a command did that ran in this process. */
export interface InProcessResult {
  readonly exitCode: ExitCode | undefined;
  /** Standard output. */
  readonly written: string;
  readonly said: readonly string[];
}

/** Runs a command that asks nobody; what it fails for is thrown. */
export async function runInProcess(...args: readonly string[]): Promise<InProcessResult> {
  const terminal = createPipelineTerminal();
  const { signal } = new AbortController();
  const context: CommandContext = { env: {}, folder: process.cwd(), terminal, signal, today: () => "2026-11-30" };
  let exitCode: ExitCode | undefined;
  const program = createProgram(async (action) => {
    exitCode = await action(context);
  });
  await program.parseAsync(["node", "azurestack-csp", ...args]);
  return { exitCode, written: terminal.written.join("\n"), said: terminal.said };
}
