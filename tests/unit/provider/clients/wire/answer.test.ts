import assert from "node:assert/strict";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { answerOf, describeAnswer } from "../../../../../provider/src/clients/wire/answer.ts";
import { toyService } from "./toyService.ts";

const SECRET = 'Zk8Q~"hush/hush"';

/** An answer to a request that was signed with an opaque token by an application with a secret. */
function answer(parts: { status?: number; body: string; headers?: Record<string, string> }) {
  const { status = 400, body, headers = {} } = parts;
  const request = createPipelineRequest({
    method: "POST",
    url: "https://toys.example/orders/1?page=secret",
    headers: createHttpHeaders({ authorization: "Bearer opaque-token", "toy-correlation": "sent" }),
  });
  const response = { status, headers: createHttpHeaders(headers), request, bodyAsText: body };
  const sendings = { attempts: 3, isOpen: false, shutUntil: undefined };
  return answerOf(response, { rules: toyService, sendings, secrets: [SECRET, "hush"] });
}

describe("answerOf", () => {
  it("tells what a service says went wrong, in the service's own form, and what is known beside", () => {
    const { error, ...rest } = answer({ body: JSON.stringify({ fault: 7, words: "Sold\r\n  out." }) });

    assert.deepEqual(error, { code: "7", message: "Sold out." });
    assert.equal(rest.request, "POST /orders/1");
    assert.equal(rest.host, "toys.example");
    assert.equal(rest.attempts, 3);
  });

  it("takes nothing that is fine, and nothing that is not the service's, for an error", () => {
    assert.equal(answer({ status: 200, body: JSON.stringify({ fault: 7 }) }).error, undefined);
    assert.equal(answer({ body: "<html>" }).error, undefined);
  });

  it("keeps the answer's own correlation id, or else the one that was sent", () => {
    assert.equal(answer({ body: "", headers: { "toy-correlation": "answered" } }).correlationId, "answered");
    assert.equal(answer({ body: "" }).correlationId, "sent");
  });

  it("strikes out the token and the secret that a service repeats, however they are spelled", () => {
    const words = `opaque-token, ${SECRET} and ${encodeURIComponent(SECRET)} are bad; hush`;

    const told = answer({ body: JSON.stringify({ fault: 7, words }) });

    assert.equal(told.error?.message, "***, *** and *** are bad; hush");
    assert.doesNotMatch(told.body, /opaque-token|Zk8Q/);
  });
});

describe("describeAnswer", () => {
  it("leaves out what is not known", () => {
    const described = describeAnswer(answer({ body: "<html>" }));

    assert.deepEqual(described, { status: 400, request: "POST /orders/1", correlationId: "sent" });
  });
});
