import type { Access } from "../access.ts";
import { type CustomerSubscriptionId, formatRegistrationId, type RegistrationId, sameId } from "../ids.ts";
import { type Issue, issue } from "../issues.ts";
import { isUnknown, UNKNOWN_VALUE } from "../unknown.ts";
import {
  cloudNameProblem,
  credentialPrefixProblem,
  dateProblem,
  guidProblem,
  judgeRegistrationId,
  registrationNameProblem,
  resourceGroupProblem,
} from "../validators.ts";

/** What a customer subscription is declared by, in the one form that every spelling of the inputs is brought into. */
export interface CustomerSubscriptionInputs extends Access {
  /** ARM id of the registration. */
  readonly registrationId: string;
  /** The customer's Azure subscription; a GUID in lower case. */
  readonly customerSubscriptionId: string;
  /** The customer's directory; a GUID in lower case. Left out, it is the directory of the subscription. */
  readonly tenantId?: string;
  /** Customer subscriptions whose live mapping a write may displace; GUIDs in lower case. */
  readonly overwrite?: readonly string[];
  /** The day until whose end (UTC) the mapping is not removed, `YYYY-MM-DD`. */
  readonly retainUntil?: string;
}

/** The inputs as far as they are known, and every problem they have. */
export interface CheckedInputs {
  /** In the form of {@link CustomerSubscriptionInputs}; a value not known yet stays the engine's stand-in. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
  /** Which mapping is meant, where registration and customer subscription are known and fit. */
  readonly id: CustomerSubscriptionId | undefined;
}

/**
 * The property by which a program tells that its resource is deleted before it is replaced, because no engine does.
 *
 * It goes no further than a check, so that no state holds it.
 */
export const DELETED_FIRST = "__deleteBeforeReplace";

type Properties = Readonly<Record<string, unknown>>;
/** What was read: the value, the engine's stand-in where it is not known yet, nothing where it is missing or unfit. */
type Read<Value> = Value | typeof UNKNOWN_VALUE | undefined;
type Problem = (path: string, value: string) => Issue | undefined;

const REGISTRATION_PARTS = ["registrationSubscriptionId", "resourceGroup", "registrationName"] as const;
const KNOWN = [
  "registrationId",
  ...REGISTRATION_PARTS,
  "customerSubscriptionId",
  "tenantId",
  "overwrite",
  "retainUntil",
  "cloud",
  "credentialPrefix",
];

/**
 * Judges the inputs of a customer subscription and brings them into one form, offline.
 *
 * Values that a preview does not know yet pass, recognised before their shape is judged because the stand-in has the
 * shape of a GUID. Ids come out in lower case, the form that the service's documentation asks for; the names of
 * resource group and registration keep their spelling.
 */
export function checkInputs(properties: Properties): CheckedInputs {
  const issues: Issue[] = [...unknownKeys(properties)];
  const registration = readRegistration(properties, issues);
  const customerSubscriptionId = readGuid(properties, "customerSubscriptionId", issues);
  if (customerSubscriptionId === undefined && properties.customerSubscriptionId == null) {
    issues.push(missing("customerSubscriptionId"));
  }
  const id = knownId(registration, customerSubscriptionId);
  if (id) issues.push(...ownSubscription(id));
  const inputs = {
    registrationId: typeof registration === "object" ? formatRegistrationId(registration) : registration,
    customerSubscriptionId,
    tenantId: readGuid(properties, "tenantId", issues),
    overwrite: readOverwrite(properties.overwrite, issues),
    retainUntil: readText(properties, "retainUntil", dateProblem, issues),
    cloud: readText(properties, "cloud", cloudNameProblem, issues),
    credentialPrefix: readText(properties, "credentialPrefix", credentialPrefixProblem, issues),
  };
  return { inputs: withoutAbsent(inputs), issues, id };
}

function knownId(
  registration: Read<RegistrationId>,
  customerSubscriptionId: string | undefined,
): CustomerSubscriptionId | undefined {
  if (typeof registration !== "object" || customerSubscriptionId === undefined) return undefined;
  return isUnknown(customerSubscriptionId) ? undefined : { registration, customerSubscriptionId };
}

/** An engine leaves out what it does not know in a real run: outputs of another stack, after a run in which something failed. */
function missing(property: string): Issue {
  const hint =
    " Where it comes from another stack or resource, that one has probably failed: cure it and run it again first.";
  return issue(property, "CSP_INPUT_REQUIRED", { property, hint });
}

function unknownKeys(properties: Properties): Issue[] {
  return Object.keys(properties)
    .filter((key) => key !== "__provider" && !KNOWN.includes(key))
    .map((key) => issue(key, "CSP_INPUT_UNKNOWN", { property: key, known: KNOWN.join(", ") }));
}

function readRegistration(properties: Properties, issues: Issue[]): Read<RegistrationId> {
  const given = REGISTRATION_PARTS.filter((part) => properties[part] != null);
  if (properties.registrationId != null) {
    issues.push(...given.map((part) => issue(part, "CSP_REGISTRATION_GIVEN_TWICE", { property: part })));
    return readRegistrationId(properties.registrationId, issues);
  }
  const registrationSubscriptionId = readGuid(properties, "registrationSubscriptionId", issues);
  const resourceGroup = readText(properties, "resourceGroup", resourceGroupProblem, issues);
  const registrationName = readText(properties, "registrationName", registrationNameProblem, issues);
  issues.push(...REGISTRATION_PARTS.filter((part) => properties[part] == null).map(missing));
  if (registrationSubscriptionId === undefined || resourceGroup === undefined || registrationName === undefined) return;
  const parts = { registrationSubscriptionId, resourceGroup, registrationName };
  return isUnknown(parts) ? UNKNOWN_VALUE : parts;
}

function readRegistrationId(value: unknown, issues: Issue[]): Read<RegistrationId> {
  if (isUnknown(value)) return UNKNOWN_VALUE;
  const text = textOf("registrationId", value, issues);
  if (text === undefined) return undefined;
  const { registration, problems } = judgeRegistrationId("registrationId", text);
  issues.push(...problems);
  if (!registration || problems.length > 0) return undefined;
  return { ...registration, registrationSubscriptionId: registration.registrationSubscriptionId.toLowerCase() };
}

function readGuid(properties: Properties, property: string, issues: Issue[]): string | undefined {
  return readText(properties, property, guidProblem, issues)?.toLowerCase();
}

function readText(properties: Properties, property: string, problem: Problem, issues: Issue[]): string | undefined {
  const value = properties[property];
  if (value == null) return undefined;
  if (isUnknown(value)) return UNKNOWN_VALUE;
  const text = textOf(property, value, issues);
  if (text === undefined) return undefined;
  const found = problem(property, text);
  if (found) issues.push(found);
  return found ? undefined : text;
}

function readOverwrite(value: unknown, issues: Issue[]): unknown {
  if (value == null) return undefined;
  if (value === UNKNOWN_VALUE) return UNKNOWN_VALUE;
  if (!Array.isArray(value)) {
    const expected = "a list of customer subscription ids";
    issues.push(issue("overwrite", "CSP_INPUT_TYPE", { property: "overwrite", given: typeName(value), expected }));
    return undefined;
  }
  return value.map((element: unknown, index) => {
    const path = `overwrite[${index}]`;
    return element == null ? textOf(path, element, issues) : readGuid({ [path]: element }, path, issues);
  });
}

function textOf(property: string, value: unknown, issues: Issue[]): string | undefined {
  if (typeof value === "string") return value;
  issues.push(issue(property, "CSP_INPUT_TYPE", { property, given: typeName(value), expected: "a text" }));
  return undefined;
}

function ownSubscription({ registration, customerSubscriptionId }: CustomerSubscriptionId): Issue[] {
  if (!sameId(registration.registrationSubscriptionId, customerSubscriptionId)) return [];
  const value = customerSubscriptionId;
  return [issue("customerSubscriptionId", "CSP_CUSTOMER_IS_REGISTRATION_SUBSCRIPTION", { value })];
}

function typeName(value: unknown): string {
  if (value == null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function withoutAbsent(values: Properties): Properties {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
