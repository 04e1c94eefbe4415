import { ProviderError } from "../../../domain/errors/providerError.ts";
import { type CustomerSubscriptionId, customerSubscriptionKey, formatRegistrationId } from "../../../domain/ids.ts";
import type { Existing } from "../../resourceLifecycle.ts";
import { type Mapping, sameMapping, tenantKey } from "./mapping.ts";

/**
 * How far the run has come with what a resource declares.
 *
 * - `declared`: no create or update has been sent, and perhaps none will be.
 * - `made`: the create or update has succeeded.
 * - `unchanged`: the state holds it as it is declared.
 * - `failed`: the create or update was refused, or nobody knows what became of it.
 */
type Stage = "declared" | "made" | "unchanged" | "failed";

/** A customer subscription that a resource of the run declares. */
export interface Claim {
  readonly id: CustomerSubscriptionId;
  /** The tenant it is declared for; absent where it is left out and not resolved, or not known. */
  readonly tenantId: string | undefined;
  readonly stage: Stage;
  /** What went wrong, where it failed. */
  readonly error: unknown;
  /** Whether a removal may be that of the very resource that declares it, deleted first to be made anew. */
  readonly isRemade: boolean;
}

/** What `check` knows of a declaration beside its mapping. */
interface DeclarationFacts {
  /** Whether the resource had the same id in the last run. */
  readonly isContinued?: boolean;
  /** Whether the resource is deleted before it is replaced. */
  readonly isDeletedFirst?: boolean;
}

/**
 * What the resources of a run declare, and what became of each.
 *
 * A declaration alone protects nothing: an engine that goes on past errors, or that leaves out what depends on one, comes
 * to the removal of the old resource although the new one was never made.
 */
export interface Claims {
  /**
   * Notes that a resource of this run declares the id; `check` calls it, for a replaced resource more than once.
   *
   * @returns `CSP_CLAIMED_TWICE` where another resource was seen to declare the tenant with another subscription, or
   *   the subscription with another tenant; two that declare the same cannot be told from one that is checked again.
   */
  declare(
    id: CustomerSubscriptionId,
    tenantId: string | undefined,
    facts?: DeclarationFacts,
  ): ProviderError | undefined;
  /** Notes that the resource that declares the id holds it unchanged; `diff` calls it, after `check`. */
  hold(id: CustomerSubscriptionId): void;
  /** Notes that the resource that declares the id holds another one by now, whatever its inputs were; `diff` calls it. */
  replace(id: CustomerSubscriptionId): void;
  /**
   * Carries out the create or update of the resource that declares the id, and keeps what became of it.
   *
   * A removal of the same id that is under way is waited for, because it would hit what is written.
   */
  carryOut<Result>(id: CustomerSubscriptionId, act: () => Promise<Result>): Promise<Result>;
  /**
   * Carries out a removal, once no create or update of its id, or of its tenants on the registration, is under way.
   *
   * An engine removes after everything else, except for what it deletes before it replaces it.
   */
  removing<Result>(
    id: CustomerSubscriptionId,
    tenantIds: readonly string[],
    act: () => Promise<Result>,
  ): Promise<Result>;
  /** What a resource of this run declares for the subscription, and how far it has come. */
  of(id: CustomerSubscriptionId): Claim | undefined;
  /** The same for a tenant on a registration, with whatever subscription. */
  ofTenant(mapping: Mapping): Claim | undefined;
  /** Leaves a resource that was let go without a removal to the one that declares its id, until that one is made. */
  entrust(id: CustomerSubscriptionId, resource: Existing): void;
  /** Takes back what was entrusted and has not been made, or `undefined`. */
  takeBack(id: CustomerSubscriptionId): Existing | undefined;
  /**
   * Reserves a mapping for the resource that writes it.
   *
   * @throws ProviderError `CSP_CLAIMED_TWICE` where another resource of the run has, or declares, the tenant or the
   *   subscription.
   */
  reserve(mapping: Mapping): void;
  /** Gives a reservation back whose write failed, so that an engine may try the same resource again. */
  giveUp(mapping: Mapping): void;
}

interface Entry {
  readonly id: CustomerSubscriptionId;
  tenantId: string | undefined;
  stage: Stage;
  error: unknown;
  isContinued: boolean;
  isDeletedFirst: boolean;
  isReplaced: boolean;
  isReserved: boolean;
  entrusted: Existing | undefined;
  readonly attempts: Set<Promise<void>>;
}

/** Claims of a run in which nothing has been declared yet. */
export function createClaims(): Claims {
  const entries = new Map<string, Entry>();
  const byTenant = new Map<string, Entry>();
  const removals = new Map<string, Promise<unknown>>();

  const entryOf = (id: CustomerSubscriptionId): Entry => {
    const key = customerSubscriptionKey(id);
    const entry = entries.get(key) ?? newEntry(id);
    entries.set(key, entry);
    return entry;
  };
  /** The first mapping noted for a tenant or a subscription stays; one that contradicts it is refused and not noted. */
  const note = (mapping: Mapping): ProviderError | undefined => {
    const entry = entryOf(mapping.id);
    const noted = mappingOf(entry);
    if (noted && !sameMapping(noted, mapping)) return claimedTwice("one customer subscription", noted, mapping);
    const sameTenant = byTenant.get(tenantKey(mapping));
    const other = sameTenant && mappingOf(sameTenant);
    if (other && !sameMapping(other, mapping)) return claimedTwice("one tenant", other, mapping);
    entry.tenantId = mapping.tenantId;
    byTenant.set(tenantKey(mapping), entry);
    return undefined;
  };
  const underWay = (id: CustomerSubscriptionId, tenantIds: readonly string[]): readonly Promise<void>[] => {
    const rows = [
      entries.get(customerSubscriptionKey(id)),
      ...tenantIds.map((t) => byTenant.get(tenantKey({ id, tenantId: t }))),
    ];
    return rows.flatMap((entry) => [...(entry?.attempts ?? [])]);
  };

  return {
    declare(id, tenantId, { isContinued = false, isDeletedFirst = false } = {}) {
      const entry = entryOf(id);
      entry.isContinued ||= isContinued;
      entry.isDeletedFirst ||= isDeletedFirst;
      return tenantId === undefined ? undefined : note({ id, tenantId });
    },
    hold(id) {
      const entry = entries.get(customerSubscriptionKey(id));
      if (entry?.isContinued && entry.stage !== "made") entry.stage = "unchanged";
    },
    replace(id) {
      entryOf(id).isReplaced = true;
    },
    async carryOut(id, act) {
      const entry = entryOf(id);
      const earlier = removals.get(customerSubscriptionKey(id));
      const attempt = earlier ? earlier.then(act) : act();
      const settled: Promise<void> = attempt.then(
        () => {
          entry.attempts.delete(settled);
          entry.stage = "made";
          entry.entrusted = undefined;
        },
        (error: unknown) => {
          entry.attempts.delete(settled);
          // Of several resources that declare the same, it is enough that one holds it.
          if (entry.stage === "made" || entry.stage === "unchanged") return;
          entry.stage = "failed";
          entry.error = error;
        },
      );
      entry.attempts.add(settled);
      await settled;
      return await attempt;
    },
    async removing(id, tenantIds, act) {
      for (let open = underWay(id, tenantIds); open.length > 0; open = underWay(id, tenantIds)) await Promise.all(open);
      const key = customerSubscriptionKey(id);
      const removal = act();
      removals.set(key, Promise.allSettled([removals.get(key), removal]));
      return await removal;
    },
    of: (id) => claimOf(entries.get(customerSubscriptionKey(id))),
    ofTenant: (mapping) => claimOf(byTenant.get(tenantKey(mapping))),
    entrust(id, resource) {
      entryOf(id).entrusted = resource;
    },
    takeBack(id) {
      const entry = entryOf(id);
      const { entrusted } = entry;
      entry.entrusted = undefined;
      return entrusted;
    },
    reserve(mapping) {
      const entry = entryOf(mapping.id);
      if (entry.isReserved) throw claimedTwice("one customer subscription", mapping, mapping);
      const contradiction = note(mapping);
      if (contradiction) throw contradiction;
      entry.isReserved = true;
    },
    giveUp({ id }) {
      entryOf(id).isReserved = false;
    },
  };
}

function newEntry(id: CustomerSubscriptionId): Entry {
  return {
    id,
    tenantId: undefined,
    stage: "declared",
    error: undefined,
    isContinued: false,
    isDeletedFirst: false,
    isReplaced: false,
    isReserved: false,
    entrusted: undefined,
    attempts: new Set(),
  };
}

function mappingOf({ id, tenantId }: Entry): Mapping | undefined {
  return tenantId === undefined ? undefined : { id, tenantId };
}

function claimOf(entry: Entry | undefined): Claim | undefined {
  if (!entry) return undefined;
  const { id, tenantId, stage, error, isDeletedFirst, isReplaced } = entry;
  return { id, tenantId, stage, error, isRemade: isDeletedFirst && !isReplaced };
}

function claimedTwice(claimed: string, first: Mapping, second: Mapping): ProviderError {
  return new ProviderError("CSP_CLAIMED_TWICE", {
    claimed,
    registration: formatRegistrationId(second.id.registration),
    firstTenantId: first.tenantId,
    firstCustomerSubscriptionId: first.id.customerSubscriptionId,
    secondTenantId: second.tenantId,
    secondCustomerSubscriptionId: second.id.customerSubscriptionId,
  });
}
