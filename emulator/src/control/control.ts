import { type JsonObject, readObject } from "../pipeline/bodies.ts";
import type { Exchange, Operation, Step } from "../pipeline/exchange.ts";
import { parseFaultRule } from "../pipeline/faultRules.ts";
import { empty, failure, json } from "../pipeline/http.ts";
import type { Service } from "../pipeline/service.ts";
import type { Hub } from "../store/hubs.ts";
import { applyFact } from "./applyFact.ts";
import type { Facts } from "./facts.ts";
import { usageOperations } from "./usage.ts";

const ROOT = "/_emulator";

/** What the control endpoint changes the emulator with. */
export interface ControlOptions {
  readonly facts: Facts;
  readonly hubs: readonly Hub[];
  readonly setModes: (changes: JsonObject) => void;
}

/** The endpoint by which tests and people steer the emulator, below `/_emulator`; no token is asked for. */
export function createControl({ facts, hubs, setModes }: ControlOptions): Service {
  const operations: readonly Operation[] = [
    {
      name: "Emulator_Get",
      method: "GET",
      path: ROOT,
      handle: ({ context, request }) =>
        json(200, { resourceManager: request.origin, authority: context.authority(), modes: context.modes() }),
    },
    {
      name: "Journal_Get",
      method: "GET",
      path: `${ROOT}/journal`,
      handle: ({ context, request }) =>
        json(200, { entries: context.journal.entries().filter((entry) => fits(entry, request.address.query)) }),
    },
    {
      name: "Journal_Reset",
      method: "DELETE",
      path: `${ROOT}/journal`,
      handle({ context }) {
        context.journal.reset();
        return empty(204);
      },
    },
    {
      name: "Faults_List",
      method: "GET",
      path: `${ROOT}/faults`,
      handle: ({ context }) => json(200, { faults: context.faults.list() }),
    },
    {
      name: "Faults_Add",
      method: "POST",
      path: `${ROOT}/faults`,
      handle(exchange) {
        exchange.context.faults.add(parseFaultRule(bodyOf(exchange)));
        return empty(204);
      },
    },
    {
      name: "Faults_Clear",
      method: "DELETE",
      path: `${ROOT}/faults`,
      handle({ context }) {
        context.faults.clear();
        return empty(204);
      },
    },
    {
      name: "Modes_Get",
      method: "GET",
      path: `${ROOT}/modes`,
      handle: ({ context }) => json(200, context.modes()),
    },
    {
      name: "Modes_Change",
      method: "PATCH",
      path: `${ROOT}/modes`,
      handle(exchange) {
        setModes(bodyOf(exchange));
        return json(200, exchange.context.modes());
      },
    },
    {
      name: "Facts_Change",
      method: "POST",
      path: `${ROOT}/facts`,
      handle: (exchange) =>
        applyFact(facts, bodyOf(exchange)) ? empty(204) : json(404, { message: "There is nothing to change." }),
    },
    {
      name: "Registrations_List",
      method: "GET",
      path: `${ROOT}/registrations`,
      handle: ({ context }) =>
        json(200, {
          registrations: context.store.registrations.all().map((registration) => ({
            ...registration,
            customerSubscriptions: facts.customerSubscriptions(registration),
          })),
        }),
    },
    ...usageOperations(ROOT),
    {
      name: "Hubs_List",
      method: "GET",
      path: `${ROOT}/hubs`,
      handle: () => json(200, { hubs: hubs.map(hubShape) }),
    },
  ];
  return {
    name: "Control",
    audiences: [],
    owns: ({ address }) => address.segments[0] === "_emulator",
    steps: [refusePages, refuseUnknown(operations), checkBody, refuseMistakes],
    operations,
  };
}

/** A Hub with its local subscriptions, the deleted ones too. */
function hubShape(hub: Hub): JsonObject {
  const { name, region, cloudId, identityProvider, providerSubscriptionId, localSubscriptions } = hub;
  const own = { name, region, cloudId, identityProvider, providerSubscriptionId };
  return { ...own, ...hub.settings(), subscriptions: localSubscriptions.list() };
}

/**
 * Keeps web pages of other origins away, whose requests a browser sends without a question as long as they look like
 * those of a form; one of JSON it asks for first, and gets no permission.
 */
const refusePages: Step = async ({ request }, next) => {
  const { origin, host, "content-type": type = "" } = request.headers;
  if (origin !== undefined && hostIn(origin) !== host?.toLowerCase()) {
    return json(403, { message: `A page of ${origin} may not steer the emulator.` });
  }
  const isJson = /^application\/json\s*(;|$)/i.test(type);
  if (CONTENT_METHODS.has(request.method) && !isJson) {
    return json(415, { message: "Send JSON, with the header Content-Type: application/json." });
  }
  return next();
};

const CONTENT_METHODS: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/** The host of an origin; a page without one sends `null`. */
function hostIn(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function refuseUnknown(operations: readonly Operation[]): Step {
  const known = operations.map(({ method, path }) => `${method} ${path.slice(ROOT.length + 1)}`);
  const message = `Known: ${known.join(", ")}.`;
  return async ({ resolution }, next) => (resolution.operation ? next() : json(404, { message }));
}

const checkBody: Step = async ({ request }, next) => {
  const body = readObject(request.body);
  if (body.kind === "read") return next();
  const message = `The request content was invalid and could not be deserialized: '${body.reason}'.`;
  return failure(400, "InvalidRequestContent", message);
};

/** What the caller got wrong goes back to the caller. */
const refuseMistakes: Step = async (_, next) => {
  try {
    return await next();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) {
      return json(400, { message: error.message });
    }
    throw error;
  }
};

function bodyOf({ request }: Exchange): JsonObject {
  const body = readObject(request.body);
  return body.kind === "read" ? body.value : {};
}

function fits(entry: object, query: ReadonlyMap<string, string>): boolean {
  const members = new Map(Object.entries(entry));
  return [...query].every(([name, value]) => String(members.get(name)) === value);
}
