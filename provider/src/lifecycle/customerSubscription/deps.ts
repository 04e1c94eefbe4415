import { type MappingChange, mappingEntry } from "../../clients/registrations/mappingChange.ts";
import type { RegistrationsClient } from "../../clients/registrations/registrationsClient.ts";
import { type Access, oncePerAccess } from "../../domain/access.ts";
import type { Session } from "../session.ts";
import { createLiveRegistrations, type LiveRegistrations } from "./run/liveMappings.ts";
import { createRefusals, type Refusals } from "./run/refusals.ts";
import type { Run } from "./run/run.ts";

/** What the lifecycle of customer subscriptions works with, where registrations are reached in one way. */
export interface Deps extends Omit<Session, "registrations" | "record"> {
  /** Keeps a mapping's change for later questions; does nothing where no change log is asked for. */
  record(change: MappingChange): Promise<void>;
  readonly client: RegistrationsClient;
  readonly live: LiveRegistrations;
  readonly refusals: Refusals;
  readonly run: Run;
}

/** Adds to each session what a run remembers of the registrations that are reached by it. */
export function createDeps(sessionOf: (access: Access) => Session, run: Run): (access: Access) => Deps {
  return oncePerAccess((access) => {
    const { registrations: client, record, ...session } = sessionOf(access);
    return {
      ...session,
      record: (change) => record(mappingEntry(change)),
      client,
      live: createLiveRegistrations(client),
      refusals: createRefusals(),
      run,
    };
  });
}
