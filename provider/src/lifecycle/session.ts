import { setTimeout } from "node:timers/promises";
import { createClientsByAccess } from "../clients/connect.ts";
import { mappingEntry } from "../clients/registrations/mappingChange.ts";
import { type Access, oncePerAccess } from "../domain/access.ts";
import type { Deps } from "./customerSubscription/deps.ts";
import { createLiveRegistrations } from "./customerSubscription/run/liveMappings.ts";
import { createRefusals } from "./customerSubscription/run/refusals.ts";
import type { Run } from "./customerSubscription/run/run.ts";

/** What the lifecycles of a process are connected from. */
export interface DepsOptions {
  /** The environment variables; `docs/credentials.md` lists the ones that are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: Run;
  /** Tells the user something that is not an error. */
  readonly say: (message: string) => void;
}

/**
 * Connects the lifecycles to Azure, once for each way in which registrations are reached.
 *
 * Nothing is sent, and no SDK is loaded, before the first request.
 *
 * @returns a function that throws ProviderError where the environment names no usable cloud or credential for an access.
 */
export function createDeps({ env, run, say }: DepsOptions): (access: Access) => Deps {
  const clients = createClientsByAccess(env, { say });
  return oncePerAccess((access) => {
    const { registrations, changeLog } = clients(access);
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
      record: async (change) => await changeLog.record(mappingEntry(change)),
    };
  });
}
