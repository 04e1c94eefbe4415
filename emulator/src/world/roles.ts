import { sameId } from "@azurestack-csp/provider/ids";

/** A role: actions with `*` as a wildcard. */
export interface RoleDefinition {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** The built-in roles that registrations meet, with Azure's ids. */
export const builtInRoles: readonly RoleDefinition[] = [
  {
    id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    name: "Owner",
    description: "Manages everything, including access.",
    actions: ["*"],
    notActions: [],
  },
  {
    id: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    name: "Contributor",
    description: "Manages everything but access.",
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
    ],
  },
  {
    id: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    name: "Reader",
    description: "Reads everything, changes nothing.",
    actions: ["*/read"],
    notActions: [],
  },
  {
    id: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    name: "User Access Administrator",
    description: "Manages access.",
    actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
    notActions: [],
  },
  {
    id: "6f12a6df-dd06-4f3e-bcb1-ce8be600526a",
    name: "Azure Stack Registration Owner",
    description: "Manages the marketplace products of an Azure Stack registration.",
    actions: [
      "Microsoft.AzureStack/edgeSubscriptions/read",
      "Microsoft.AzureStack/registrations/products/*/action",
      "Microsoft.AzureStack/registrations/products/read",
      "Microsoft.AzureStack/registrations/read",
    ],
    notActions: [],
  },
];

/** The built-in role with this name or id. */
export function findRole(nameOrId: string): RoleDefinition | undefined {
  return builtInRoles.find(({ id, name }) => sameId(id, nameOrId) || sameId(name, nameOrId));
}
