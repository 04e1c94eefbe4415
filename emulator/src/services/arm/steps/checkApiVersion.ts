import { type ArmVersions, isWellFormedVersion } from "../apiVersions.ts";
import { malformedApiVersion, missingApiVersion, unsupportedApiVersion } from "../errors.ts";
import type { ArmStep } from "../exchange.ts";

/** Refuses a request without an api-version, with a malformed one, or with one that ARM's own types do not have. */
export function checkApiVersion({ has, resources }: ArmVersions): ArmStep {
  return async ({ request, resolution, context }, next) => {
    const { operation } = resolution;
    if (operation?.apiVersions === "none") return next();
    const version = request.address.query.get("api-version");
    if (!version) return missingApiVersion();
    if (!isWellFormedVersion(version)) return malformedApiVersion(version);
    const isOfArm = operation !== undefined && operation.apiVersions === undefined;
    return isOfArm && !has(version, context.now()) ? unsupportedApiVersion(version, resources) : next();
  };
}
