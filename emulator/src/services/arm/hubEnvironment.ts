import type { DirectoryStore } from "../../store/directories.ts";
import { guidFrom } from "../../store/directories.ts";
import type { Hub } from "../../store/hubs.ts";
import { hubVersions } from "./apiVersions.ts";
import type { ArmEnvironment } from "./environment.ts";
import { hubMetadataOperations } from "./operations/hubMetadata.ts";
import { hubRemaining } from "./throttle.ts";

/** The two that a Hub has: one for its operator, one for its users. */
export type HubEndpoint = "admin" | "user";

/** One endpoint of a Hub. Tokens for its own address are refused, as a stamp does: its audience is to be asked for. */
export function hubEnvironment(hub: Hub, endpoint: HubEndpoint, directories: DirectoryStore): ArmEnvironment {
  const { region, identityProvider } = hub;
  const audience = hubAudience(hub, endpoint, directories);
  return {
    versions: hubVersions,
    acceptance: { audiences: [`${audience}/`], takesOwnAddress: false },
    ...(identityProvider === "adfs" ? { signInPath: "adfs" } : {}),
    locations: [{ name: region, displayName: region }],
    region,
    remaining: hubRemaining,
    groupDeletion: "later",
    metadata: hubMetadataOperations(hub, audience),
  };
}

/** What tokens for an endpoint are asked for, in the forms that stamps have, without a slash at its end. */
export function hubAudience(hub: Hub, endpoint: HubEndpoint, directories: DirectoryStore): string {
  const { identityProvider, homeTenantId, cloudId } = hub;
  const host = endpoint === "admin" ? "adminmanagement" : "management";
  if (identityProvider === "adfs") return `https://${host}.adfs.azurestack.local/${homeTenantId}`;
  const domain = directories.find(homeTenantId)?.domain ?? `${homeTenantId}.onmicrosoft.com`;
  return `https://${host}.${domain}/${guidFrom(endpoint, cloudId)}`;
}
