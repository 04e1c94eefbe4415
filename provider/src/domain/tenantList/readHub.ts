import { endpointOf, type HubAccess } from "../hub.ts";
import { credentialPrefixProblem, hubEndpointProblem, printableProblem } from "../validators.ts";
import type { SourceNode } from "./formats/sourceNode.ts";
import type { NodeReader } from "./nodeReader.ts";

/** The keys of a registration's Hub. */
export const HUB_KEYS: readonly string[] = ["adminEndpoint", "userEndpoint", "credentialPrefix", "caFile"];

/** How the Hub of a registration is reached; `undefined` where it is not said, or cannot be told, with issues. */
export function readHub(node: SourceNode | undefined, reader: NodeReader): HubAccess | undefined {
  const fields = node && reader.fields(node, { known: HUB_KEYS, of: "a Hub" });
  if (!fields) return undefined;
  const { issues } = reader;
  const adminEndpoint = reader.text(fields.get("adminEndpoint"), hubEndpointProblem);
  const userEndpoint = reader.text(fields.get("userEndpoint"), hubEndpointProblem);
  const credentialPrefix = reader.text(fields.get("credentialPrefix"), credentialPrefixProblem);
  const caFile = reader.text(fields.get("caFile"), printableProblem);
  const named = ["adminEndpoint", "userEndpoint"].filter((key) => fields.has(key));
  if (named.length !== 1) {
    const { place } = node;
    const given = named.length === 0 ? "neither" : "both";
    issues.error(place, "CSP_HUB_ENDPOINTS", { property: place.path, given });
  }
  const rest = {
    ...(credentialPrefix === undefined ? {} : { credentialPrefix }),
    ...(caFile === undefined ? {} : { caFile }),
  };
  const hub = withEndpoint({ adminEndpoint, userEndpoint });
  return hub && { ...hub, ...rest };
}

/** Text that is no endpoint was reported, and nothing is to be asked there. */
function withEndpoint(given: {
  readonly adminEndpoint: string | undefined;
  readonly userEndpoint: string | undefined;
}): HubAccess | undefined {
  const { adminEndpoint, userEndpoint } = given;
  if (adminEndpoint !== undefined && userEndpoint === undefined) return { adminEndpoint };
  return adminEndpoint === undefined && userEndpoint !== undefined ? { userEndpoint } : undefined;
}

/** One text for all spellings of the endpoint that is asked, or `undefined` where there is none to be compared. */
export function endpointKey(hub: HubAccess | undefined): string | undefined {
  const written = hub && (hub.adminEndpoint ?? hub.userEndpoint);
  return hub && URL.canParse(written ?? "") ? endpointOf(hub).endpoint : undefined;
}
