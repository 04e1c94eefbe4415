import { dateProblem, guidProblem, printableProblem } from "../validators.ts";
import type { MapEntry, SourceNode } from "./formats/sourceNode.ts";
import { type Fields, isGiven, type NodeReader } from "./nodeReader.ts";
import { formatPlace, type Place, type Tenant, type TenantMapping, type TenantState } from "./tenantList.ts";

/** The keys of a tenant in the list. */
export const TENANT_KEYS = [
  "name",
  "tenantId",
  "customerSubscriptionId",
  "registrations",
  "state",
  "retainUntil",
  "overwrite",
  "labels",
] as const;

/** The keys of `defaults` in the list. */
export const DEFAULTS_KEYS = ["registrations", "labels"] as const;

/** What a cost centre, say, is more likely than a misspelled key. */
const OWN_VALUES = " (values of your own belong under `labels`)";

const MAPPING_KEYS = ["customerSubscriptionId"] as const;

/** What holds for every tenant that does not say otherwise. */
export interface TenantDefaults {
  readonly registrations: readonly RegistrationChoice[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A registration that a tenant names, with another customer subscription than its usual one if it gives one. */
interface RegistrationChoice {
  readonly key: string;
  readonly place: Place;
  readonly customerSubscriptionId?: string;
}

/** The `defaults` of the list. */
export function readDefaults(node: SourceNode | undefined, reader: NodeReader): TenantDefaults {
  const shape = { known: DEFAULTS_KEYS, of: "`defaults`" };
  const fields = node && isGiven(node) ? reader.fields(node, shape) : undefined;
  const registrations = fields?.get("registrations");
  return {
    registrations: registrations ? readKeys(registrations, reader) : [],
    labels: readLabels(fields?.get("labels"), reader),
  };
}

/** Reads the `tenants` of one file after another; a row that lacks what identifies it is left out, with issues. */
export function createTenantsReader(reader: NodeReader, defaults: TenantDefaults) {
  return (node: SourceNode): readonly Tenant[] => {
    if (node.kind !== "list") {
      reader.unexpected(node, "a list of tenants, `[]` if none is meant");
      return [];
    }
    return node.items.map((item) => readTenant(item, { reader, defaults })).filter((tenant) => tenant !== undefined);
  };
}

interface Context {
  readonly reader: NodeReader;
  readonly defaults: TenantDefaults;
}

function readTenant(node: SourceNode, context: Context): Tenant | undefined {
  const { reader, defaults } = context;
  const fields = reader.fields(node, { known: TENANT_KEYS, of: "a tenant", otherwise: OWN_VALUES });
  if (!fields) return undefined;
  const { place } = node;
  for (const key of ["name", "tenantId"]) if (!fields.has(key)) reader.missing(place, key);
  const name = reader.text(fields.get("name"), printableProblem);
  const tenantId = reader.text(fields.get("tenantId"), guidProblem);
  const row: Row = { fields, place, called: name ?? tenantId ?? place.path };
  const mappings = readMappings(row, context);
  const offboarding = readOffboarding(row, reader);
  const overwrite = readOverwrite(fields.get("overwrite"), reader);
  const labels = { ...defaults.labels, ...readLabels(fields.get("labels"), reader) };
  if (name === undefined || tenantId === undefined) return undefined;
  return { name, tenantId, mappings, labels, ...offboarding, overwrite, place };
}

interface Row {
  readonly fields: Fields;
  readonly place: Place;
  /** What messages call the tenant. */
  readonly called: string;
}

function readMappings({ fields, place, called }: Row, { reader, defaults }: Context): readonly TenantMapping[] {
  const usual = reader.text(fields.get("customerSubscriptionId"), guidProblem);
  const node = fields.get("registrations");
  const choices = node ? readChoices(node, reader) : defaults.registrations;
  if (choices.length === 0 && (!node || isEmpty(node))) {
    const nowhere = { ...(node?.place ?? place), path: `${place.path}.registrations` };
    reader.issues.error(nowhere, "CSP_LIST_NO_REGISTRATIONS", { tenant: called });
  }
  const isUsualNeeded = choices.some((choice) => choice.customerSubscriptionId === undefined);
  if (isUsualNeeded && !fields.has("customerSubscriptionId")) reader.missing(place, "customerSubscriptionId");
  return choices.flatMap(({ key, place, customerSubscriptionId = usual }) =>
    customerSubscriptionId === undefined ? [] : [{ registrationKey: key, customerSubscriptionId, place }],
  );
}

function isEmpty(node: SourceNode): boolean {
  return (node.kind === "list" && node.items.length === 0) || (node.kind === "map" && node.entries.length === 0);
}

function readChoices(node: SourceNode, reader: NodeReader): readonly RegistrationChoice[] {
  return node.kind === "map" ? node.entries.map((entry) => readChoice(entry, reader)) : readKeys(node, reader);
}

function readChoice({ key, place, value }: MapEntry, reader: NodeReader): RegistrationChoice {
  if (!isGiven(value)) return { key, place };
  const fields = reader.fields(value, { known: MAPPING_KEYS, of: "a tenant's registration" });
  // An empty id here says that another one was meant: the usual one would silently take its place.
  const node = value.kind === "map" ? value.entries.find((entry) => entry.key === "customerSubscriptionId") : undefined;
  if (node && !isGiven(node.value)) reader.missing(value.place, node.key);
  const customerSubscriptionId = reader.text(fields?.get("customerSubscriptionId"), guidProblem);
  return customerSubscriptionId === undefined ? { key, place } : { key, place, customerSubscriptionId };
}

function readKeys(node: SourceNode, reader: NodeReader): readonly RegistrationChoice[] {
  const keys = reader.scalars(node, "a list of registration keys");
  return keys.map(({ text = "", place }) => ({ key: text.trim(), place }));
}

function readOffboarding({ fields, place, called }: Row, reader: NodeReader) {
  const state = readState(fields.get("state"), reader);
  const retainUntil = reader.text(fields.get("retainUntil"), dateProblem);
  if (state === "suspended" && !fields.has("retainUntil")) {
    const missing = { ...place, path: `${place.path}.retainUntil` };
    reader.issues.error(missing, "CSP_LIST_RETAIN_UNTIL_MISSING", { tenant: called });
  }
  return retainUntil === undefined ? { state } : { state, retainUntil };
}

function readState(node: SourceNode | undefined, reader: NodeReader): TenantState {
  const text = reader.text(node);
  if (text === "active" || text === "suspended") return text;
  if (node && text !== undefined) reader.unexpected(node, "`active` or `suspended`");
  return "active";
}

function readOverwrite(node: SourceNode | undefined, reader: NodeReader): readonly string[] {
  if (!node) return [];
  const ids = reader.scalars(node, "a list of customer subscription ids");
  return ids.map((id) => reader.text(id, guidProblem)).filter((id) => id !== undefined);
}

function readLabels(node: SourceNode | undefined, reader: NodeReader): Readonly<Record<string, string>> {
  if (!node) return {};
  if (node.kind !== "map") {
    reader.unexpected(node, "a map of texts");
    return {};
  }
  const entries = node.entries.filter(({ value }) => isGiven(value));
  const firsts = new Map<string, Place>();
  const labels = entries.map(({ key, place, value }) => {
    const name = key.trim();
    const first = firsts.get(name);
    if (first) reader.issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key: name, first: formatPlace(first) });
    else firsts.set(name, place);
    if (name === "") reader.unexpected(value, "a value with a name");
    reader.issues.take(value.place, printableProblem(`the name of ${value.place.path}`, name));
    return [name, reader.text(value, printableProblem)] as const;
  });
  return Object.fromEntries(labels.filter((label): label is readonly [string, string] => label[1] !== undefined));
}
