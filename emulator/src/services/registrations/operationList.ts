import { json } from "../../pipeline/http.ts";
import type { ArmOperation } from "../arm/exchange.ts";
import { AZURE_STACK, registrationVersions } from "./provider.ts";

/** The list of what the namespace can do, which every caller may read. */
export const operationListOperations: readonly ArmOperation[] = [
  {
    name: "Operations_List",
    method: "GET",
    path: `/providers/${AZURE_STACK}/operations`,
    apiVersions: registrationVersions,
    handle: () => json(200, { value: described }),
  },
];

const described = (
  [
    ["registrations", "read", "Reads registrations"],
    ["registrations", "write", "Creates or changes a registration"],
    ["registrations", "delete", "Deletes a registration"],
    ["registrations/customerSubscriptions", "read", "Reads customer subscriptions"],
    ["registrations/customerSubscriptions", "write", "Adds a customer subscription"],
    ["registrations/customerSubscriptions", "delete", "Removes a customer subscription"],
  ] as const
).map(([resource, operation, description]) => ({
  name: `${AZURE_STACK}/${resource}/${operation}`,
  display: { provider: "Azure Stack", resource, operation, description },
}));
