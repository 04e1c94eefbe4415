import type { Kind } from "@azurestack-csp/provider/lifecycle";

/**
 * The kinds of resources that the dynamic host serves: the name under which a state asks for its provider, and the token
 * under which the engine knows it. Both are part of every state, so they never change.
 */
export const KINDS = {
  CustomerSubscription: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
  TenantListGuard: "pulumi-nodejs:dynamic/azurestack:TenantListGuard",
} as const satisfies Readonly<Record<Kind, string>>;

/** The type of the component that registers a list; it holds nothing by itself, and has no provider. */
export const TENANT_REGISTRATIONS = "azurestack-csp:index:TenantRegistrations";

/**
 * What the engine keeps as the provider of a kind's resources: a constant that names an entry of the installed package.
 *
 * It holds no code, token or tenant, and it is the same for every resource, release and operating system, so that an
 * upgrade of this package changes no state.
 */
export function providerOf(kind: Kind): string {
  return `exports.handler=()=>require("azurestack-csp/dynamic").v1("${kind}");`;
}
