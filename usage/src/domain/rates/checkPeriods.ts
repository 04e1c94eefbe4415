import { formatPlace, type IssueCollector } from "@azurestack-csp/provider";
import { nameRate, type Rate } from "./card.ts";
import { byFirstDay, common, tellPeriod } from "./period.ts";
import { rateErrors } from "./rateErrors.ts";

/** What is known of the rows that could not be read. */
export interface Unread {
  /** Whether a rate of the meter may be among them, so that a gap between its rates is no news. */
  readonly mayHave: (meterId: string) => boolean;
}

/** Reports rates of which two hold on one day, and days between them on which none does. */
export function checkPeriods(rates: readonly Rate[], unread: Unread, issues: IssueCollector): void {
  for (const [meterId, ofMeter] of Map.groupBy(rates, (rate) => rate.meterId)) {
    const byTenant = Map.groupBy(ofMeter, ({ tenantId }) => tenantId);
    const forAll = byTenant.get(undefined) ?? [];
    for (const [tenantId, same] of byTenant) {
      // Between a tenant's own rates that of all tenants holds.
      const areGapsRight = unread.mayHave(meterId) || (tenantId !== undefined && forAll.length > 0);
      checkSequence(same.toSorted(byFirstDay), areGapsRight, issues);
      if (tenantId !== undefined && !unread.mayHave(meterId)) checkBases(same, forAll, issues);
    }
  }
}

function checkSequence(rates: readonly Rate[], areGapsRight: boolean, issues: IssueCollector): void {
  let last: Rate | undefined;
  for (const rate of rates) {
    if (last) checkPair(last, rate, { areGapsRight, issues });
    if (!last || endOf(rate) > endOf(last)) last = rate;
  }
}

function endOf({ to = "9999-99-99" }: Rate): string {
  return to;
}

function checkPair(
  last: Rate,
  rate: Rate,
  { areGapsRight, issues }: { readonly areGapsRight: boolean; readonly issues: IssueCollector },
): void {
  const details = { rate: nameRate(rate), first: formatPlace(last.place) };
  const both = common(last, rate);
  if (last.from === rate.from && last.to === rate.to) issues.error(rate.place, rateErrors.CSP_RATES_TWICE, details);
  else if (both) issues.error(rate.place, rateErrors.CSP_RATES_OVERLAP, { ...details, ...tellPeriod(both) });
  else if (!areGapsRight && last.to !== undefined && rate.from !== undefined && last.to < rate.from)
    issues.error(rate.place, rateErrors.CSP_RATES_GAP, { ...details, from: last.to, to: rate.from });
}

/** What a tenant's rate leaves out it takes from that of all tenants. */
function checkBases(rates: readonly Rate[], forAll: readonly Rate[], issues: IssueCollector): void {
  for (const rate of rates) {
    if (rate.tiers || forAll.some((base) => common(base, rate))) continue;
    const { from, to } = tellPeriod(rate);
    const when = rate.from === undefined && rate.to === undefined ? "for the meter" : `from ${from} to ${to}`;
    issues.error(rate.place, rateErrors.CSP_RATES_TENANT_ALONE, { rate: nameRate(rate), when });
  }
}
