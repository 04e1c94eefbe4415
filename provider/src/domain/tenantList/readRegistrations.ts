import { type Access, readAccess } from "../access.ts";
import type { RegistrationId } from "../ids.ts";
import type { DeclaredLock } from "../locks.ts";
import { unprintableIn } from "../printable.ts";
import {
  cloudNameProblem,
  credentialPrefixProblem,
  guidProblem,
  judgeRegistrationId,
  lockLevelProblem,
  printableProblem,
  registrationNameProblem,
  resourceGroupProblem,
} from "../validators.ts";
import type { MapEntry, SourceNode } from "./formats/sourceNode.ts";
import { type Fields, isGiven, type NodeReader } from "./nodeReader.ts";
import { readHub } from "./readHub.ts";
import type { ListedRegistration, Place } from "./tenantList.ts";

const KEY = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

const NAMES = {
  registrationSubscriptionId: guidProblem,
  resourceGroup: resourceGroupProblem,
  registrationName: registrationNameProblem,
} as const;

const ACCESS = { cloud: cloudNameProblem, credentialPrefix: credentialPrefixProblem } as const;

/** The keys of a registration in the list. */
export const REGISTRATION_KEYS: readonly string[] = [
  "registrationId",
  ...Object.keys(NAMES),
  ...Object.keys(ACCESS),
  "lock",
  "hub",
];

/** The keys of a registration's lock. */
export const LOCK_KEYS: readonly string[] = ["name", "level", "notes"];

/** The registrations that the `registrations` of one file defines; one that cannot be told is left out, with issues. */
export function readRegistrations(node: SourceNode, reader: NodeReader): readonly ListedRegistration[] {
  if (!isGiven(node)) return [];
  if (node.kind !== "map") {
    reader.unexpected(node, "a map of registrations by key");
    return [];
  }
  return node.entries
    .map((entry) => readRegistration(entry, reader))
    .filter((registration) => registration !== undefined);
}

function readRegistration({ key, place, value }: MapEntry, reader: NodeReader): ListedRegistration | undefined {
  if (!KEY.test(key) || unprintableIn(key).length > 0)
    reader.issues.error(place, "CSP_LIST_REGISTRATION_KEY", { value: key });
  const fields = reader.fields(value, { known: REGISTRATION_KEYS, of: "a registration" });
  if (!fields) return undefined;
  const registration = fields.has("registrationId") ? readId(fields, reader) : readNames(fields, { place, reader });
  const access = readAccessOf(fields, reader);
  const lock = readLock(fields.get("lock"), reader);
  const hub = readHub(fields.get("hub"), reader);
  const rest = { ...(access ? { access } : {}), ...(lock ? { lock } : {}), ...(hub ? { hub } : {}) };
  return registration && { key, registration, ...rest, place };
}

function readLock(node: SourceNode | undefined, reader: NodeReader): DeclaredLock | undefined {
  const fields = node && reader.fields(node, { known: LOCK_KEYS, of: "a lock" });
  if (!fields) return undefined;
  for (const key of ["name", "level"]) if (!fields.has(key)) reader.missing(node.place, key);
  const name = reader.text(fields.get("name"), printableProblem);
  const level = reader.text(fields.get("level"), lockLevelProblem);
  const notes = reader.text(fields.get("notes"), printableProblem);
  if (name === undefined || level === undefined) return undefined;
  return { name, level, ...(notes === undefined ? {} : { notes }) };
}

function readAccessOf(fields: Fields, { text }: NodeReader): Access | undefined {
  const cloud = text(fields.get("cloud"), ACCESS.cloud);
  const credentialPrefix = text(fields.get("credentialPrefix"), ACCESS.credentialPrefix);
  return cloud === undefined && credentialPrefix === undefined ? undefined : readAccess({ cloud, credentialPrefix });
}

function readId(fields: Fields, { issues, text }: NodeReader): RegistrationId | undefined {
  const node = fields.get("registrationId");
  const id = text(node);
  for (const name of Object.keys(NAMES)) {
    const part = fields.get(name);
    if (part) issues.error(part.place, "CSP_REGISTRATION_GIVEN_TWICE", { property: part.place.path });
  }
  if (!node || id === undefined) return undefined;
  const { registration, problems } = judgeRegistrationId(node.place.path, id);
  issues.take(node.place, ...problems);
  return registration;
}

function readNames(fields: Fields, at: { place: Place; reader: NodeReader }): RegistrationId | undefined {
  const { place, reader } = at;
  const read = (name: keyof typeof NAMES): string | undefined => {
    const node = fields.get(name);
    if (!node) reader.missing(place, name);
    return reader.text(node, NAMES[name]);
  };
  const registrationSubscriptionId = read("registrationSubscriptionId");
  const resourceGroup = read("resourceGroup");
  const registrationName = read("registrationName");
  if (registrationSubscriptionId === undefined || resourceGroup === undefined || registrationName === undefined) {
    return undefined;
  }
  return { registrationSubscriptionId, resourceGroup, registrationName };
}
