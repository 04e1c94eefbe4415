import type { EmulatorResponse } from "../../pipeline/http.ts";
import { DAY, hourOf } from "../../usage/hours.ts";
import { parseInstant } from "../../usage/instants.ts";
import type { Granularity, UsageQuery } from "../../usage/usageRows.ts";
import { invalidResourceType } from "../arm/errors.ts";
import type { ArmExchange } from "../arm/exchange.ts";
import {
  endInFuture,
  invalidGranularity,
  invalidProperty,
  missingProperty,
  noApiVersion,
  processingNotCompleted,
} from "./errors.ts";

/** The only version that Hubs have. */
export const commerceVersions = ["2015-06-01-preview"] as const;

/** A resource type of usage. */
export interface UsageType {
  readonly namespace: string;
  readonly type: string;
}

/** What was asked for, or why it is not answered. */
export type ReadQuery =
  | { readonly kind: "read"; readonly query: UsageQuery }
  | { readonly kind: "refused"; readonly response: EmulatorResponse };

const HOUR_IN_MS = 3_600_000;

/** Reads the window and granularity of a request, by the rules of both usage APIs; what they do not know is let be. */
export function readQuery(exchange: ArmExchange, usageType: UsageType): ReadQuery {
  const { request, context } = exchange;
  const { query } = request.address;
  const version = query.get("api-version") ?? "";
  if (version === "") return refused(noApiVersion());
  if (!commerceVersions.some((known) => known === version.toLowerCase())) {
    return refused(invalidResourceType({ ...usageType, version, supported: commerceVersions }));
  }
  const granularity = granularityOf(query.get("aggregationgranularity"));
  if (typeof granularity === "object") return refused(granularity);
  const from = timeOf(exchange, "reportedStartTime", granularity);
  if (from.kind === "refused") return from;
  const to = timeOf(exchange, "reportedEndTime", granularity);
  if (to.kind === "refused") return to;
  const now = context.now();
  if (to.time > now) return refused(endInFuture(to.text));
  if (from.time >= to.time) {
    return refused(invalidProperty("reportedStartTime", from.text, "it does not lie before the reported end time"));
  }
  const isOfToday = to.time.getTime() > now.getTime() - (now.getTime() % (DAY * HOUR_IN_MS));
  if (isOfToday && context.modes().usageOfToday === "not-completed") return refused(processingNotCompleted(to.text));
  const reported = { from: hourOf(from.time), to: hourOf(to.time) };
  return { kind: "read", query: { reported, granularity, cut: context.modes().usageCut } };
}

type ReadTime =
  | { readonly kind: "time"; readonly time: Date; readonly text: string }
  | { readonly kind: "refused"; readonly response: EmulatorResponse };

function timeOf({ request }: ArmExchange, name: string, granularity: Granularity): ReadTime {
  const text = request.address.query.get(name.toLowerCase()) ?? "";
  if (text === "") return refused(missingProperty(name));
  const time = parseInstant(text);
  if (time === undefined) return refused(invalidProperty(name, text, "it is no time"));
  const isAligned = time.getTime() % (granularity === "daily" ? DAY * HOUR_IN_MS : HOUR_IN_MS) === 0;
  if (isAligned) return { kind: "time", time, text };
  const unit = granularity === "daily" ? "midnight in UTC" : "a full hour";
  return refused(invalidProperty(name, text, `${granularity} usage needs ${unit}`));
}

/** Daily, where nothing is asked for. */
function granularityOf(asked = "daily"): Granularity | EmulatorResponse {
  const granularity = asked.toLowerCase();
  return granularity === "daily" || granularity === "hourly" ? granularity : invalidGranularity(asked);
}

function refused(response: EmulatorResponse): { readonly kind: "refused"; readonly response: EmulatorResponse } {
  return { kind: "refused", response };
}
