import { type ErrorFamily, providerFamilies } from "@azurestack-csp/provider";
import { hostFamily } from "../../dynamicHost/hostErrors.ts";
import { commandFamily } from "./commandErrors.ts";
import { reconcileFamily } from "./reconcileErrors.ts";
import { isInstalled } from "./requirePart.ts";
import { settingsFamily } from "./settingsErrors.ts";

/** Every family of the product, in the order of `docs/errors.md`, which is made of them as `explain` is. */
export const errorFamilies: readonly ErrorFamily[] = [
  ...providerFamilies,
  commandFamily,
  settingsFamily,
  reconcileFamily,
  hostFamily,
  ...(await familiesOfParts()),
];

/** Who has such an error has the package; its errors are a door of their own, behind which no engine is loaded. */
async function familiesOfParts(): Promise<readonly ErrorFamily[]> {
  if (!isInstalled("@azurestack-csp/usage")) return [];
  const { usageFamilies } = await import("@azurestack-csp/usage/errors");
  return usageFamilies;
}
