import {
  DEFAULT_LIMIT,
  formatLimit,
  type LookedAtTenantList,
  type MappingTexts,
  type TenantList,
  toDeclarations,
  toMappingTable,
  writeMappings,
} from "@azurestack-csp/provider";
import * as pulumi from "@pulumi/pulumi";
import { KINDS, providerOf } from "./kinds.ts";
import { refuseProviders } from "./refuseProviders.ts";
import { requireDynamic } from "./resolveDynamic.ts";

/** How much one run may take away, and what somebody has confirmed. */
export interface TenantListGuardLimits {
  /**
   * How many managed mappings a run may remove: a number, a share of what is managed, or both: `5`, `"10%"`, `"5,10%"`.
   * A share is rounded down, and one above 0 permits at least one.
   *
   * @default "10,25%": ten, and no more than a quarter
   */
  readonly maxRemovals?: number | string | undefined;
  /**
   * How many managed tenants a run may move to another customer subscription, written like `maxRemovals`.
   *
   * @default "10,25%"
   */
  readonly maxMoves?: number | string | undefined;
  /**
   * The exact number of removals that somebody has looked at and wants; beats `maxRemovals`. Text, as a setting has it, is
   * digits and nothing else; all other text is refused (`CSP_INPUT_TYPE`).
   *
   * The environment variable `AZURESTACK_CSP_CONFIRMED_REMOVALS` beats it for one run; `azurestack-csp reconcile
   * --max-removals` sets it.
   */
  readonly confirmedRemovals?: number | string | undefined;
  /**
   * The exact number of moves that somebody has looked at and wants, written like `confirmedRemovals`; beats `maxMoves`.
   *
   * The environment variable `AZURESTACK_CSP_CONFIRMED_MOVES` beats it for one run.
   */
  readonly confirmedMoves?: number | string | undefined;
}

/** The inputs of a {@link TenantListGuard}. */
export interface TenantListGuardArgs extends TenantListGuardLimits {
  /**
   * The list whose changes are guarded. With what `requireTenantList` saw live, what is not live is not counted as lost,
   * and a mapping that the state holds and that is not live is written again.
   */
  readonly list: LookedAtTenantList;
}

/**
 * A guard on a tenant list: it stops `pulumi preview` and `pulumi up` before their first loss, where a list that was
 * emptied, cut off or shifted would remove or move more than its limits allow.
 *
 * It holds nothing in Azure. It remembers the mappings that the last run declared, by ARM id and tenant, and compares;
 * renaming rows or registration keys does not count, and neither does what is not live where the list was looked at. What it
 * does not remember is counted as it is sent, by the same limits, and stopped at the first removal or move too many.
 * `pulumi destroy` is not stopped by it, but by `protect`.
 *
 * @throws ProviderError `CSP_PROVIDER_GIVEN` where it is given a provider of its own, which would be another process
 *   than the one that removes.
 */
export class TenantListGuard extends pulumi.CustomResource {
  /** Settles when the guard has let the run pass; what has to wait for it takes a value from here. */
  readonly passed: Promise<void>;

  constructor(name: string, { list, ...limits }: TenantListGuardArgs, options?: pulumi.CustomResourceOptions) {
    requireDynamic();
    refuseProviders(name, options);
    super(
      KINDS.TenantListGuard,
      name,
      {
        ...{ __provider: providerOf("TenantListGuard"), mappings: textsOf(list) },
        // Its check keeps this out of the state.
        ...(list.live ? { live: writeMappings(list.live) } : {}),
        ...{ ...withDefaults(limits), ...confirmedIn(process.env) },
      },
      options,
    );
    this.passed = new Promise((resolve) => {
      this.urn.apply(() => resolve());
    });
  }
}

/** Written out, so that a limit which is missing from a run is not taken for the default. */
function withDefaults({ maxRemovals, maxMoves, ...confirmed }: TenantListGuardLimits): TenantListGuardLimits {
  const otherwise = formatLimit(DEFAULT_LIMIT);
  return { maxRemovals: maxRemovals ?? otherwise, maxMoves: maxMoves ?? otherwise, ...confirmed };
}

/** What is no number is left to the guard's check to refuse. */
function confirmedIn(env: NodeJS.ProcessEnv) {
  const { AZURESTACK_CSP_CONFIRMED_REMOVALS: confirmedRemovals, AZURESTACK_CSP_CONFIRMED_MOVES: confirmedMoves } = env;
  return { ...(confirmedRemovals ? { confirmedRemovals } : {}), ...(confirmedMoves ? { confirmedMoves } : {}) };
}

function textsOf(list: TenantList): MappingTexts {
  const mappings = toDeclarations(list).map(({ id, inputs }) => ({ id, tenantId: inputs.tenantId }));
  return writeMappings(toMappingTable(mappings));
}
