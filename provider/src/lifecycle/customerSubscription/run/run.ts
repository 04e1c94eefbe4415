import { type CustomerSubscriptionId, customerSubscriptionKey } from "../../../domain/ids.ts";
import { type Allowance, createAllowance } from "../../allowance.ts";
import { createLiveFindings, type LiveFindings } from "../../liveFindings.ts";
import { NO_NOTES, type WriteNotes } from "../../writeNotes.ts";
import { type Claims, createClaims } from "./claims.ts";
import { type Mapping, mappingKey, sameMapping, tenantKey } from "./mapping.ts";

/** A mapping that a state holds and that has to stay until the end of a day, `YYYY-MM-DD` in UTC. */
export interface RetainedMapping extends Mapping {
  readonly retainUntil: string;
}

/**
 * What one run of the engine has seen so far, shared by all resources of it.
 *
 * A run is one process of the dynamic host: the engine starts a new one for every preview, update, refresh and destroy.
 */
export interface Run {
  /** How many mappings the run may still take away. */
  readonly allowance: Allowance;
  /** What the resources of the run declare, and how far each has come. */
  readonly claims: Claims;
  /** What the program saw live before the run. */
  readonly findings: LiveFindings;
  /** What the run is about to write. */
  readonly notes: WriteNotes;
  /** Notes that the mapping which a resource holds unchanged is not live any more; `diff` calls it. */
  lose(id: CustomerSubscriptionId): void;
  /** Whether the mapping of a resource that is updated is not live any more. */
  isLost(id: CustomerSubscriptionId): boolean;
  /** Notes the directory of a mapping's subscription, which is not its tenant and which the state does not know; `diff` calls it. */
  noteDirectory(id: CustomerSubscriptionId, directory: string): void;
  /** The directory that was noted. */
  directoryOf(id: CustomerSubscriptionId): string | undefined;
  /** Notes that a resource that holds `from` is being moved to another subscription of its registration; `diff` calls it. */
  move(from: Mapping, to: string): void;
  /** Whether the resource that now writes `to` is being moved from the subscription `from`, where it held that tenant. */
  isMove(from: string, to: Mapping): boolean;
  /** The subscription from which the resource that now writes `to` is being moved there, if it is. */
  originOf(to: Mapping): string | undefined;
  /** Whether the resource that holds the mapping goes to another subscription, and its create has not begun. */
  isLeaving(from: Mapping): boolean;
  /** Notes a mapping that a resource of the stack holds and that has to stay; `diff` calls it. */
  retain(mapping: RetainedMapping): void;
  /** The noted mappings that a write takes away: its tenant's on other subscriptions, and other tenants' on its own. */
  retained(written: Mapping): readonly RetainedMapping[];
}

/** An empty memory of a run. */
export function createRun({ notes = NO_NOTES }: { readonly notes?: WriteNotes | undefined } = {}): Run {
  const lost = new Set<string>();
  const directories = new Map<string, string>();
  const moves = new Set<string>();
  const origins = new Map<string, string>();
  const destinations = new Map<string, CustomerSubscriptionId>();
  const retainedBySubscription = new Map<string, RetainedMapping>();
  const retainedByTenant = new Map<string, RetainedMapping>();

  const claims = createClaims();

  return {
    allowance: createAllowance(),
    claims,
    findings: createLiveFindings(),
    notes,
    lose: (id) => void lost.add(customerSubscriptionKey(id)),
    isLost: (id) => lost.has(customerSubscriptionKey(id)),
    noteDirectory: (id, directory) => void directories.set(customerSubscriptionKey(id), directory),
    directoryOf: (id) => directories.get(customerSubscriptionKey(id)),
    move(from, to) {
      const written = { id: { ...from.id, customerSubscriptionId: to }, tenantId: from.tenantId };
      moves.add(moveKey(written, from.id.customerSubscriptionId));
      origins.set(mappingKey(written), from.id.customerSubscriptionId);
      destinations.set(mappingKey(from), written.id);
    },
    isMove: (from, to) => moves.has(moveKey(to, from)),
    originOf: (to) => origins.get(mappingKey(to)),
    isLeaving(from) {
      const destination = destinations.get(mappingKey(from));
      return destination !== undefined && claims.of(destination)?.stage === "declared";
    },
    retain(mapping) {
      retainedBySubscription.set(customerSubscriptionKey(mapping.id), mapping);
      retainedByTenant.set(tenantKey(mapping), mapping);
    },
    retained(written) {
      const ofSubscription = retainedBySubscription.get(customerSubscriptionKey(written.id));
      const ofTenant = retainedByTenant.get(tenantKey(written));
      return [ofSubscription, ofTenant]
        .filter((held) => held !== undefined)
        .filter((held) => !sameMapping(held, written));
    },
  };
}

function moveKey(to: Mapping, from: string): string {
  return `${mappingKey(to)}|${from.toLowerCase()}`;
}
