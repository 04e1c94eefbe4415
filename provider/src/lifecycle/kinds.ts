import { createDeps } from "./customerSubscription/deps.ts";
import { createCustomerSubscription } from "./customerSubscription/lifecycle.ts";
import { createRun } from "./customerSubscription/run/run.ts";
import type { ResourceLifecycle } from "./resourceLifecycle.ts";
import { createSessions, type SessionOptions } from "./session.ts";
import { createTenantListGuard } from "./tenantListGuard/lifecycle.ts";
import type { WriteNotes } from "./writeNotes.ts";

/** What the lifecycles of a process are made from. */
export interface LifecycleOptions extends SessionOptions {
  /** Keeps what the run is about to write. @default nothing is kept */
  readonly notes?: WriteNotes | undefined;
}

/**
 * The lifecycle of every kind of resource, by the name under which states ask for it; a name stays for ever.
 *
 * They share what one run of the engine has seen, so they are made once for each.
 */
export function createLifecycles(options: LifecycleOptions) {
  const sessionOf = createSessions(options);
  const run = createRun(options);
  return {
    CustomerSubscription: createCustomerSubscription(run, createDeps(sessionOf, run), options.say),
    TenantListGuard: createTenantListGuard(run.allowance, run.findings),
  } satisfies Readonly<Record<string, ResourceLifecycle>>;
}

/** The name of a kind of resource. */
export type Kind = keyof ReturnType<typeof createLifecycles>;
