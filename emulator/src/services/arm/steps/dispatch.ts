import { sameId } from "@azurestack-csp/provider/ids";
import type { Exchange, Step } from "../../../pipeline/exchange.ts";
import type { EmulatorResponse } from "../../../pipeline/http.ts";
import { isArmScope } from "../../../pipeline/router.ts";
import { AZURE_STACK, findNamespace, versionsOf } from "../apiVersions.ts";
import {
  gatewayError,
  invalidResourceNamespace,
  invalidResourceType,
  methodNotAllowed,
  missingSubscription,
} from "../errors.ts";

/** Refuses what no operation answers: an unknown type, a version the type does not have, a method the path does not have. */
export const dispatch: Step = async (exchange, next) => {
  const { address, request, resolution } = exchange;
  const { operation, methods } = resolution;
  if (!operation) return methods.length > 0 ? methodNotAllowed(request.method, methods) : unknownResource(exchange);
  if (request.method === "HEAD" && isAzureStack(operation.action) && exchange.services.modes().head === "refused") {
    return methodNotAllowed(
      "HEAD",
      methods.filter((method) => method !== "HEAD"),
    );
  }
  const { apiVersions } = operation;
  const version = address.query.get("api-version") ?? "";
  if (typeof apiVersions === "string" || apiVersions.includes(version.toLowerCase())) return next();
  return invalidResourceType({ ...typeOf(address.segments), version, supported: apiVersions.toReversed() });
};

function unknownResource({ address }: Exchange): EmulatorResponse {
  if (!isArmScope(address.segments)) return missingSubscription();
  const { namespace, type } = typeOf(address.segments);
  if (namespace === "") return gatewayError(404, "NotFound", `The requested path '${address.path}' was not found.`);
  const known = findNamespace(namespace);
  if (!known) return invalidResourceNamespace(namespace);
  const version = address.query.get("api-version") ?? "";
  return invalidResourceType({ namespace, type, version, supported: versionsOf(known, type).toReversed() });
}

function isAzureStack(action: string | undefined): boolean {
  return action?.startsWith(`${AZURE_STACK}/`) ?? false;
}

/** The namespace and type of a resource id: after `providers`, the namespace, then type and name by turns. */
function typeOf(segments: readonly string[]): { namespace: string; type: string } {
  const start = segments.findLastIndex((segment) => sameId(segment, "providers"));
  if (start < 0) return { namespace: "", type: "" };
  const [namespace = "", ...rest] = segments.slice(start + 1);
  return { namespace, type: rest.filter((_, index) => index % 2 === 0).join("/") };
}
