import type { Address } from "./address.ts";

/** A request as a service sees it, whatever carried it. */
export interface EmulatorRequest {
  /** The address it came to, scheme, host and port, without a trailing slash. */
  readonly origin: string;
  readonly method: string;
  /** Path and query as they stood on the request line. */
  readonly target: string;
  /** The target, taken apart. */
  readonly address: Address;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What is done to an answer on its way out, where a fault asks for it. */
type Transport = "reset" | "dropBody" | "garble";

/** An answer before it is put on the wire. */
export interface EmulatorResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; left out, the answer has no body. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`; its type is in `headers`. */
  readonly text?: string;
  /** Who failed: what stands in front of the service, or the service itself. */
  readonly failureCause?: "gateway" | "service";
  readonly transport?: Transport;
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown): EmulatorResponse {
  return { status, body };
}

/** An answer without a body. */
export function empty(status: number): EmulatorResponse {
  return { status };
}

/** An error in the envelope of Microsoft's REST guidelines, which most of its services share. */
export function failure(status: number, code: string, message: string): EmulatorResponse {
  return json(status, { error: { code, message } });
}
