import type { Modes } from "../modes.ts";
import type { ServicePrincipal } from "../store/directories.ts";
import type { Store } from "../store/store.ts";
import type { FaultRules } from "./faultRules.ts";
import type { EmulatorRequest, EmulatorResponse } from "./http.ts";
import type { Journal, JournalKind } from "./journal.ts";

/** What the steps and operations of all services work with; made once. */
export interface Context {
  readonly store: Store;
  readonly modes: () => Modes;
  readonly faults: FaultRules;
  readonly journal: Journal;
  readonly latencyInMs: number;
  readonly now: () => Date;
  readonly sleep: (durationInMs: number) => Promise<void>;
  /** A fresh GUID. */
  readonly newId: () => string;
  /** The address of the sign-in authority, without a trailing slash. */
  readonly authority: () => string;
}

/** One request on its way through a service, with what the steps found out about it. */
export interface Exchange {
  readonly request: EmulatorRequest;
  readonly resolution: Resolution;
  readonly context: Context;
  /** Names the request in the journal and in answers. */
  readonly correlationId: string;
  /** Whom the request's token names, whether the service takes that token or not. */
  caller?: ServicePrincipal;
  /** The caller, once it is signed in. */
  principal?: ServicePrincipal;
  /** Set by a fault: which older list a list request is to be answered from. */
  staleList?: true | "empty";
}

/** One operation of a service: what it answers to, and what it does. */
export interface Operation {
  /** The name the OpenAPI file gives it, where there is one. */
  readonly name: string;
  readonly method: "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";
  /** The path, parameters in braces; `{name:a|b}` in front takes any number of segments of a path that begins with a or b. */
  readonly path: string;
  /** How the journal files it. @default "request" */
  readonly kind?: JournalKind;
  /** How the journal files it where no token came along. @default `kind` */
  readonly kindWithoutToken?: JournalKind;
  readonly handle: (exchange: Exchange) => EmulatorResponse;
}

/** What a method and a path were found to mean. */
export interface Resolution {
  readonly operation: Operation | undefined;
  /** Methods that the path has, whichever was asked for. */
  readonly methods: readonly string[];
  readonly parameters: ReadonlyMap<string, string>;
}

/** One step: answers by itself, or passes on and may change the answer. */
export type Step = (exchange: Exchange, next: () => Promise<EmulatorResponse>) => Promise<EmulatorResponse>;

/** Names in the path by the operation's template; empty where the template has none of that name. */
export function parameter(exchange: Exchange, name: string): string {
  return exchange.resolution.parameters.get(name) ?? "";
}
