import {
  type Access,
  aFew,
  customerSubscriptionKey,
  ProviderError,
  parseRegistrationId,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import { KINDS } from "../../resources/kinds.ts";
import { reconcileErrors } from "../errors/reconcileErrors.ts";
import type { Step } from "./pulumi/stackEvents.ts";

/** What the checks of a mapping depend on, beside which one it is. */
const SETTINGS = ["retainUntil", "cloud", "credentialPrefix"] as const satisfies readonly (keyof Settings)[];

type Settings = Access & { readonly retainUntil?: string };

/** Settings by mapping, `<tenant> → <ARM id of the customer subscription>` in lower case. */
type Declared = ReadonlyMap<string, { readonly [Key in keyof Settings]?: unknown }>;

/**
 * Makes sure that a program declares what the checks were about: the same mappings, retained as long, reached alike.
 *
 * @throws ProviderError `CSP_RECONCILE_PROGRAM_DIFFERS`
 */
export function matchProgram(list: TenantList, steps: readonly Step[]): void {
  const listed = declaredByList(list);
  const programmed = declaredBySteps(steps);
  const differences = [
    ...[...listed.keys()]
      .filter((mapping) => !programmed.has(mapping))
      .map((mapping) => `${mapping} is only in the list`),
    ...[...programmed.keys()]
      .filter((mapping) => !listed.has(mapping))
      .map((mapping) => `${mapping} is only in the program`),
    ...[...listed.keys()].flatMap((mapping) => settingDifferences(mapping, listed, programmed)),
  ];
  if (differences.length === 0) return;
  throw new ProviderError(reconcileErrors.CSP_RECONCILE_PROGRAM_DIFFERS, { differences: aFew(differences) });
}

function settingDifferences(mapping: string, listed: Declared, programmed: Declared): readonly string[] {
  const [inList, inProgram] = [listed.get(mapping), programmed.get(mapping)];
  if (!inList || !inProgram) return [];
  return SETTINGS.filter((name) => inList[name] !== inProgram[name]).map(
    (name) =>
      `${name} of ${mapping} is ${inList[name] ?? "not set"} in the list and ${inProgram[name] ?? "not set"} in the program`,
  );
}

function declaredByList(list: TenantList): Declared {
  return new Map(
    toDeclarations(list).map(({ id, inputs }) => [
      declarationKey(inputs.tenantId, customerSubscriptionKey(id)),
      inputs,
    ]),
  );
}

/** What a previewed program declares; a mapping that the preview does not know is left out. */
function declaredBySteps(steps: readonly Step[]): Declared {
  return new Map(steps.flatMap(declaredByStep));
}

function declaredByStep({ type, op, inputs }: Step): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  if (type !== KINDS.CustomerSubscription || !inputs || op.startsWith("delete") || op === "discard-replaced") return [];
  const { registrationId, tenantId, customerSubscriptionId } = inputs;
  if (![registrationId, tenantId, customerSubscriptionId].every((value) => typeof value === "string")) return [];
  const registration = parseRegistrationId(String(registrationId));
  if (!registration) return [];
  const id = { registration, customerSubscriptionId: String(customerSubscriptionId) };
  return [[declarationKey(String(tenantId), customerSubscriptionKey(id)), inputs]];
}

function declarationKey(tenantId: string, customerSubscription: string): string {
  return `${tenantId.toLowerCase()} → ${customerSubscription}`;
}
