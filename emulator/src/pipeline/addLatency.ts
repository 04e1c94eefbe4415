import type { Step } from "./exchange.ts";

/** Waits as long as a network and a service far away would take. */
export const addLatency: Step = async ({ context }, next) => {
  if (context.latencyInMs > 0) await context.sleep(context.latencyInMs);
  return next();
};
