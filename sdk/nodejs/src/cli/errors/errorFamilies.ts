import { type ErrorFamily, providerFamilies } from "@azurestack-csp/provider";
import { hostFamily } from "../../dynamicHost/hostErrors.ts";
import { commandFamily } from "./commandErrors.ts";
import { reconcileFamily } from "./reconcileErrors.ts";
import { settingsFamily } from "./settingsErrors.ts";

/** Every family of the product, in the order of `docs/errors.md`, which is made of them as `explain` is. */
export const errorFamilies: readonly ErrorFamily[] = [
  ...providerFamilies,
  commandFamily,
  settingsFamily,
  reconcileFamily,
  hostFamily,
];
