import { draw } from "../chance.ts";
import { meters } from "./meters.ts";
import { bytesMoved, constant, during, type Quantity, scheduleOf, tenThousands } from "./quantities.ts";
import { formatInstance, groupOf, type MeteredSeries, type Place } from "./resource.ts";

interface Platform {
  readonly type: string;
  readonly name: string;
  readonly salt: number;
  readonly meterId: string;
  readonly quantity: (seed: number) => Quantity;
}

const platforms: readonly Platform[] = [
  {
    type: "Microsoft.KeyVault/vaults",
    name: "kv",
    salt: 41,
    meterId: meters.keyVaultCalls,
    quantity: (seed) => tenThousands(seed, 90),
  },
  {
    type: "Microsoft.SQLAdapter/databases",
    name: "orders",
    salt: 42,
    meterId: meters.sqlDatabase,
    quantity: (seed) => constant(256 * (1 + (draw(seed, 1) % 16))),
  },
  {
    type: "Microsoft.MySQLAdapter/databases",
    name: "wiki",
    salt: 43,
    meterId: meters.mySqlDatabase,
    quantity: () => constant(1024),
  },
  {
    type: "Microsoft.EventHub/clusters",
    name: "events",
    salt: 44,
    meterId: meters.eventHubCores,
    quantity: (seed) => during(scheduleOf(seed), constant(10)),
  },
];

/** Databases, vaults and clusters: one meter each. */
export function platformResources(place: Place): readonly MeteredSeries[] {
  return platforms
    .filter(({ salt }) => draw(place.seed, salt) % 3 === 0)
    .map(({ type, name, salt, meterId, quantity }) => {
      const seed = draw(place.seed, salt, 1);
      const resourceUri = `/subscriptions/${place.subscriptionId}/resourceGroups/${groupOf(place, 0)}/providers/${type}/${name}`;
      return {
        meterId,
        instanceData: formatInstance({ resourceUri, location: place.location, tags: "null", additionalInfo: "" }),
        seed,
        quantity: quantity(seed),
      };
    });
}

/** A site of App Service, whose resource provider writes backslashes. */
export function webSite(place: Place, number: number): readonly MeteredSeries[] {
  const seed = draw(place.seed, 45, number);
  const instanceData = formatInstance({
    resourceUri: `\\subscriptions\\${place.subscriptionId}\\resourcegroups\\${groupOf(place, number).toUpperCase()}\\providers\\Microsoft.Web\\sites\\site-${number}`,
    location: place.location,
    tags: "",
    additionalInfo: "",
  });
  const series = (salt: number, meterId: string, quantity: (seed: number) => Quantity): MeteredSeries => {
    const own = draw(seed, salt);
    return { meterId, instanceData, seed: own, quantity: quantity(own) };
  };
  const plan = draw(seed, 46) % 2 === 0 ? meters.sharedWebHours : meters.smallWebHours;
  return [
    series(51, plan, () => constant(1)),
    series(52, meters.webEgress, (own) => bytesMoved(own, 0.06)),
    ...(draw(seed, 47) % 2 === 0
      ? [
          series(53, meters.functionRuns, (own) => tenThousands(own, 9_000)),
          series(54, meters.functionGigabyteSeconds, (own) => tenThousands(own, 1_250_000)),
        ]
      : []),
  ];
}

/** The machines that App Service runs on, which the operator pays for. */
export function appServiceWorkers(place: Place): readonly MeteredSeries[] {
  return [1, 2, 3].map((number) => ({
    meterId: meters.appServiceCores,
    instanceData: formatInstance({
      resourceUri: `/subscriptions/${place.subscriptionId}/resourceGroups/AppService.${place.location}/providers/Microsoft.Compute/virtualMachines/WW${number}-VM`,
      location: place.location,
      tags: "",
      additionalInfo: "",
    }),
    seed: draw(place.seed, 48, number),
    quantity: constant(4),
  }));
}
