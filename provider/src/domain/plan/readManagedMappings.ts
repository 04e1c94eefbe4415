import type { ManagedMapping } from "./managedMapping.ts";

/**
 * The customer subscriptions that a stack manages, out of its exported state (`pulumi stack export`), in its order.
 *
 * @throws ProviderError `CSP_STATE_UNREADABLE` where it is no state, or the id of a resource is no customer subscription's.
 */
export function readManagedMappings(_deployment: unknown): readonly ManagedMapping[] {
  throw new Error("not built yet");
}
