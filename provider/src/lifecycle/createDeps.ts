import { setTimeout } from "node:timers/promises";
import { createAzureClients } from "../clients/createClients.ts";
import type { Deps } from "./deps.ts";
import { createLiveRegistrations } from "./run/liveMappings.ts";
import { createRefusals } from "./run/refusals.ts";
import type { Run } from "./run/run.ts";

/** What the lifecycles of a process are connected from. */
export interface DepsOptions {
  /** The environment variables; `docs/credentials.md` lists the ones that are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: Run;
  /** Tells the user something that is not an error. */
  readonly say: (message: string) => void;
}

/**
 * Connects the lifecycles to Azure; nothing is sent, and no SDK is loaded, before the first request.
 *
 * @throws ProviderError where the environment names no usable cloud or credential.
 */
export function createDeps({ env, run, say }: DepsOptions): Deps {
  const { registrations, changeLog } = createAzureClients(env, { say });
  return {
    client: registrations,
    live: createLiveRegistrations(registrations),
    refusals: createRefusals(),
    run,
    now: Date.now,
    sleep: async (milliseconds) => {
      await setTimeout(milliseconds);
    },
    say,
    record: changeLog.record,
  };
}
