import { ProviderError } from "@azurestack-csp/provider";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Refuses a resource that has been given a provider of its own, by its options, a parent's or a transformation's.
 *
 * Pulumi would run it in a second process, and what a run knows it knows in one.
 *
 * @throws ProviderError `CSP_PROVIDER_GIVEN`
 */
export function refuseProviders(
  resource: pulumi.Resource,
  { type, name }: { readonly type: string; readonly name: string },
): void {
  if (resource.getProvider(type)) throw new ProviderError("CSP_PROVIDER_GIVEN", { name });
}
