import { sameId } from "@azurestack-csp/provider/ids";
import type { JsonObject } from "../../pipeline/bodies.ts";
import type { Store } from "../../store/store.ts";
import type { ArmVersions } from "./apiVersions.ts";

/** A resource provider: its namespace, and what ARM has to know of it. */
export interface ResourceProvider {
  readonly namespace: string;
  readonly types: readonly ResourceType[];
  /** Whether a subscription has to register it before it answers. */
  readonly registration: "required" | "free";
  /** Tracked resources of a subscription, or of one of its groups, as lists of all types show them. @default none */
  readonly tracked?: (store: Store, place: ResourcePlace) => readonly JsonObject[];
  /** Deletes what a resource group holds of it. @default there is nothing to delete */
  readonly clear?: (store: Store, place: Required<ResourcePlace>) => void;
}

/** A resource type, as its namespace's document lists it. */
interface ResourceType {
  readonly resourceType: string;
  /** Newest first. */
  readonly apiVersions: readonly string[];
  readonly locations: readonly string[];
}

/** A subscription, or a resource group of it. */
interface ResourcePlace {
  readonly subscriptionId: string;
  readonly resourceGroup?: string;
}

/** The namespaces that ARM itself answers for. */
export function builtInProviders({ resources, roles, locks }: ArmVersions): readonly ResourceProvider[] {
  return [
    {
      namespace: "Microsoft.Authorization",
      registration: "free",
      types: [
        { resourceType: "locks", apiVersions: locks, locations: [] },
        { resourceType: "roleAssignments", apiVersions: roles, locations: [] },
        { resourceType: "roleDefinitions", apiVersions: roles, locations: [] },
      ],
    },
    {
      namespace: "Microsoft.Resources",
      registration: "free",
      types: [
        { resourceType: "subscriptions", apiVersions: resources, locations: [] },
        { resourceType: "resourceGroups", apiVersions: resources, locations: [] },
        { resourceType: "tenants", apiVersions: resources, locations: [] },
      ],
    },
  ];
}

/** The provider of this namespace, in any letter case. */
export function findProvider(providers: readonly ResourceProvider[], namespace: string): ResourceProvider | undefined {
  return providers.find((provider) => sameId(provider.namespace, namespace));
}

/** The versions of a type, newest first; of a type that the provider lacks, those of all its types. */
export function versionsOf({ types }: ResourceProvider, type: string): readonly string[] {
  const known = types.find(({ resourceType }) => sameId(resourceType, type));
  const versions = known?.apiVersions ?? types.flatMap(({ apiVersions }) => apiVersions);
  return [...new Set(versions)].sort().toReversed();
}
