import { parseAddress } from "../pipeline/address.ts";
import { type JsonObject, readObject } from "../pipeline/bodies.ts";
import type { Services } from "../pipeline/exchange.ts";
import { parseFaultRule } from "../pipeline/faultRules.ts";
import { type EmulatorRequest, type EmulatorResponse, empty, json } from "../pipeline/http.ts";
import { applyFact } from "./applyFact.ts";
import type { Facts } from "./facts.ts";

export interface ControlOptions {
  readonly services: Services;
  readonly facts: Facts;
  readonly setModes: (changes: JsonObject) => void;
}

type Answer = (body: JsonObject, query: ReadonlyMap<string, string>) => EmulatorResponse;

/**
 * The endpoint by which tests and people steer the emulator, below `/_emulator`; no token is asked for.
 *
 * Answers `undefined` for requests that are not its own.
 */
export function createControl({ services, facts, setModes }: ControlOptions) {
  const { faults, journal, store, modes } = services;
  const routes: Readonly<Record<string, Answer>> = {
    "GET ": () => json(200, { resourceManager: services.origin(), authority: services.origin(), modes: modes() }),
    "GET journal": (_, query) => json(200, { entries: journal.entries().filter((entry) => fits(entry, query)) }),
    "DELETE journal": () => {
      journal.reset();
      return empty(204);
    },
    "GET faults": () => json(200, { faults: faults.list() }),
    "POST faults": (body) => {
      faults.add(parseFaultRule(body));
      return empty(204);
    },
    "DELETE faults": () => {
      faults.clear();
      return empty(204);
    },
    "GET modes": () => json(200, modes()),
    "PATCH modes": (body) => {
      setModes(body);
      return json(200, modes());
    },
    "POST facts": (body) =>
      applyFact(facts, body) ? empty(204) : json(404, { message: "There is nothing to change." }),
    "GET registrations": () =>
      json(200, {
        registrations: store.registrations.all().map((registration) => ({
          ...registration,
          customerSubscriptions: facts.customerSubscriptions(registration),
        })),
      }),
  };

  return (request: EmulatorRequest): Promise<EmulatorResponse> | undefined => {
    if (!/^\/_emulator(?:[/?]|$)/.test(request.target)) return undefined;
    const { segments, query } = parseAddress(request.target);
    const answer = routes[`${request.method} ${segments.slice(1).join("/")}`];
    if (!answer) return Promise.resolve(json(404, { message: `Known: ${Object.keys(routes).join(", ")}.` }));
    return Promise.resolve(attempt(() => answerWith(answer, request, query)));
  };
}

function answerWith(answer: Answer, request: EmulatorRequest, query: ReadonlyMap<string, string>): EmulatorResponse {
  const body = readObject(request.body);
  return body.kind === "refused" ? body.response : answer(body.value, query);
}

/** What the caller got wrong goes back to the caller. */
function attempt(answer: () => EmulatorResponse): EmulatorResponse {
  try {
    return answer();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) {
      return json(400, { message: error.message });
    }
    throw error;
  }
}

function fits(entry: object, query: ReadonlyMap<string, string>): boolean {
  const members = new Map(Object.entries(entry));
  return [...query].every(([name, value]) => String(members.get(name)) === value);
}
