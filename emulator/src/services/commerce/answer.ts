import type { EmulatorResponse } from "../../pipeline/http.ts";
import { formatUtc } from "../../usage/hours.ts";
import type { UsagePager } from "../../usage/usagePages.ts";
import type { RowPosition, UsageQuery } from "../../usage/usageRows.ts";
import type { ArmExchange } from "../arm/exchange.ts";
import { invalidProperty } from "./errors.ts";
import { readToken, writeToken } from "./tokens.ts";

/** The page of usage that a request asks for. */
export function answerUsage(exchange: ArmExchange, query: UsageQuery, pager: UsagePager): EmulatorResponse {
  const { request, context } = exchange;
  const { usageTokens, usagePageSize, emptyPages, lastNextLink } = context.modes();
  const token = request.address.query.get("continuationtoken");
  const position = token === undefined || token === "" ? undefined : readToken(query, token);
  if (token && (position === undefined || usageTokens === "expired")) {
    return invalidProperty("continuationToken", token, "it has expired, or is not of this query");
  }
  const linkTo = (next: RowPosition) => nextLink(exchange, query, writeToken(query, next));
  if (emptyPages === "first" && !token) {
    return textual(
      `{"value":[],"nextLink":${JSON.stringify(linkTo({ start: FIRST, subscription: 0, series: 0 }))}}`,
      exchange,
    );
  }
  const { body } = pager.page(query, {
    position: position?.start === FIRST ? undefined : position,
    pageSize: usagePageSize,
    linkTo,
    ending: lastNextLink === "absent" ? "" : `,"nextLink":${lastNextLink === "null" ? "null" : '""'}`,
  });
  return textual(body, exchange);
}

/** Stands for the first row, wherever it is. */
const FIRST = -1;

/** A body whose numbers no double could hold is sent as it is; the time is the Hub's own, for whoever compares clocks. */
function textual(text: string, { context }: ArmExchange): EmulatorResponse {
  const date = context.now().toUTCString();
  return {
    status: 200,
    text,
    headers: { "Content-Type": "application/json; charset=utf-8", "X-Powered-By": "ASP.NET", Date: date },
  };
}

/** The whole address of the next page, escaped in small letters as .NET does. */
function nextLink({ request, context }: ArmExchange, query: UsageQuery, token: string): string {
  const { address, origin } = request;
  const { reported, granularity } = query;
  const subscriberId = address.query.get("subscriberid");
  const parameters = [
    ["api-version", address.query.get("api-version") ?? ""],
    ["reportedStartTime", formatUtc(reported.from)],
    ["reportedEndTime", formatUtc(reported.to)],
    ["aggregationGranularity", granularity === "daily" ? "Daily" : "Hourly"],
    ...(subscriberId ? [["subscriberId", subscriberId]] : []),
    ["continuationToken", token],
  ];
  const text = parameters.map(([name = "", value = ""]) => `${name}=${escaped(value)}`).join("&");
  const host = context.modes().nextLinkForm === "other-host" ? origin.replace("//127.0.0.1:", "//localhost:") : origin;
  return `${host}${address.path}?${text}`;
}

function escaped(value: string): string {
  return encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}
