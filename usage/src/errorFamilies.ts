import type { ErrorFamily } from "@azurestack-csp/provider";
import { rateErrors, rateFamily } from "./domain/rates/rateErrors.ts";
import { usageErrors, usageFamily } from "./errors.ts";

/** Every family of this package, in the order of `docs/errors.md`; a door of its own, behind which no engine is loaded. */
export const usageFamilies: readonly ErrorFamily[] = [usageFamily, rateFamily];

export { rateErrors, usageErrors };
