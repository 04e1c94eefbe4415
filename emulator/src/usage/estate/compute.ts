import { draw, drawPart } from "../chance.ts";
import { disks, meters } from "./meters.ts";
import { bytesStored, constant, during, partOfMonth, scheduleOf } from "./quantities.ts";
import { formatInstance, groupOf, type MeteredSeries, type Place } from "./resource.ts";

const sizes = [
  { size: "Standard_D1_v2", cores: 1 },
  { size: "Standard_F1s", cores: 1 },
  { size: "Standard_F2s", cores: 2 },
  { size: "Standard_DS3_v2", cores: 4 },
  { size: "Standard_D13_v2", cores: 8 },
] as const;

const images = [
  { Publisher: "MicrosoftWindowsServer", Offer: "WindowsServer", Sku: "2016-Datacenter" },
  { Publisher: "MicrosoftWindowsServer", Offer: "WindowsServer", Sku: "2012-R2-Datacenter" },
  { Publisher: "Canonical", Offer: "UbuntuServer", Sku: "16.04-LTS" },
] as const;

const tagTexts = ["null", "null", "null", '{"costCenter":"4711"}', '{"env":"prod","équipe":"Réseau \\"Sud\\""}', "{}"];

/**
 * A virtual machine: two meters, hours and cores of the same hours; its managed disk, counted and measured, which stays
 * while the machine is stopped; and for some an address.
 */
export function virtualMachine(place: Place, number: number): readonly MeteredSeries[] {
  const { subscriptionId, location } = place;
  const seed = draw(place.seed, 11, number);
  const runs = scheduleOf(seed);
  const { size, cores } = sizes[draw(seed, 3) % sizes.length] ?? sizes[0];
  const image = images[draw(seed, 4) % images.length] ?? images[0];
  const disk = disks[draw(seed, 5) % disks.length] ?? disks[0];
  const tags = tagTexts[draw(seed, 6) % tagTexts.length] ?? "null";
  const name = `${draw(seed, 7) % 3 === 0 ? "VMSERVER" : "vm-app-"}${number}`;
  const provider = `/subscriptions/${subscriptionId}/resourceGroups/${groupName(place, seed, number)}/providers/Microsoft`;
  const machine = formatInstance({
    resourceUri: `${provider}.Compute/virtualMachines/${name}`,
    location,
    tags,
    additionalInfo: JSON.stringify({ ServiceType: size, ImageType: null, ...image }),
  });
  const storage = formatInstance({
    resourceUri: `${provider}.Compute/disks/${name}_OsDisk_1_${seed.toString(16)}`,
    location,
    tags,
    additionalInfo: "",
  });
  const isWindows = image.Publisher === "MicrosoftWindowsServer";
  const inUse = (0.2 + 0.7 * drawPart(seed, 8)) * disk.gigabytes;
  return [
    { meterId: meters.vmHours, instanceData: machine, seed, quantity: during(runs, constant(1)) },
    {
      meterId: isWindows ? meters.vmWindowsCores : meters.vmBaseCores,
      instanceData: machine,
      // The same chance as the hours: what a machine reports late, it reports late on both of its meters.
      seed,
      quantity: during(runs, constant(cores)),
    },
    { meterId: disk.meterId, instanceData: storage, seed: draw(seed, 9), quantity: partOfMonth(1) },
    {
      meterId: disk.isPremium ? meters.premiumDiskBytes : meters.standardDiskBytes,
      instanceData: storage,
      seed: draw(seed, 9),
      quantity: bytesStored(seed, inUse / 744),
    },
    ...(draw(seed, 10) % 3 === 0 ? [publicAddress({ ...place, seed }, `${provider}.Network`, name)] : []),
  ];
}

function publicAddress({ location, seed }: Place, provider: string, name: string): MeteredSeries {
  const isStatic = draw(seed, 12) % 2 === 0;
  return {
    meterId: isStatic ? meters.staticIp : meters.dynamicIp,
    instanceData: formatInstance({
      resourceUri: `${provider}/publicIPAddresses/${name}-ip`,
      location,
      tags: "",
      additionalInfo: "",
    }),
    seed: draw(seed, 13),
    quantity: constant(1),
  };
}

/** Names of groups come back in small letters or in capitals, as the resource provider likes. */
function groupName(place: Place, seed: number, number: number): string {
  const name = groupOf(place, number);
  return draw(seed, 14) % 4 === 0 ? name.toUpperCase() : name;
}
