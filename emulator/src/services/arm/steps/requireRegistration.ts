import { missingRegistration } from "../errors.ts";
import type { ArmStep } from "../exchange.ts";
import type { ResourceProvider } from "../providers.ts";

/** Refuses operations of a provider that the subscription has to register first. */
export function requireRegistration(providers: readonly ResourceProvider[]): ArmStep {
  return async ({ context, resolution, subscription }, next) => {
    const action = resolution.operation?.action ?? "";
    const provider = providers.find(({ namespace }) => action.startsWith(`${namespace}/`));
    if (!subscription || provider?.registration !== "required") return next();
    const { subscriptions } = context.store;
    const isRegistered = subscriptions.hasProvider(subscription.subscriptionId, provider.namespace);
    return isRegistered ? next() : missingRegistration(provider.namespace);
  };
}
