import { findAddressFault } from "../../../pipeline/address.ts";
import type { Step } from "../../../pipeline/exchange.ts";
import { armVersions, isArmVersion, isWellFormedVersion } from "../apiVersions.ts";
import {
  doubleEncodedUri,
  invalidRequestUri,
  malformedApiVersion,
  missingApiVersion,
  unsupportedApiVersion,
} from "../errors.ts";

/** Refuses a path that cannot be read, or that is percent-encoded twice. */
export const checkAddress: Step = async ({ request, services }, next) => {
  const fault = findAddressFault(request.target);
  if (!fault) return next();
  const uri = `${services.origin()}${request.target}`;
  return fault === "doubleEncoded" ? doubleEncodedUri(uri) : invalidRequestUri(uri);
};

/** Refuses a request without an api-version, with a malformed one, or with one that ARM's own types do not have. */
export const checkApiVersion: Step = async ({ address, resolution, services }, next) => {
  const versions = resolution.operation?.apiVersions;
  if (versions === "none") return next();
  const version = address.query.get("api-version");
  if (!version) return missingApiVersion();
  if (!isWellFormedVersion(version)) return malformedApiVersion(version);
  if (versions === "arm" && !isArmVersion(version, services.now())) return unsupportedApiVersion(version, armVersions);
  return next();
};
