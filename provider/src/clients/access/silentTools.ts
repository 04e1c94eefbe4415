import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { TokenCredential } from "@azure/core-auth";

/** The tools that `DefaultAzureCredential` asks for a token, as they are called. */
const TOOL = /(?:^|[\\/"\s])(az|azd|pwsh|powershell)(?:\.(?:cmd|bat|exe))?(?=$|["\s])/i;

/**
 * The credential, whose failures name the tools that did not answer.
 *
 * The sign-in library ends a tool that takes too long, and then reports what was wrong with the little that the tool had
 * printed. Node tells of every process on its channel `child_process` (nodejs.org, diagnostics_channel), and one that was
 * ended from here is one that did not answer.
 *
 * @param limitInMs - how long the library waits for a tool.
 */
export function tellingTools(credential: TokenCredential, limitInMs: number): TokenCredential {
  return {
    async getToken(scopes, options) {
      const silent = new Set<string>();
      const watch = (message: unknown) => {
        const { process } = message as { readonly process: ChildProcess };
        process.once("exit", () => {
          const tool = process.killed ? toolOf(process) : undefined;
          if (tool !== undefined) silent.add(tool);
        });
      };
      subscribe("child_process", watch);
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        throw silent.size === 0 ? error : withSilent(error, [...silent], limitInMs);
      } finally {
        unsubscribe("child_process", watch);
      }
    },
  };
}

/** On Windows a tool may be a script that `cmd.exe` runs. */
function toolOf({ spawnfile, spawnargs }: ChildProcess): string | undefined {
  const isShell = /(?:^|\\)cmd\.exe$/i.test(spawnfile);
  return TOOL.exec(isShell ? spawnargs.join(" ") : spawnfile)?.[1]?.toLowerCase();
}

function withSilent(error: unknown, tools: readonly string[], limitInMs: number): Error {
  const told = tools.map((tool) => new Error(`\`${tool}\` did not answer within ${limitInMs / 1000} s and was ended.`));
  const others: readonly unknown[] = error instanceof Error && "errors" in error ? [error.errors].flat() : [error];
  return Object.assign(new Error("A tool did not answer.", { cause: error }), { errors: [...told, ...others] });
}
