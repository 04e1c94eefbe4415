import { sameId } from "@azurestack-csp/provider/ids";
import type { EmulatorResponse } from "../../../pipeline/http.ts";
import {
  gatewayError,
  invalidResourceNamespace,
  invalidResourceType,
  methodNotAllowed,
  missingSubscription,
} from "../errors.ts";
import type { ArmExchange, ArmStep } from "../exchange.ts";
import { findProvider, type ResourceProvider, versionsOf } from "../providers.ts";

/** Refuses what no operation answers: an unknown type, a version the type does not have, a method the path does not have. */
export function dispatch(providers: readonly ResourceProvider[]): ArmStep {
  return async (exchange, next) => {
    const { request, resolution, context } = exchange;
    const { operation, methods } = resolution;
    const { method } = request;
    if (!operation && methods.length === 0) return unknownResource(exchange, providers);
    if (!operation) return methodNotAllowed(method, methods);
    if (operation.isOffered?.(context) === false) {
      return methodNotAllowed(
        method,
        methods.filter((other) => other !== method),
      );
    }
    const { apiVersions = "none" } = operation;
    const version = versionIn(exchange);
    if (apiVersions === "none" || apiVersions.includes(version.toLowerCase())) return next();
    return invalidResourceType({ ...typeIn(exchange), version, supported: apiVersions.toReversed() });
  };
}

function unknownResource(exchange: ArmExchange, providers: readonly ResourceProvider[]): EmulatorResponse {
  const { path, segments } = exchange.request.address;
  if (!["subscriptions", "providers"].includes(segments[0]?.toLowerCase() ?? "")) return missingSubscription();
  const { namespace, type } = typeIn(exchange);
  if (namespace === "") return gatewayError(404, "NotFound", `The requested path '${path}' was not found.`);
  const provider = findProvider(providers, namespace);
  if (!provider) return invalidResourceNamespace(namespace);
  const supported = versionsOf(provider, type).toReversed();
  return invalidResourceType({ namespace, type, version: versionIn(exchange), supported });
}

function versionIn({ request }: ArmExchange): string {
  return request.address.query.get("api-version") ?? "";
}

/** The namespace and type of a resource id: after `providers`, the namespace, then type and name by turns. */
function typeIn({ request }: ArmExchange): { namespace: string; type: string } {
  const { segments } = request.address;
  const start = segments.findLastIndex((segment) => sameId(segment, "providers"));
  if (start < 0) return { namespace: "", type: "" };
  const [namespace = "", ...rest] = segments.slice(start + 1);
  return { namespace, type: rest.filter((_, index) => index % 2 === 0).join("/") };
}
