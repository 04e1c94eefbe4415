import { compareAccess } from "../access.ts";
import { sameId } from "../ids.ts";
import type { Declaration } from "../tenantList/toDeclarations.ts";
import { isReadable, type LiveMapping } from "./liveFacts.ts";
import type { ManagedMapping } from "./managedMapping.ts";
import { CHANGE_KINDS, type ChangeKind, type PlannedChange } from "./plan.ts";
import { agrees, type RegistrationView } from "./registrationView.ts";

/** The changes that a run would make on a registration, and the rest. */
export interface Changes {
  /** In the order of {@link CHANGE_KINDS}, then by name. */
  readonly changes: readonly PlannedChange[];
  readonly extras: readonly LiveMapping[];
  /** Declared as managed, and live alike. */
  readonly unchanged: readonly Declaration[];
  /** Declared as managed, and not known to be live alike. */
  readonly unknown: number;
}

/** A declaration beside what the state and the service hold of it. */
export interface ComparedDeclaration {
  readonly declaration: Declaration;
  /** What is live on its customer subscription. */
  readonly live: LiveMapping | undefined;
  /** What the stack manages on its customer subscription. */
  readonly managed: ManagedMapping | undefined;
  /** The other customer subscriptions that its tenant is mapped to, live ones first; as spelled there. */
  readonly others: readonly string[];
  /** The other customer subscription that its own resource manages by now, so that a run may move it from there. */
  readonly movedFrom: string | undefined;
}

/** Puts a declaration beside what the state and the service hold of it. */
export function compareDeclaration(declaration: Declaration, view: RegistrationView): ComparedDeclaration {
  const { customerSubscriptionId, tenantId } = declaration.inputs;
  const subscription = customerSubscriptionId.toLowerCase();
  const tenant = tenantId.toLowerCase();
  const live = (view.live.byTenant.get(tenant) ?? []).map((mapping) => mapping.customerSubscriptionId);
  const kept = (view.kept.byTenant.get(tenant) ?? []).map(({ id }) => id.customerSubscriptionId);
  const others = new Map([...kept, ...live].map((id) => [id.toLowerCase(), id]));
  others.delete(subscription);
  const own = view.named.get(declaration.name)?.id.customerSubscriptionId;
  return {
    declaration,
    live: view.live.bySubscription.get(subscription),
    managed: view.kept.bySubscription.get(subscription),
    others: [...others.values()],
    movedFrom: own === undefined || sameId(own, customerSubscriptionId) ? undefined : own,
  };
}

/**
 * Compares what is declared, managed and live on one registration.
 *
 * @param options.stackIsUnknown - what is live then counts as the stack's own, whether or not Azure tells its tenant.
 */
export function planChanges(
  view: RegistrationView,
  { stackIsUnknown = false }: { readonly stackIsUnknown?: boolean } = {},
): Changes {
  const kindOf = (comparison: ComparedDeclaration) => kindOfChange(comparison, { stackIsUnknown });
  const compared = view.declarations.map((declaration) => compareDeclaration(declaration, view));
  const declared = compared.flatMap((comparison) => {
    const kind = kindOf(comparison);
    return kind ? [toChange(kind, comparison)] : [];
  });
  const left = compared.filter((comparison) => kindOf(comparison) === undefined);
  const told = left.filter((comparison) => isTold(comparison, view));
  const wanted = new Set(view.declarations.map(({ inputs }) => inputs.customerSubscriptionId.toLowerCase()));
  const takenFrom = Map.groupBy(
    declared.flatMap(({ fromSubscriptions, tenantId }) => fromSubscriptions.map((id) => ({ id, tenantId }))),
    ({ id }) => id.toLowerCase(),
  );
  const isLeft = (id: string, live: LiveMapping) =>
    takenFrom.get(id)?.some(({ tenantId }) => agrees(tenantId, live.tenantId)) ?? false;
  return {
    changes: [...declared, ...offboardings(view, (id) => wanted.has(id) || takenFrom.has(id))].sort(byDanger),
    extras: extras(view, (id, live) => wanted.has(id) || isLeft(id, live)),
    unchanged: told.map(({ declaration }) => declaration),
    unknown: left.length - told.length,
  };
}

/** Whether Azure told that the declaration is live as it says; where it was not read, the view shows the state. */
function isTold({ live }: ComparedDeclaration, { facts }: RegistrationView): boolean {
  return facts !== undefined && isReadable(facts) && live?.tenantId !== undefined;
}

function kindOfChange(
  comparison: ComparedDeclaration,
  { stackIsUnknown }: { readonly stackIsUnknown: boolean },
): ChangeKind | undefined {
  const { declaration, live, managed, others } = comparison;
  const { tenantId, overwrite = [], retainUntil } = declaration.inputs;
  const isManaged = managed !== undefined && agrees(managed.tenantId, tenantId);
  // A run cannot adopt what Azure does not tell the tenant of: it writes the mapping, which makes the tenant known.
  if (!live || (live.tenantId === undefined && !isManaged && !stackIsUnknown)) {
    if (isManaged) return "drift";
    if (others.length > 0) return "move";
    return managed ? "changeTenant" : "onboard";
  }
  if (!agrees(live.tenantId, tenantId)) return isManaged ? "drift" : "changeTenant";
  if (!isManaged) return others.some((id) => mayLeave(comparison, id, overwrite)) ? "move" : "adopt";
  if (managed.name !== declaration.name) return "rename";
  if (compareAccess(managed.access, declaration.inputs).length > 0) return "access";
  return managed.retainUntil === retainUntil ? undefined : "retention";
}

/** Whether a run may take the tenant away from the customer subscription. */
export function mayLeave({ movedFrom }: ComparedDeclaration, id: string, overwrite: readonly string[]): boolean {
  return (movedFrom !== undefined && sameId(movedFrom, id)) || overwrite.some((named) => sameId(named, id));
}

function toChange(kind: ChangeKind, { declaration, live, managed, others }: ComparedDeclaration): PlannedChange {
  const { tenantId, customerSubscriptionId, retainUntil } = declaration.inputs;
  const before = [live?.tenantId, managed?.tenantId].find((tenant) => !agrees(tenant, tenantId));
  return {
    kind,
    name: declaration.name,
    tenantName: declaration.tenantName,
    labels: declaration.labels,
    tenantId,
    customerSubscriptionId,
    fromSubscriptions: isWrite(kind) ? others : [],
    fromTenantId: isWrite(kind) ? before : undefined,
    liveTenantId: live?.tenantId,
    isLive: live !== undefined,
    retainUntil,
    fromRetainUntil: kind === "retention" ? managed?.retainUntil : undefined,
    accessChanges: managed ? compareAccess(managed.access, declaration.inputs) : [],
    place: declaration.place,
  };
}

/** Whether a run asks for the directory of the customer subscription before it carries the change out. */
export function asksForDirectory({ kind, accessChanges }: Pick<PlannedChange, "kind" | "accessChanges">): boolean {
  if (kind === "access") return accessChanges.some(({ setting }) => setting === "cloud");
  return kind !== "offboard" && kind !== "retention";
}

/** Whether a change of the kind is a PUT. */
export function isWrite(kind: ChangeKind): boolean {
  return kind === "onboard" || kind === "move" || kind === "changeTenant" || kind === "drift";
}

function offboardings(view: RegistrationView, isAccountedFor: (id: string) => boolean): readonly PlannedChange[] {
  const found = new Map<string, PlannedChange>();
  for (const { name, id, tenantId, retainUntil } of view.managed) {
    const key = id.customerSubscriptionId.toLowerCase();
    if (isAccountedFor(key)) continue;
    const live = view.live.bySubscription.get(key);
    found.set(key, {
      kind: "offboard",
      name,
      tenantName: undefined,
      labels: {},
      tenantId,
      customerSubscriptionId: id.customerSubscriptionId,
      fromSubscriptions: [],
      fromTenantId: undefined,
      liveTenantId: live?.tenantId,
      isLive: live !== undefined,
      retainUntil,
      fromRetainUntil: undefined,
      accessChanges: [],
      place: undefined,
    });
  }
  return [...found.values()];
}

/** A mapping that a run does not remove, because its tenant is no longer the managed one, stays as an extra. */
function extras(
  view: RegistrationView,
  isAccountedFor: (id: string, mapping: LiveMapping) => boolean,
): readonly LiveMapping[] {
  const managed = Map.groupBy(view.managed, ({ id }) => id.customerSubscriptionId.toLowerCase());
  const isManaged = (id: string, { tenantId }: LiveMapping) =>
    managed.get(id)?.some((mapping) => agrees(mapping.tenantId, tenantId)) ?? false;
  return [...view.live.bySubscription]
    .filter(([id, mapping]) => !isAccountedFor(id, mapping) && !isManaged(id, mapping))
    .filter(([id]) => !view.managedElsewhere.has(id))
    .map(([, mapping]) => mapping);
}

function byDanger(left: PlannedChange, right: PlannedChange): number {
  const rank = CHANGE_KINDS.indexOf(left.kind) - CHANGE_KINDS.indexOf(right.kind);
  if (rank !== 0) return rank;
  return left.name < right.name ? -1 : 1;
}
