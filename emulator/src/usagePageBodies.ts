import { withTenants } from "./store/usageTenants.ts";
import { createUsage } from "./usage/createUsage.ts";
import { hourOf } from "./usage/hours.ts";
import type { UsageOptions } from "./usage/usageOptions.ts";
import { createUsagePager } from "./usage/usagePages.ts";
import type { Granularity } from "./usage/usageRows.ts";
import type { HubFact } from "./world/hub.ts";

/** Which pages of which usage. */
export interface UsagePageBodiesOptions {
  /** The Hub whose subscriptions used something. @default one without any but those of `usage.tenants` */
  readonly hub?: HubFact;
  /** How much usage there is. @default 200 tenants for two months up to 2026-11-01T00:00Z */
  readonly usage?: UsageOptions;
  /** The reported window, on full hours; `to` is not in it. */
  readonly from: Date;
  readonly to: Date;
  /** @default "hourly" */
  readonly granularity?: Granularity;
  /** @default 1000 */
  readonly pageSize?: number;
  /** Address of the page of this number; the first one is 0. */
  readonly linkTo: (page: number) => string;
}

const hubOfTenants: HubFact = {
  name: "generated",
  region: "generated",
  cloudId: "3b1f0c52-9d0a-4c1e-8a55-6d2f3c9b7e10",
  homeTenantId: "3b1f0c52-9d0a-4c1e-8a55-6d2f3c9b7e11",
  providerSubscriptionId: "3b1f0c52-9d0a-4c1e-8a55-6d2f3c9b7e12",
};

/**
 * The pages of an operator's query as a Hub sends them, without a server: for programs that serve many of them at next
 * to no cost. The same options give the same pages, and any window can be made by itself.
 */
export function* usagePageBodies(options: UsagePageBodiesOptions): Generator<string> {
  const { hub = hubOfTenants, from, to, granularity = "hourly", pageSize, linkTo } = options;
  const usage = { tenants: 200, until: new Date("2026-11-01T00:00:00Z"), ...options.usage };
  const world = withTenants({ directories: [], subscriptions: [], hubs: [hub] }, usage.tenants, usage.seed ?? 1);
  const all = createUsage({ hubs: world.hubs ?? [], usage, startedAt: usage.until, isOff: () => false });
  const source = all.get(hub.name)?.source;
  if (source === undefined) return;
  const pager = createUsagePager({ source, callerSubscriptionId: hub.providerSubscriptionId });
  const query = { reported: { from: hourOf(from), to: hourOf(to) }, granularity };
  let page = 0;
  for (const { body } of pager.pages(query, { ...(pageSize ? { pageSize } : {}), linkTo: () => linkTo(page + 1) })) {
    yield body;
    page += 1;
  }
}
