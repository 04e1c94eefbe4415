import { addHeaders, addLatency, writeJournal } from "../services/arm/steps/addHeaders.ts";
import { authenticate } from "../services/arm/steps/authenticate.ts";
import { authorize } from "../services/arm/steps/authorize.ts";
import { checkLocks } from "../services/arm/steps/checkLocks.ts";
import { checkAddress, checkApiVersion } from "../services/arm/steps/checkRequestLine.ts";
import { dispatch } from "../services/arm/steps/dispatch.ts";
import { findContainers, findSubscription } from "../services/arm/steps/findContainers.ts";
import { limitRate } from "../services/arm/steps/limitRate.ts";
import { parseAddress } from "./address.ts";
import type { Exchange, Services, Step } from "./exchange.ts";
import { faultAfterCommit, faultBefore, faultOnResponse } from "./faults.ts";
import type { EmulatorRequest, EmulatorResponse } from "./http.ts";
import type { Router } from "./router.ts";

/**
 * What a request goes through, from the outside in.
 *
 * That group and type errors come from ARM's gateway, without the resource provider, is documented; the rest of the
 * order is not, and is chosen so that a look-up without a token finds out a subscription's directory, as real ARM allows.
 */
const steps: readonly Step[] = [
  writeJournal,
  addLatency,
  addHeaders,
  faultOnResponse,
  faultBefore,
  checkAddress,
  checkApiVersion,
  findSubscription,
  authenticate,
  limitRate,
  dispatch,
  findContainers,
  authorize,
  checkLocks,
  faultAfterCommit,
];

/** The emulated Azure as one function from request to answer. */
export type Handler = (request: EmulatorRequest) => Promise<EmulatorResponse>;

export function createHandler(services: Services, router: Router): Handler {
  return (request) => {
    const address = parseAddress(request.target);
    const exchange: Exchange = {
      request,
      address,
      services,
      resolution: router(request.method, address.segments),
      correlationId: request.headers["x-ms-correlation-request-id"] || services.newId(),
    };
    return run(exchange, 0);
  };
}

function run(exchange: Exchange, index: number): Promise<EmulatorResponse> {
  const step = steps[index];
  if (step) return step(exchange, () => run(exchange, index + 1));
  const { operation } = exchange.resolution;
  if (!operation) throw new Error(`No operation for ${exchange.request.method} ${exchange.address.path}.`);
  return Promise.resolve(operation.handle(exchange));
}
