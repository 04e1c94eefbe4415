import { holdsOn } from "./period.ts";
import type { Tariff } from "./tariff.ts";

/** The tariff of a meter for a tenant, both ids lowered, on a day of usage; `undefined` where the card has none. */
export type FindTariff = (meterId: string, tenantId: string, day: string) => Tariff | undefined;

/** Finds tariffs of a card; a tenant with tariffs of its own for a meter has no others. */
export function createTariffFinder(tariffs: readonly Tariff[]): FindTariff {
  const byOwner = Map.groupBy(tariffs, ({ meterId, tenantId }) => keyOf(meterId, tenantId));
  return (meterId, tenantId, day) => {
    const owned = byOwner.get(keyOf(meterId, tenantId)) ?? byOwner.get(keyOf(meterId, undefined));
    return owned?.find((tariff) => holdsOn(tariff, day));
  };
}

function keyOf(meterId: string, tenantId: string | undefined): string {
  return tenantId === undefined ? meterId : `${meterId}/${tenantId}`;
}
