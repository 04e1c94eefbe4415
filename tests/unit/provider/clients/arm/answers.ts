import { readArmError } from "../../../../../provider/src/clients/arm/armErrorBody.ts";
import type { Answer } from "../../../../../provider/src/clients/wire/answer.ts";

/** An answer of ARM's made by hand; a body that is not text is sent as JSON. */
export function answer(parts: {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  attempts?: number;
  isOpen?: boolean;
  shutUntil?: number;
}): Answer {
  const { status = 200, headers = {}, attempts = 1, isOpen = false, shutUntil } = parts;
  const body = typeof parts.body === "string" ? parts.body : JSON.stringify(parts.body ?? "");
  return {
    status,
    body: parts.body === undefined ? "" : body,
    error: status >= 400 ? readArmError(body) : undefined,
    request: "GET /subscriptions/1",
    host: "arm",
    correlationId: "c0ffee00-0000-4000-8000-000000000000",
    attempts,
    isOpen,
    shutUntil,
    header: (name) => headers[name],
  };
}
