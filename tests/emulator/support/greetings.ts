import { type Exchange, parameter, type Step } from "../../../emulator/src/pipeline/exchange.ts";
import { json } from "../../../emulator/src/pipeline/http.ts";
import { faultAfterCommit, faultBefore } from "../../../emulator/src/pipeline/injectFaults.ts";
import type { Service } from "../../../emulator/src/pipeline/service.ts";
import { writeJournal } from "../../../emulator/src/pipeline/writeJournal.ts";
import { judgeCaller } from "../../../emulator/src/services/entra/judgeCaller.ts";
import type { Tokens } from "../../../emulator/src/services/entra/tokens.ts";

/** A service with manners of its own: it owns `/v1` alone, and has an operation that it forgot to write. */
export function createGreetings(tokens: Tokens): Service {
  const audiences = ["https://greetings.example/"];
  return {
    name: "Greetings",
    audiences,
    correlationHeader: "greeting-id",
    owns: ({ address }) => address.segments[0] === "v1",
    steps: [writeJournal, addId, faultBefore, signIn(tokens, audiences), faultAfterCommit],
    operations: [{ name: "Greetings_Get", method: "GET", path: "/v1/greetings/{name}", handle: greet }],
  };
}

const addId: Step = async ({ correlationId }, next) => {
  const response = await next();
  return { ...response, headers: { "Greeting-Id": correlationId, ...response.headers } };
};

function signIn(tokens: Tokens, audiences: readonly string[]): Step {
  return async (exchange, next) => {
    const verdict = judgeCaller(exchange.request, tokens, { audiences });
    if (verdict.kind !== "accepted") return json(401, { stranger: verdict.kind });
    exchange.principal = verdict.principal;
    return next();
  };
}

function greet(exchange: Exchange) {
  const directory = exchange.context.store.directories.find(exchange.principal?.tenantId ?? "");
  return json(200, { greeting: `${directory?.displayName} greets ${parameter(exchange, "name")}` });
}
