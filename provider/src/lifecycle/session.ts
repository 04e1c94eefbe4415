import { setTimeout } from "node:timers/promises";
import { createClientsByAccess } from "../clients/connect.ts";
import type { RegistrationsClient } from "../clients/registrations/registrationsClient.ts";
import type { ChangeLogEntry } from "../clients/wire/changeLog.ts";
import { type Access, oncePerAccess } from "../domain/access.ts";

/** What lifecycles of any kind work with, where services are reached in one way. */
export interface Session {
  readonly registrations: RegistrationsClient;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Waits between re-reads. */
  sleep(durationInMs: number): Promise<void>;
  /** Tells the user something that is not an error. */
  say(message: string): void;
  /** Keeps a write for later questions; does nothing where no change log is asked for. */
  record(entry: ChangeLogEntry): Promise<void>;
}

/** What the lifecycles of a process are connected from. */
export interface SessionOptions {
  /** The environment variables; `docs/credentials.md` lists the ones that are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells the user something that is not an error. */
  readonly say: (message: string) => void;
  /** Fires when nothing more may be sent: what waits ends, what is on its way comes to its answer. @default never */
  readonly noMore?: AbortSignal | undefined;
}

/**
 * Connects the lifecycles to Azure, once for each way in which registrations are reached.
 *
 * Nothing is sent, and no SDK is loaded, before the first request.
 *
 * @returns a function that throws ProviderError where the environment names no usable cloud or credential for an access.
 */
export function createSessions({ env, say, noMore }: SessionOptions): (access: Access) => Session {
  const cancellable = noMore ? { abortSignal: noMore, awaitsAnswers: true } : {};
  const clients = createClientsByAccess(env, { say, ...cancellable });
  return oncePerAccess((access) => {
    const { registrations, changeLog } = clients(access);
    return {
      registrations,
      now: Date.now,
      sleep: async (durationInMs) => {
        await setTimeout(durationInMs, undefined, noMore ? { signal: noMore } : {});
      },
      say,
      record: changeLog.record,
    };
  });
}
