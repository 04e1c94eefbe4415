import type { IncomingMessage, ServerResponse } from "node:http";
import type { EmulatorResponse } from "../pipeline/http.ts";

/** Puts an answer on the wire, damaged on the way where a fault asked for it. */
export function send(message: IncomingMessage, response: ServerResponse, answer: EmulatorResponse): void {
  if (answer.transport === "reset") {
    // A TLS socket cannot send a reset; the client sees the connection end before any answer all the same.
    message.socket.destroy();
    return;
  }
  const content = contentOf(answer);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.body !== undefined) response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.statusCode = answer.status;
  if (content.length > 0 || answer.status !== 204) response.setHeader("Content-Length", content.length);
  if (answer.transport === "dropBody" && content.length > 0) {
    response.flushHeaders();
    // Ends the connection in the middle of the body that the headers promised.
    response.write(content.subarray(0, 1), () => message.socket.destroy());
    return;
  }
  response.end(message.method === "HEAD" ? undefined : content);
}

function contentOf({ body, text, transport }: EmulatorResponse): Buffer {
  const content = Buffer.from(text ?? (body === undefined ? "" : JSON.stringify(body)));
  return transport === "garble" ? content.subarray(0, Math.floor(content.length / 2)) : content;
}
