import type { Modes } from "../modes.ts";
import type { Throttle } from "../services/arm/throttle.ts";
import type { Tokens } from "../services/entra/tokens.ts";
import type { ServicePrincipal } from "../store/directories.ts";
import type { Store } from "../store/store.ts";
import type { Subscription } from "../world/world.ts";
import type { Address } from "./address.ts";
import type { FaultRules } from "./faultRules.ts";
import type { EmulatorRequest, EmulatorResponse } from "./http.ts";
import type { Journal } from "./journal.ts";
import type { Resolution } from "./router.ts";

/** What the steps and handlers work with; made once. */
export interface Services {
  readonly store: Store;
  readonly modes: () => Modes;
  readonly tokens: Tokens;
  readonly faults: FaultRules;
  readonly journal: Journal;
  /** Absent: nothing is throttled. */
  readonly throttle: Throttle | undefined;
  readonly latencyInMs: number;
  readonly now: () => Date;
  readonly sleep: (durationInMs: number) => Promise<void>;
  /** A fresh GUID. */
  readonly newId: () => string;
  /** The listener's own address, without a trailing slash. */
  readonly origin: () => string;
}

/** One request on its way through the pipeline, with what the steps found out about it. */
export interface Exchange {
  readonly request: EmulatorRequest;
  readonly address: Address;
  readonly resolution: Resolution;
  readonly correlationId: string;
  readonly services: Services;
  subscription?: Subscription;
  principal?: ServicePrincipal;
  /** Requests left to this principal, as the headers tell it. */
  remaining?: number;
  /** Set by a fault: which older list a list request is to be answered from. */
  staleList?: true | "empty";
}

/** One step: answers by itself, or passes on and may change the answer. */
export type Step = (exchange: Exchange, next: () => Promise<EmulatorResponse>) => Promise<EmulatorResponse>;

/** Names in the path by the operation's template; empty where the template has none of that name. */
export function parameter(exchange: Exchange, name: string): string {
  return exchange.resolution.parameters.get(name) ?? "";
}
