import {
  adoptedState,
  customerSubscriptionKey,
  isReadable,
  type ManagedMapping,
  type PlannedChange,
  sameId,
  toDeclarations,
} from "@azurestack-csp/provider";
import { KINDS, providerOf, TENANT_REGISTRATIONS } from "../../resources/kinds.ts";
import type { Inspected } from "../plan/inspect.ts";
import type { Deployment } from "../stacks/state/deployment.ts";

const PROVIDER = providerOf("CustomerSubscription");

/** The component of the built-in program and of the one in the README. */
const COMPONENT = { type: TENANT_REGISTRATIONS, name: "tenants" } as const;

/** A resource of an import file, with what the engine would otherwise ask the provider for. */
export interface ImportedResource {
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly parent?: string;
  readonly component?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What `pulumi import --file` reads. */
export interface ImportFile {
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly ImportedResource[];
}

/** The mappings that an import would bring under management, and those that another resource holds. */
export interface Adoptable {
  readonly changes: readonly PlannedChange[];
  /** Left out, because the customer subscription belongs to another directory than the tenant. */
  readonly wrong: readonly PlannedChange[];
  /** Held by a resource of `@pulumi/azure-native` in the same stack. */
  readonly ofAzureNative: readonly ManagedMapping[];
}

/**
 * What can be adopted: declared and live alike, and not managed by a resource of ours, or by any in another stack.
 *
 * With `fromState` only what the stack holds as resources of `@pulumi/azure-native`, without it only what it does not.
 */
export function findAdoptable(
  { plan, state, held, directories }: Inspected,
  { fromState }: { readonly fromState: boolean },
): Adoptable {
  const old = (state?.managed ?? []).filter(({ provider }) => provider === "azure-native");
  const elsewhere = new Set(held.flatMap(({ ids }) => ids.map(customerSubscriptionKey)));
  const heldBy = new Map(old.map((mapping) => [customerSubscriptionKey(mapping.id), mapping]));
  const all = plan.registrations.flatMap(({ registration, changes }) =>
    changes
      .filter(({ kind }) => kind === "adopt")
      .map((change) => ({ change, key: customerSubscriptionKey({ ...change, registration }) }))
      .filter(({ key }) => !elsewhere.has(key))
      .map(({ change, key }) => ({ change, holder: heldBy.get(key) })),
  );
  const wanted = all.filter(({ holder }) => (holder !== undefined) === fromState).map(({ change }) => change);
  const isWrong = ({ customerSubscriptionId, tenantId = "" }: PlannedChange) => {
    const directory = directories.get(customerSubscriptionId.toLowerCase());
    return directory !== undefined && !sameId(directory, tenantId);
  };
  return {
    changes: wanted.filter((change) => !isWrong(change)),
    wrong: wanted.filter(isWrong),
    ofAzureNative: all.flatMap(({ holder }) => (holder ? [holder] : [])),
  };
}

/** The import file for these changes: inputs and outputs are given, so that nothing is read from Azure or written to it. */
export function importFile({ list, live, state }: Inspected, changes: readonly PlannedChange[]): ImportFile {
  const mappings = new Map(
    live
      .filter(isReadable)
      .flatMap(({ registration, mappings }) =>
        mappings.map((mapping) => [customerSubscriptionKey({ ...mapping, registration }), mapping] as const),
      ),
  );
  const names = new Set(changes.map(({ name }) => name));
  const children = toDeclarations(list).flatMap(({ name, inputs }): readonly ImportedResource[] => {
    const mapping = mappings.get(customerSubscriptionKey({ ...inputs, registration: inputs }));
    if (!mapping || !names.has(name)) return [];
    const adopted = adoptedState(inputs, mapping);
    return [
      {
        type: KINDS.CustomerSubscription,
        name,
        parent: COMPONENT.name,
        id: adopted.id,
        inputs: { ...adopted.inputs, __provider: PROVIDER },
        outputs: { ...adopted.outputs, __provider: PROVIDER },
      },
    ];
  });
  const urn = componentIn(state?.deployment);
  if (urn !== undefined) return { nameTable: { [COMPONENT.name]: urn }, resources: children };
  return { nameTable: {}, resources: [{ ...COMPONENT, component: true }, ...children] };
}

/** The URN of the component that the stack has already; the program may call it as it likes. */
function componentIn(deployment: Deployment | undefined): string | undefined {
  return deployment?.resources.find(({ type }) => type === COMPONENT.type)?.urn;
}
