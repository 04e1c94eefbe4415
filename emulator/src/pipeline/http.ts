/** A request as the pipeline sees it, whatever carried it. */
export interface EmulatorRequest {
  readonly method: string;
  /** Path and query as they stood on the request line. */
  readonly target: string;
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
  /** Who failed, as `x-ms-failure-cause` says it: ARM's gateway, or the resource provider. */
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
