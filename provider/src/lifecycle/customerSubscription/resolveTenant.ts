import { directoryMismatch } from "../../domain/customerSubscription/directoryMismatch.ts";
import { isProviderError, ProviderError } from "../../domain/errors/providerError.ts";
import { type CustomerSubscriptionId, sameId } from "../../domain/ids.ts";
import type { Deps } from "./deps.ts";

/**
 * The tenant to write for a customer subscription: the declared one, which has to be the subscription's own directory.
 *
 * Left out, it is that directory. Where Azure does not say which directory that is, or cannot be asked, a declared tenant
 * is taken with a warning, as a plan takes it: a guess would be worse.
 *
 * @throws ProviderError `CSP_DIRECTORY_MISMATCH`; where there is nothing to go by, `CSP_DIRECTORY_UNRESOLVED`, or why Azure
 *   could not be asked.
 */
export async function resolveTenant(
  deps: Deps,
  id: CustomerSubscriptionId,
  declared: string | undefined,
): Promise<string> {
  const { customerSubscriptionId } = id;
  const { directory, failure } = await askForDirectory(deps, customerSubscriptionId);
  if (declared === undefined) {
    if (failure) throw failure;
    if (directory === undefined) throw new ProviderError("CSP_DIRECTORY_UNRESOLVED", { customerSubscriptionId });
    return directory.toLowerCase();
  }
  if (directory === undefined) {
    const reason = failure ? ` (${failure.message})` : "";
    deps.say(
      `Azure did not say which directory customer subscription ${customerSubscriptionId} belongs to${reason}, so nothing shows that tenant ${declared} is right; it is taken as declared.`,
    );
  } else if (!sameId(directory, declared)) {
    throw directoryMismatch({ customerSubscriptionId, directory, tenantId: declared });
  }
  return declared;
}

/** The directory of a subscription, or why Azure could not be asked for it; neither where Azure does not say. */
export async function askForDirectory(
  { client }: Pick<Deps, "client">,
  customerSubscriptionId: string,
): Promise<{ readonly directory?: string | undefined; readonly failure?: ProviderError }> {
  try {
    return { directory: await client.getDirectory(customerSubscriptionId) };
  } catch (error) {
    if (isProviderError(error)) return { failure: error };
    throw error;
  }
}
