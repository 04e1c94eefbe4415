import { ProviderError } from "@azurestack-csp/provider";
import type * as pulumi from "@pulumi/pulumi";

/** The package of dynamic resources, as the engine knows it. */
const PACKAGE = "pulumi-nodejs";

/** The options of a resource or a component that can give it a provider. */
type Options = Pick<pulumi.ComponentResourceOptions, "parent" | "provider" | "providers">;

/**
 * Refuses a provider of its own for one of our resources, be it from its options or a parent's.
 *
 * Pulumi would run it in a second process, and what a run knows it knows in one. The resource must not so much as reach
 * the state: the next run would remove it in that process, though the program declares its mapping elsewhere.
 *
 * @throws ProviderError `CSP_PROVIDER_GIVEN`
 */
export function refuseProviders(name: string, { parent, provider, providers = [] }: Options = {}): void {
  const given = [provider ?? [], Array.isArray(providers) ? providers : Object.values(providers)].flat();
  const isOurs = given.some((each) => packageOf(each) === PACKAGE);
  if (isOurs || parent?.getProvider(`${PACKAGE}:dynamic:Resource`)) {
    throw new ProviderError("CSP_PROVIDER_GIVEN", { name });
  }
}

/** The SDK has the method and does not declare it. */
function packageOf(provider: pulumi.ProviderResource): unknown {
  return "getPackage" in provider && typeof provider.getPackage === "function" ? provider.getPackage() : undefined;
}
