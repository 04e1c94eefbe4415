import { ProviderError } from "@azurestack-csp/provider";
import { commandErrors } from "./commandErrors.ts";

/** A part of the product that is a package of its own, because not everybody needs it. */
export interface Part {
  /** What it is called. */
  readonly name: string;
  readonly packageName: string;
}

/**
 * Makes sure that the package of a part is installed; told beforehand, since an import that fails may as well be a fault of
 * the package.
 *
 * @throws ProviderError `CSP_COMMAND_PART_MISSING`, which says how to add it
 */
export function requirePart({ name, packageName }: Part): void {
  if (!isInstalled(packageName)) throw new ProviderError(commandErrors.CSP_COMMAND_PART_MISSING, { name, packageName });
}

/** Whether a package is installed beside this one. */
export function isInstalled(packageName: string): boolean {
  try {
    return import.meta.resolve(packageName) !== "";
  } catch {
    return false;
  }
}
