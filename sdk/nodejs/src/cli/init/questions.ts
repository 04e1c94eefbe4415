import { createInterface } from "node:readline/promises";
import { ProviderError } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import { commandErrors } from "../errors/commandErrors.ts";

/** What is asked of the person in front of the terminal. */
export interface Questions {
  /** Whether something is wanted. */
  confirm(message: string, byDefault: boolean): Promise<boolean>;
  /** A text on one line; empty where Enter alone was pressed. */
  text(message: string): Promise<string>;
}

/**
 * Who answers: with `--yes` nobody is asked, and every answer is the default.
 *
 * @throws ProviderError `CSP_INIT_UNATTENDED` where nobody is there to be asked
 */
export function createQuestions(
  { terminal, signal }: Pick<CommandContext, "terminal" | "signal">,
  { yes }: { readonly yes: boolean },
): Questions {
  if (yes) return { confirm: async (_, byDefault) => byDefault, text: async () => "" };
  if (!terminal.isInteractive) throw new ProviderError(commandErrors.CSP_INIT_UNATTENDED, {});
  return {
    async confirm(message, byDefault) {
      const { default: confirm } = await import("@inquirer/confirm");
      return await confirm({ message, default: byDefault }, { signal, output: process.stderr });
    },
    async text(message) {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return (await lines.question(`${message} `, { signal })).trim();
      } finally {
        lines.close();
      }
    },
  };
}
