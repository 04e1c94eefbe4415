import { formatPlace, type IssueCollector } from "@azurestack-csp/provider";
import { common, type Period, tellPeriod } from "./period.ts";
import { rateErrors } from "./rateErrors.ts";
import type { MadeTariff } from "./tariffsOf.ts";

/** Base VM Size Hours and Windows VM Size Hours, both in virtual core hours. */
const CORE_HOURS = ["fab6eb84-500b-4a09-a8ca-7358f8bbaea5", "9cd92d4c-bafd-4492-b278-bedc2de8232a"];

/** VM size hours, which every machine has besides. */
const VM_HOURS = "6dab500f-a4fd-49c4-956d-229bb9c8c793";

interface Clash {
  readonly hours: MadeTariff;
  readonly cores: MadeTariff;
  readonly period: Period;
}

/**
 * Reports where a machine would be charged twice, by its hours and by the hours of its cores.
 *
 * Microsoft's usage FAQ: a Hub emits both for every machine.
 */
export function checkFamilies(tariffs: readonly MadeTariff[], issues: IssueCollector): void {
  const ofMachines = tariffs.filter(({ tariff }) => tariff.meterId === VM_HOURS || CORE_HOURS.includes(tariff.meterId));
  const byTenant = Map.groupBy(ofMachines, ({ tariff }) => tariff.tenantId);
  const forAll = byTenant.get(undefined) ?? [];
  const clashes = [...byTenant].flatMap(([tenantId, own]) => {
    const meters = new Set(own.map(({ tariff }) => tariff.meterId));
    // Of a meter for which it has tariffs of its own, a tenant has no others.
    const others = tenantId === undefined ? [] : forAll.filter(({ tariff }) => !meters.has(tariff.meterId));
    return clashesOf([...own, ...others].filter(isPriced));
  });
  const ofAll = new Set(clashes.filter(isOfAll).map(({ hours }) => hours.rate));
  const told = new Set<string>();
  for (const clash of clashes) {
    const { hours: one, cores: other, period } = clash;
    const pair = JSON.stringify([one.rate.place, other.rate.place]);
    // What clashes for all tenants clashes for each that has another price besides: that is said once.
    if (told.has(pair) || (!isOfAll(clash) && ofAll.has(one.rate))) continue;
    told.add(pair);
    const [first, second] = isBefore(one, other) ? [one, other] : [other, one];
    const tenantId = one.rate.tenantId ?? other.rate.tenantId;
    issues.error(second.rate.place, rateErrors.CSP_RATES_VM_FAMILIES, {
      meter: second.rate.meterName,
      other: first.rate.meterName,
      first: formatPlace(first.rate.place),
      whom: tenantId === undefined ? "" : ` for tenant ${tenantId}`,
      ...tellPeriod(period),
    });
  }
}

function isOfAll({ hours, cores }: Clash): boolean {
  return hours.rate.tenantId === undefined && cores.rate.tenantId === undefined;
}

function isPriced({ tariff }: MadeTariff): boolean {
  return tariff.slots.some(({ unitPrice }) => unitPrice.units > 0n);
}

/** One for each tariff of hours: that several meters of cores are beside it is one slip. */
function clashesOf(tariffs: readonly MadeTariff[]): readonly Clash[] {
  return tariffs.flatMap((hours) => {
    if (hours.tariff.meterId !== VM_HOURS) return [];
    for (const cores of tariffs) {
      const period = cores.tariff.meterId === VM_HOURS ? undefined : common(hours.tariff, cores.tariff);
      if (period) return [{ hours, cores, period }];
    }
    return [];
  });
}

function isBefore(left: MadeTariff, right: MadeTariff): boolean {
  const [one, other] = [left.rate.place, right.rate.place];
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}
