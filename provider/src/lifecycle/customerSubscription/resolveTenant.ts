import { directoryMismatch } from "../../domain/customerSubscription/directoryMismatch.ts";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { type CustomerSubscriptionId, sameId } from "../../domain/ids.ts";
import type { Deps } from "./deps.ts";

/**
 * The tenant to write for a customer subscription: the declared one, which has to be the subscription's own directory.
 *
 * Left out, it is that directory. Where Azure does not say which directory that is, a declared tenant is taken with a
 * warning: a guess would be worse.
 *
 * @throws ProviderError `CSP_DIRECTORY_MISMATCH`, or `CSP_DIRECTORY_UNRESOLVED` where there is nothing to go by.
 */
export async function resolveTenant(
  deps: Deps,
  id: CustomerSubscriptionId,
  declared: string | undefined,
): Promise<string> {
  const { customerSubscriptionId } = id;
  const directory = await deps.client.getDirectory(customerSubscriptionId);
  if (declared === undefined) {
    if (directory === undefined) throw new ProviderError("CSP_DIRECTORY_UNRESOLVED", { customerSubscriptionId });
    return directory.toLowerCase();
  }
  if (directory === undefined) {
    deps.say(
      `Azure did not say which directory customer subscription ${customerSubscriptionId} belongs to, so nothing shows that tenant ${declared} is right; it is taken as declared.`,
    );
  } else if (!sameId(directory, declared)) {
    throw directoryMismatch({ customerSubscriptionId, directory, tenantId: declared });
  }
  return declared;
}
