import type { ErrorCode } from "../../../domain/errors/catalogue.ts";
import { isProviderError, ProviderError } from "../../../domain/errors/providerError.ts";
import { type CustomerSubscriptionId, customerSubscriptionKey, registrationKey } from "../../../domain/ids.ts";

/** Answers that every further request to the same registration would get as well. */
const FINAL: ReadonlySet<string> = new Set<ErrorCode>([
  "CSP_REGISTRATION_NOT_FOUND",
  "CSP_PARENT_NOT_FOUND",
  "CSP_SUBSCRIPTION_NOT_FOUND",
  "CSP_SUBSCRIPTION_DISABLED",
  "CSP_UNAUTHORIZED_CSP_REGISTRATION",
  "CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED",
  "CSP_TYPE_NOT_SERVED",
  "CSP_PROVIDER_NOT_REGISTERED",
  "CSP_NOT_AUTHENTICATED",
  "CSP_WRONG_DIRECTORY",
  "CSP_NOT_AUTHORIZED",
  "CSP_CREDENTIAL_MISSING",
  "CSP_CREDENTIAL_REFUSED",
  "CSP_CREDENTIAL_UNUSABLE",
  "CSP_CERTIFICATE_REFUSED",
]);

/** What registrations have refused in this run, so that a thousand customers do not repeat one refusal. */
export interface Refusals {
  /**
   * Runs a request for a customer subscription, unless its registration has refused one before.
   *
   * @throws ProviderError the request's own error, in full the first time, `CSP_REGISTRATION_STOPPED` after it.
   */
  guard<Result>(id: CustomerSubscriptionId, request: () => Promise<Result>): Promise<Result>;
  /**
   * Runs a write under {@link guard}; the first one to a registration goes alone, so that a registration that refuses
   * is written to once and not as many times as the engine works side by side.
   */
  guardWrite<Result>(id: CustomerSubscriptionId, write: () => Promise<Result>): Promise<Result>;
}

interface Refusal {
  readonly error: ProviderError;
  /** The customer subscription that met it first, and reports it in full. */
  readonly first: string;
}

/** An empty memory of refusals, for one run. */
export function createRefusals(): Refusals {
  const refusals = new Map<string, Refusal>();
  const firstWrites = new Map<string, Promise<unknown>>();

  const keep = (key: string, refusal: Refusal) => {
    refusals.set(key, refusal);
    return refusal;
  };
  const guard: Refusals["guard"] = async (id, request) => {
    const key = registrationKey(id.registration);
    const earlier = refusals.get(key);
    if (earlier) throw stopped(id, earlier.error);
    try {
      return await request();
    } catch (error) {
      if (!isProviderError(error) || !FINAL.has(error.code)) throw error;
      const { first } = refusals.get(key) ?? keep(key, { error, first: customerSubscriptionKey(id) });
      throw first === customerSubscriptionKey(id) ? error : stopped(id, error);
    }
  };
  return {
    guard,
    async guardWrite(id, write) {
      const key = registrationKey(id.registration);
      const first = firstWrites.get(key);
      if (first) await first;
      const written = guard(id, write);
      if (!first) firstWrites.set(key, settled(written));
      return await written;
    },
  };
}

function stopped(id: CustomerSubscriptionId, earlier: ProviderError): ProviderError {
  const { customerSubscriptionId, registration } = id;
  return new ProviderError("CSP_REGISTRATION_STOPPED", {
    customerSubscriptionId,
    registration: `registration ${registration.registrationName}`,
    code: earlier.code,
  });
}

async function settled(written: Promise<unknown>): Promise<void> {
  await written.catch(() => undefined);
}
