import type { Context, Exchange, Operation, Resolution } from "../../pipeline/exchange.ts";
import type { EmulatorResponse } from "../../pipeline/http.ts";
import type { ArmSubscription } from "../../store/subscriptions.ts";

/** An operation as ARM knows it, with what ARM asks of a request before it carries it out. */
export interface ArmOperation extends Operation {
  /** Api versions it has, newest first; `"none"` where none is asked for. @default the many of ARM's own types */
  readonly apiVersions?: readonly string[] | "none";
  /** The right it takes, names of path parameters in braces. @default every caller with a token may */
  readonly action?: string;
  /** No token is asked for. */
  readonly anonymous?: true;
  /** Whether it is there at all, as the modes stand. @default always */
  readonly isOffered?: (context: Context) => boolean;
  readonly handle: (exchange: ArmExchange) => EmulatorResponse;
}

/** An exchange with ARM. Every exchange can become one: all that ARM adds is found out on the way. */
export interface ArmExchange extends Exchange {
  readonly resolution: Resolution & { readonly operation: ArmOperation | undefined };
  /** The subscription that the path names. */
  subscription?: ArmSubscription;
  /** Requests left to this principal, as the headers tell it. */
  remaining?: number;
}

/** A step of ARM's. */
export type ArmStep = (exchange: ArmExchange, next: () => Promise<EmulatorResponse>) => Promise<EmulatorResponse>;

/** The scopes of ARM, as a path's beginning: a subscription and all below it, or a provider of the directory's. */
export const ARM_SCOPE = "{scope:subscriptions|providers}";
