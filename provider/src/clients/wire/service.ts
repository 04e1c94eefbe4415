import type { Answer, AnswerRules } from "./answer.ts";
import type { Bucket } from "./pacing/tokenBucket.ts";

/** A request as the rules of a service look at it. */
export interface ServiceRequest {
  /** In upper case. */
  readonly method: string;
  readonly url: string;
  /** A header of the request, its name in any letter case. */
  header(name: string): string | undefined;
}

/** What became of a request that was sent; without an answer nobody knows whether it was carried out. */
export type Outcome = Answer | "no answer";

/**
 * What a service says of itself, so that requests can be sent to it; everything else is alike for all services.
 *
 * `arm/armService.ts` is an example.
 */
export interface Service extends AnswerRules {
  /** `https://host[:port]`; no request, and so no token, goes to another one. */
  readonly origin: string;
  /** The resource that tokens are asked for, without `/.default`. */
  readonly audience: string;
  /**
   * Whether a request may be sent once more after an outcome; asked where no answer came, or one of 400 or more. What no
   * repetition cures, such as a refused certificate or sign-in, is not asked for; a request that never left, because the
   * sign-in before it was not answered, is always sent.
   *
   * By default an idempotent method may, after an outcome that passes; so a POST or PATCH is repeated only where the
   * service says so here, and keeps a repeated one from being carried out twice.
   */
  isRepeatable?(request: ServiceRequest, outcome: Outcome): boolean;
  /** The bucket that the service counts a request in, per principal. */
  bucketOf(request: Pick<ServiceRequest, "method" | "url">): Bucket;
}

/** Whether a request may be sent once more after the outcome, as the service says or by default. */
export function permitsRepeat(service: Service, request: ServiceRequest, outcome: Outcome): boolean {
  return service.isRepeatable?.(request, outcome) ?? (isIdempotent(request) && mayFareBetter(outcome));
}

const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const IDEMPOTENT_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/** Whether another attempt may fare better: no answer came, or one of 408, 429, 500, 502, 503 or 504. */
export function mayFareBetter(outcome: Outcome): boolean {
  return outcome === "no answer" || PASSING_STATUSES.has(outcome.status);
}

/** Whether sending the request twice does no more than sending it once (RFC 9110, 9.2.2). */
export function isIdempotent({ method }: Pick<ServiceRequest, "method">): boolean {
  return IDEMPOTENT_METHODS.has(method);
}
