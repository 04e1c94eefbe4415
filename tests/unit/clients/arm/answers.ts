import type { ArmAnswer } from "../../../../provider/src/clients/arm/armAnswer.ts";

/** An answer made by hand; a body that is not text is sent as JSON. */
export function answer(parts: {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  attempts?: number;
}): ArmAnswer {
  const { status = 200, body = "", headers = {}, attempts = 1 } = parts;
  return {
    status,
    body: typeof body === "string" ? body : JSON.stringify(body),
    request: "GET /subscriptions/1",
    correlationId: "c0ffee00-0000-4000-8000-000000000000",
    attempts,
    header: (name) => headers[name],
  };
}
