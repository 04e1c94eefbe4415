import {
  createHubClient,
  didYouMean,
  formatTenantListIssue,
  type HubAccess,
  type HubClientOptions,
  nearWords,
  ProviderError,
  type ReportedUsageRow,
  readUsage,
  type TenantList,
  type UsageRequest,
} from "@azurestack-csp/provider";
import { requireHub } from "../tenantList/hubOf.ts";
import { readTenantList } from "../tenantList/readTenantList.ts";

/** Which Hub is asked: by its endpoint, or by the key of a registration whose list says how it is reached. */
export type UsageHub =
  | {
      /** Its endpoint, credential and authority; `caFile` is a path from the working folder. */
      readonly hub: HubAccess;
      readonly list?: undefined;
      readonly registration?: undefined;
    }
  | {
      readonly hub?: undefined;
      /** The tenant list, or the paths or patterns of its files. */
      readonly list: TenantList | string | readonly string[];
      /** The key of the registration. */
      readonly registration: string;
    };

/** What {@link getUsage} is asked. */
export type GetUsageArgs = UsageHub &
  UsageRequest & {
    /** Of no effect: a Hub does not support it (Azure Stack Hub documentation, "Usage API FAQ"), and shows details always. */
    readonly showDetails?: boolean;
    /** Local subscriptions that were deleted, and may have usage; see docs/usage.md. */
    readonly knownSubscribers?: readonly string[];
  };

/** How {@link getUsage} is carried out. */
export interface GetUsageOptions extends Pick<HubClientOptions, "subscriptionId"> {
  /** The environment variables with the credentials; the process's own by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the paths of the list start; the working folder by default. */
  readonly folder?: string;
  readonly abortSignal?: AbortSignal;
  /** Told what whoever uses the rows has to know; by default a warning of the process. */
  readonly say?: (message: string) => void;
}

/**
 * Reads usage from a Hub, as `Get-UsageAggregates` and `Get-AzsSubscriberUsage` do, without losing a digit.
 *
 * Rows come window by window, each within one day of *reported* time, and a window's rows come all or not at all; rows of one
 * usage in several windows are parts of it, and are to be added. `quantity` is the text that the Hub wrote: sum it as a
 * decimal, never as a `number`.
 *
 * ```ts
 * for await (const row of getUsage({ list: "tenants.yaml", registration: "paris", from: "2026-10-01", to: "2026-10-08" })) {
 *   console.log(row.subscriptionId, row.meterId, row.usageStart, row.quantity);
 * }
 * ```
 *
 * @throws ProviderError at the first row that is asked for: `CSP_HUB_QUERY`, `CSP_HUB_LIST`, `CSP_HUB_NOT_LISTED`, what the
 *   environment lacks, and what the Hub refuses.
 */
export async function* getUsage(
  args: GetUsageArgs,
  options: GetUsageOptions = {},
): AsyncGenerator<ReportedUsageRow, void> {
  const { env = process.env, folder = ".", abortSignal, say = warn, ...rest } = options;
  const { showDetails, knownSubscribers } = args;
  const hub = args.hub ?? hubIn(args, folder);
  if (showDetails !== undefined) say("showDetails has no effect: a Hub does not support it, and shows details always.");
  const client = createHubClient(env, hub, { ...rest, say, ...(abortSignal ? { abortSignal } : {}) });
  const known = knownSubscribers ? { knownSubscribers } : {};
  yield* readUsage({ client, say, abortSignal, ...known }, args);
}

function hubIn(args: Extract<UsageHub, { registration: string }>, folder: string): HubAccess {
  const { registrations } = listIn(args.list, folder);
  const found = registrations.find(({ key }) => key === args.registration);
  if (found) return requireHub(found, folder);
  const keys = registrations.map(({ key }) => key);
  const near = didYouMean(nearWords(args.registration, keys).slice(0, 1));
  throw new ProviderError("CSP_LIST_REGISTRATION_UNDEFINED", {
    value: args.registration,
    nearest: near,
    known: keys.join(", ") || "none",
    more: "",
  });
}

function listIn(given: TenantList | string | readonly string[], folder: string): TenantList {
  if (isList(given)) return given;
  const { list, issues } = readTenantList(given, { folder });
  if (list) return list;
  throw new ProviderError("CSP_HUB_LIST", {
    issues: issues.map((each) => `  ${formatTenantListIssue(each)}`).join("\n"),
  });
}

function isList(given: TenantList | string | readonly string[]): given is TenantList {
  return typeof given === "object" && "registrations" in given;
}

function warn(message: string): void {
  process.emitWarning(message, "UsageWarning");
}
