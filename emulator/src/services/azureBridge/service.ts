import { sameId } from "@azurestack-csp/provider/ids";
import type { JsonObject } from "../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../pipeline/http.ts";
import { ownsPathsOf } from "../../pipeline/router.ts";
import type { Service } from "../../pipeline/service.ts";
import type { Hub } from "../../store/hubs.ts";
import { registrationIdOf } from "../../store/registrations.ts";
import { resourceNotFound } from "../arm/errors.ts";
import type { ArmOperation } from "../arm/exchange.ts";
import type { HubArmOptions, HubProvider } from "../arm/hubProvider.ts";
import { frontDoor } from "../arm/service.ts";

const NAMESPACE = "Microsoft.AzureBridge.Admin";
const TYPE = `${NAMESPACE}/activations`;
const GROUP = "azurestack-activation";
const LIST = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/providers/${TYPE}`;
const common = { apiVersions: ["2016-01-01"], method: "GET", action: `${TYPE}/read` } as const;

/** The activation record of a Hub, which names its registration and says whether usage is sent to Azure. */
export const azureBridge: HubProvider = {
  create: createAzureBridge,
  describe: ({ region }) => ({
    namespace: NAMESPACE,
    registration: "free",
    types: [{ resourceType: "activations", apiVersions: common.apiVersions, locations: [region] }],
  }),
};

/** Activation, behind the admin endpoint of a Hub (Microsoft.AzureBridge.Admin OpenAPI, Activation.json, and recordings). */
function createAzureBridge(options: HubArmOptions): Service {
  const { hub } = options;
  const operations: readonly ArmOperation[] = [
    {
      ...common,
      name: "Activations_List",
      path: LIST,
      handle: (exchange) => json(200, { value: activations(exchange, hub) }),
    },
    { ...common, name: "Activations_Get", path: `${LIST}/{name}`, handle: (exchange) => get(exchange, hub) },
  ];
  return { ...frontDoor(options), name: NAMESPACE, owns: ownsPathsOf(operations), operations };
}

function get(exchange: Exchange, hub: Hub): EmulatorResponse {
  const [activation] = activations(exchange, hub);
  const name = parameter(exchange, "name");
  if (activation && sameId(name, "default")) return json(200, activation);
  return resourceNotFound(`${TYPE}/${name}`, parameter(exchange, "resourceGroup"));
}

/** The one that a Hub has once it is registered. */
function activations(exchange: Exchange, hub: Hub): readonly JsonObject[] {
  const { registrationId = ownRegistrationId(exchange, hub), usageReportingEnabled } = hub.settings();
  if (registrationId === undefined || !sameId(parameter(exchange, "resourceGroup"), GROUP)) return [];
  return [
    {
      id: `/subscriptions/${hub.providerSubscriptionId}/resourceGroups/${GROUP}/providers/${TYPE}/default`,
      name: "default",
      type: TYPE,
      etag: "W/\"datetime'2024-01-15T09%3A00%3A00.0000000Z'\"",
      location: hub.region,
      properties: {
        displayName: "Azure Stack Activation",
        azureRegistrationResourceIdentifier: registrationId,
        azureEnvironmentName: "AzureCloud",
        expiration: "9999-12-30T23:59:59Z",
        marketplaceSyndicationEnabled: true,
        usageReportingEnabled,
        provisioningState: "Succeeded",
      },
    },
  ];
}

function ownRegistrationId({ context }: Exchange, { cloudId }: Hub): string | undefined {
  const own = context.store.registrations.all().find((registration) => sameId(registration.cloudId, cloudId));
  return own && registrationIdOf(own);
}
