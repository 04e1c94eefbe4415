import type { MappingChange } from "../../clients/registrations/mappingChange.ts";
import type { RegistrationsClient } from "../../clients/registrations/registrationsClient.ts";
import type { LiveRegistrations } from "./run/liveMappings.ts";
import type { Refusals } from "./run/refusals.ts";
import type { Run } from "./run/run.ts";

/** A write as the change log keeps it. */
export type Change = MappingChange;

/** What the lifecycles of one run work with. */
export interface Deps {
  readonly client: RegistrationsClient;
  readonly live: LiveRegistrations;
  readonly refusals: Refusals;
  readonly run: Run;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Waits between re-reads. */
  sleep(milliseconds: number): Promise<void>;
  /** Tells the user something that is not an error. */
  say(message: string): void;
  /** Keeps a write for later questions; does nothing where no change log is asked for. */
  record(change: Change): Promise<void>;
}
