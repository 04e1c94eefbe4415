import type { Store } from "../store/store.ts";
import type { Operation, Step } from "./exchange.ts";
import type { EmulatorRequest } from "./http.ts";

/** A service that the emulator speaks for: what is its own, what a request to it goes through, and what it can do. */
export interface Service {
  readonly name: string;
  /** What tokens for it are asked for, each with a slash at its end, beside the address it is reached at. */
  readonly audiences: readonly string[];
  /** What it knows. @default the whole world */
  readonly store?: Store;
  /** The header in which its callers name a request, in lower case. @default every request gets a fresh id */
  readonly correlationHeader?: string;
  /** Whether a request is for it. The services of an origin are asked in turn, and the first that says so answers. */
  readonly owns: (request: EmulatorRequest) => boolean;
  /** What a request goes through on its way to its operation, from the outside in. */
  readonly steps: readonly Step[];
  readonly operations: readonly Operation[];
}
