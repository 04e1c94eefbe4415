import { draw, drawPart } from "../chance.ts";
import { meters } from "./meters.ts";
import { averageCapacity, bytesMoved, bytesStored, type Quantity, tenThousands } from "./quantities.ts";
import { formatInstance, groupOf, type MeteredSeries, type Place } from "./resource.ts";

/** A storage account: what lies in it, and what is done with it. Its group's segment is all in small letters. */
export function storageAccount(place: Place, number: number): readonly MeteredSeries[] {
  const { subscriptionId, location } = place;
  const seed = draw(place.seed, 21, number);
  const size = drawPart(seed, 22);
  const instanceData = formatInstance({
    resourceUri: `/subscriptions/${subscriptionId}/resourcegroups/${groupOf(place, number)}/providers/Microsoft.Storage/storageAccounts/sa${seed.toString(36)}`,
    location,
    tags: "",
    additionalInfo: "",
  });
  const series = (salt: number, meterId: string, quantity: (seed: number) => Quantity): MeteredSeries => {
    const own = draw(seed, salt);
    return { meterId, instanceData, seed: own, quantity: quantity(own) };
  };
  return [
    series(31, meters.pageBlobs, (own) => averageCapacity(own, 1 + 180 * size * size)),
    series(32, meters.blockBlobs, (own) => bytesStored(own, 40 * size ** 8 + 0.00002)),
    series(33, meters.tables, (own) => averageCapacity(own, 0.00008 * size ** 6 + 8e-8)),
    series(34, meters.blobCalls, (own) => tenThousands(own, 4_000 * size)),
    series(35, meters.blobIngress, (own) => bytesMoved(own, 0.4 * size)),
    series(36, meters.blobEgress, (own) => bytesMoved(own, 0.9 * size)),
    ...(draw(seed, 23) % 2 === 0
      ? [
          series(37, meters.queues, (own) => bytesStored(own, 3e-7)),
          series(38, meters.queueCalls, (own) => tenThousands(own, 3)),
          series(39, meters.tableCalls, (own) => tenThousands(own, 60)),
        ]
      : []),
  ];
}
