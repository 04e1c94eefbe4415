import { ProviderError } from "../errors/providerError.ts";

/** What to do about one row for which nothing else is known. */
export const CORRECT_THE_ROW = "Correct the row: either the subscription or the tenant is not this customer's.";

/** The error of a customer subscription that belongs to another directory than the declared tenant. */
export function directoryMismatch(ids: {
  readonly customerSubscriptionId: string;
  readonly directory: string;
  readonly tenantId: string;
}): ProviderError {
  return new ProviderError("CSP_DIRECTORY_MISMATCH", { ...ids, seen: "", remedy: CORRECT_THE_ROW });
}
