import { hasCode, ProviderError } from "../../domain/errors/providerError.ts";
import type { UsageQuery } from "../../domain/usage/usageQuery.ts";
import { type ArmTarget, armError, type Explanations } from "../arm/armError.ts";
import { readArmError } from "../arm/armErrorBody.ts";
import { type Answer, describeAnswer } from "../wire/answer.ts";
import { errorByStatus, strangeAnswer } from "../wire/answerErrors.ts";

/** What a request to a Hub was about. */
export interface HubTarget extends ArmTarget {
  /** The usage that was asked for. */
  readonly query?: UsageQuery;
  /** Whether the request was for a further page, by the link of the one before. */
  readonly isFurtherPage?: boolean;
}

/** The codes of the usage service, and of the gateway before it. */
const OWN: Explanations<HubTarget> = {
  noapiversion: (_, options, { request }) => new ProviderError("CSP_HUB_API_VERSION_MISSING", { request }, options),
  invalidproperty: (_, options, { request }) => new ProviderError("CSP_HUB_PROPERTY_INVALID", { request }, options),
  requestendtimeisinfuture: ({ query }, options, { request }) =>
    new ProviderError("CSP_HUB_END_IN_FUTURE", { request, end: query?.window.end ?? "an unknown time" }, options),
  subscriberidisnotdirecttenant: ({ query }, options) =>
    new ProviderError("CSP_HUB_NOT_A_SUBSCRIBER", { subscriberId: query?.subscriberId ?? "The subscriber" }, options),
  subscriptionidmissinginrequest: (_, options, { request }) =>
    new ProviderError("CSP_HUB_SUBSCRIPTION_MISSING", { request }, options),
  invalidaggregationgranularity: (_, options, { request }) =>
    new ProviderError("CSP_HUB_GRANULARITY", { request }, options),
  serviceunavailable: (_, options, { request, attempts }) =>
    new ProviderError("CSP_HUB_BUSY", { request, attempts: String(attempts) }, options),
  gatewaytimeout: (target, options, answer) =>
    target.query
      ? new ProviderError("CSP_HUB_GATEWAY_TIMEOUT", { request: answer.request }, options)
      : errorByStatus({ action: target.action, scope: target.id }, answer),
  processingnotcompleted: (_, options, { request }) => new ProviderError("CSP_HUB_NOT_PROCESSED", { request }, options),
};

/** Statuses by which a Hub may refuse a continuation token that it gave out itself, since nothing else is new in the request. */
const LOST: ReadonlySet<number> = new Set([400, 410]);

/** The error that an answer of a Hub's resource manager means. */
export function hubError(target: HubTarget, answer: Answer): ProviderError {
  if (target.isFurtherPage && answer.error !== undefined && LOST.has(answer.status)) {
    return new ProviderError("CSP_HUB_PAGE_LOST", { request: answer.request }, { answer: describeAnswer(answer) });
  }
  if (answer.status < 400) return unfinished(answer);
  const error = armError(target, answer, OWN);
  if (!hasCode(error, "CSP_NOT_AUTHORIZED")) return error;
  // Whose role is missing where: a role in Azure is none on the Hub.
  const details = { action: target.action, scope: target.id };
  return new ProviderError("CSP_HUB_NOT_AUTHORIZED", details, { answer: describeAnswer(answer) });
}

/** Public Azure's twin of the usage service answers 202 with an error where it has not processed the window yet. */
function unfinished(answer: Answer): ProviderError {
  const error = readArmError(answer.body);
  if (error?.code?.toLowerCase() !== "processingnotcompleted") {
    return strangeAnswer(answer, `status ${answer.status} in the place of a list`);
  }
  const described = describeAnswer({ ...answer, error });
  return new ProviderError("CSP_HUB_NOT_PROCESSED", { request: answer.request }, { answer: described });
}
