import { CLOUD_NAMES } from "./access.ts";
import { isHubEndpoint } from "./hub.ts";
import { isGuid, NIL_GUID, parseCustomerSubscriptionId, parseRegistrationId, type RegistrationId } from "./ids.ts";
import { type Issue, issue } from "./issues.ts";
import { codePointOf, unprintableIn } from "./printable.ts";
import { isStandIn } from "./unknown.ts";

const CREDENTIAL_PREFIX = /^[A-Z][A-Z0-9_]*$/;
const RESOURCE_GROUP_CHARACTERS = /^[\p{L}\p{N}_\-.()]+$/u;
const NAME_REFUSED = /[<>%&:\\?/]/;

/** What keeps the value from being an id of a subscription or directory, or `undefined` where nothing does. */
export function guidProblem(path: string, value: string): Issue | undefined {
  if (value === NIL_GUID) return issue(path, "CSP_GUID_NIL", { property: path });
  if (isStandIn(value)) return issue(path, "CSP_VALUE_UNKNOWN", { property: path, value });
  if (isGuid(value)) return undefined;
  return issue(path, "CSP_GUID_MALFORMED", () => ({ property: path, value, hint: guidHint(value) }));
}

/**
 * What keeps the value from being the name of a resource group, or `undefined` where nothing does.
 *
 * Rules: 1 to 90 letters, digits, `_`, `-`, `.`, `(`, `)`; no full stop at the end (Azure naming rules,
 * Microsoft.Resources/resourceGroups).
 */
export function resourceGroupProblem(path: string, value: string): Issue | undefined {
  const reason = resourceGroupReason(value);
  return reason ? issue(path, "CSP_RESOURCE_GROUP_NAME", { property: path, value, reason }) : undefined;
}

/**
 * What keeps the value from being the name of a registration, or `undefined` where nothing does.
 *
 * Rules: those of ARM for every resource name, 1 to 260 characters without `<>%&:\?/` and control characters, here without anything invisible, and no
 * full stop or space at the end.
 */
export function registrationNameProblem(path: string, value: string): Issue | undefined {
  const reason = registrationNameReason(value);
  return reason ? issue(path, "CSP_REGISTRATION_NAME", { property: path, value, reason }) : undefined;
}

/** A text that is to be the ARM id of a registration, and was judged. */
export interface JudgedRegistrationId {
  /** The three names in it, fit or not; absent where it has another form. */
  readonly registration: RegistrationId | undefined;
  /** What keeps it from being one, all its parts judged; none where nothing does. */
  readonly problems: readonly Issue[];
}

/** Parses the ARM id of a registration, and judges all its parts. */
export function judgeRegistrationId(path: string, value: string): JudgedRegistrationId {
  const registration = parseRegistrationId(value);
  if (registration) return { registration, problems: registrationProblems(path, registration) };
  const malformed = issue(path, "CSP_REGISTRATION_ID_MALFORMED", { value, hint: registrationIdHint(value) });
  return { registration, problems: [malformed] };
}

/** What keeps three names from being those of a registration, all of them judged, or no issues. */
export function registrationProblems(path: string, registration: RegistrationId): readonly Issue[] {
  return [
    guidProblem(path, registration.registrationSubscriptionId),
    resourceGroupProblem(path, registration.resourceGroup),
    registrationNameProblem(path, registration.registrationName),
  ].filter((problem) => problem !== undefined);
}

/** The levels of management locks (Microsoft.Authorization/locks, 2016-09-01). */
const LOCK_LEVELS: readonly string[] = ["CanNotDelete", "ReadOnly"];

/** What keeps the value from being a text that people and terminals read alike, or `undefined` where nothing does. */
export function printableProblem(path: string, value: string): Issue | undefined {
  const characters = unprintableIn(value).join(", ");
  return characters === "" ? undefined : issue(path, "CSP_TEXT_UNPRINTABLE", { property: path, value, characters });
}

/** What keeps the value from being the level of a management lock, as ARM spells it, or `undefined` where nothing does. */
export function lockLevelProblem(path: string, value: string): Issue | undefined {
  return LOCK_LEVELS.includes(value) ? undefined : issue(path, "CSP_LOCK_LEVEL", { property: path, value });
}

/** What keeps the value from being a calendar date, written `YYYY-MM-DD`, or `undefined` where nothing does. */
export function dateProblem(path: string, value: string): Issue | undefined {
  return isDate(value)
    ? undefined
    : issue(path, "CSP_DATE_MALFORMED", { property: path, value, hint: dashHint(value) });
}

/** What keeps the value from being one of the clouds of {@link CLOUD_NAMES}, or `undefined` where nothing does. */
export function cloudNameProblem(path: string, value: string): Issue | undefined {
  if (CLOUD_NAMES.some((name) => name === value)) return undefined;
  return issue(path, "CSP_CLOUD_NAME", { property: path, value, known: CLOUD_NAMES.join(", ") });
}

/** What keeps the value from being the beginning of variables' names, or `undefined` where nothing does. */
export function credentialPrefixProblem(path: string, value: string): Issue | undefined {
  return CREDENTIAL_PREFIX.test(value) ? undefined : issue(path, "CSP_CREDENTIAL_PREFIX", { property: path, value });
}

/** What keeps the value from being the address of a Hub's endpoint, or `undefined` where nothing does. */
export function hubEndpointProblem(path: string, value: string): Issue | undefined {
  return isHubEndpoint(value)
    ? undefined
    : issue(path, "CSP_HUB_ENDPOINT", { property: path, value: withoutUser(value) });
}

/** An address for errors: what stands before an `@` may be a password. */
export function withoutUser(value: string): string {
  return value.replace(/\/\/[^/]*@/, "//***@");
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const instant = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value);
}

function guidHint(value: string): string {
  if (value === "") return " (it is empty)";
  if (value.trim() !== value) return " (there is white space around it)";
  if (/^[{(].*[)}]$/.test(value)) return " (there are braces around it)";
  if (/^urn:uuid:/i.test(value)) return " (there is a prefix before it)";
  if (/^\/?subscriptions\//i.test(value)) return " (it is an ARM id; the GUID alone is wanted)";
  if (/^[0-9a-f]{32}$/i.test(value)) return " (the hyphens are missing)";
  return dashHint(value);
}

/** Dashes and minus signs, which word processors and web pages put in the place of a hyphen. */
const DASH = /(?!-)[\p{Dash_Punctuation}\u00AD\u2043\u2212]/gu;

/** Names what looks like a hyphen and is none. */
function dashHint(value: string): string {
  const dashes = [...new Set(value.match(DASH))].map(codePointOf);
  return dashes.length === 0 ? "" : ` (${dashes.join(", ")} in it only looks like a hyphen, U+002D)`;
}

function resourceGroupReason(value: string): string | undefined {
  if (value === "") return "it is empty";
  if (value.length > 90) return `it has ${value.length} characters and at most 90 are allowed`;
  if (!RESOURCE_GROUP_CHARACTERS.test(value) || unprintableIn(value).length > 0)
    return "only letters, digits, _ - . ( ) are allowed";
  return value.endsWith(".") ? "it ends with a full stop" : undefined;
}

function registrationNameReason(value: string): string | undefined {
  if (value === "") return "it is empty";
  if (value.length > 260) return `it has ${value.length} characters and at most 260 are allowed`;
  if (NAME_REFUSED.test(value) || unprintableIn(value).length > 0) {
    return "< > % & : \\ ? / and characters that cannot be seen are not allowed";
  }
  return /[. ]$/.test(value) ? "it ends with a full stop or a space" : undefined;
}

function registrationIdHint(value: string): string {
  return parseCustomerSubscriptionId(value) ? " (it is that of a customer subscription under one)" : "";
}
