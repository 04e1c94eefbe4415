import { accessErrors } from "./accessErrors.ts";
import { bridgeErrors } from "./bridgeErrors.ts";
import { customerExportErrors } from "./customerExportErrors.ts";
import type { DetailsOf, ErrorDefinition, ErrorFamily } from "./defineErrors.ts";
import { guardErrors } from "./guardErrors.ts";
import { hubErrors } from "./hubErrors.ts";
import { inputErrors } from "./inputErrors.ts";
import { mappingErrors } from "./mappingErrors.ts";
import { planErrors } from "./planErrors.ts";
import { registrationErrors } from "./registrationErrors.ts";
import { serviceErrors } from "./serviceErrors.ts";
import { tenantListErrors } from "./tenantListErrors.ts";
import { usageErrors } from "./usageErrors.ts";

/** The families of the provider and of what it reads, in the order of `docs/errors.md`. */
export const providerFamilies: readonly ErrorFamily[] = [
  inputErrors,
  mappingErrors,
  guardErrors,
  registrationErrors,
  accessErrors,
  serviceErrors,
  hubErrors,
  bridgeErrors,
  tenantListErrors,
  customerExportErrors,
  planErrors,
  usageErrors,
];

/** The errors and issues of these families by code; other packages have families of their own. */
export const errorCatalogue = {
  ...inputErrors.errors,
  ...mappingErrors.errors,
  ...guardErrors.errors,
  ...registrationErrors.errors,
  ...accessErrors.errors,
  ...serviceErrors.errors,
  ...hubErrors.errors,
  ...bridgeErrors.errors,
  ...tenantListErrors.errors,
  ...customerExportErrors.errors,
  ...planErrors.errors,
  ...usageErrors.errors,
} as const satisfies Readonly<Record<string, ErrorDefinition>>;

/** A stable code of the catalogue; once released, a code keeps its meaning for ever. */
export type ErrorCode = keyof typeof errorCatalogue;

/** An error of the catalogue, by its code, or the definition of one of another family. */
export type ErrorReference = ErrorCode | ErrorDefinition;

/** The code of a reference. */
export type CodeOf<Reference extends ErrorReference> = Reference extends ErrorDefinition<infer Code> ? Code : Reference;

/** The values that fill the placeholders of the texts of an error. */
export type Details<Reference extends ErrorReference> = Reference extends ErrorCode
  ? DetailsOf<(typeof errorCatalogue)[Reference]>
  : Reference extends ErrorDefinition
    ? DetailsOf<Reference>
    : never;

/** What a reference stands for. */
export function definitionOf(reference: ErrorReference): ErrorDefinition {
  return typeof reference === "string" ? errorCatalogue[reference] : reference;
}
