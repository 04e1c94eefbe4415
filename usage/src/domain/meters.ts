/** A meter of a Hub's resource providers, as it is published. */
export interface Meter {
  /** Lowered and with dashes, as the store keeps it; Hubs write some upper, and those of the network without dashes. */
  readonly meterId: string;
  /** As published; several meters share one. */
  readonly name: string;
  /** What a quantity of 1 is; absent where none is published. */
  readonly unit?: string;
  readonly service: string;
  /** Whether the source calls it deprecated. */
  readonly deprecated: boolean;
  readonly source: MeterSource;
}

/** Where a meter is published. */
export type MeterSource = keyof typeof METER_SOURCES;

/** What the sources are, with their dates. */
export const METER_SOURCES = {
  faq: "Microsoft's FAQ on Azure Stack Hub usage, azure-stack-usage-related-faq (June 2021)",
  // Units of App Service's meters are those of its other meters: the script has none.
  script: "Usagesummary.ps1 of Azure/AzureStack-Tools (263e9a0)",
} as const;

type Row = readonly [meterId: string, name: string, unit: string, source: MeterSource, deprecated?: true];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  Network: [
    ["f271a8a3-88c4-4d93-956a-063e1d2fa80b", "Static IP Address Usage", "IP addresses", "faq"],
    ["9e2739ba-8674-4796-b465-f64674b822ba", "Dynamic IP Address Usage", "IP addresses", "faq"],
  ],
  Storage: [
    ["b4438d5d-453b-4ee1-b42a-dc72e377f1e4", "TableCapacity", "GB*hours", "faq"],
    ["b5c15376-6c94-4fdd-b655-1a69d138aca3", "PageBlobCapacity", "GB*hours", "faq"],
    ["b03c6ae7-b080-4bfa-84a3-22c800f315c6", "QueueCapacity", "GB*hours", "faq"],
    ["09f8879e-87e9-4305-a572-4b7be209f857", "BlockBlobCapacity", "GB*hours", "faq"],
    ["b9ff3cd0-28aa-4762-84bb-ff8fbaea6a90", "TableTransactions", "Request count in 10,000s", "faq"],
    ["50a1aeaf-8eca-48a0-8973-a5b3077fee0d", "TableDataTransIn", "Ingress data in GB", "faq"],
    ["1b8c1dec-ee42-414b-aa36-6229cf199370", "TableDataTransOut", "Egress in GB", "faq"],
    ["43daf82b-4618-444a-b994-40c23f7cd438", "BlobTransactions", "Requests count in 10,000s", "faq"],
    ["9764f92c-e44a-498e-8dc1-aad66587a810", "BlobDataTransIn", "Ingress data in GB", "faq"],
    ["3023fef4-eca5-4d7b-87b3-cfbc061931e8", "BlobDataTransOut", "Egress in GB", "faq"],
    ["eb43dd12-1aa6-4c4b-872c-faf15a6785ea", "QueueTransactions", "Requests count in 10,000s", "faq"],
    ["e518e809-e369-4a45-9274-2017b29fff25", "QueueDataTransIn", "Ingress data in GB", "faq"],
    ["dd0a10ba-a5d6-4cb6-88c0-7d585cef9fc2", "QueueDataTransOut", "Egress in GB", "faq"],
  ],
  Compute: [
    ["fab6eb84-500b-4a09-a8ca-7358f8bbaea5", "Base VM Size Hours", "Virtual core hours", "faq"],
    ["9cd92d4c-bafd-4492-b278-bedc2de8232a", "Windows VM Size Hours", "Virtual core hours", "faq"],
    ["6dab500f-a4fd-49c4-956d-229bb9c8c793", "VM size hours", "VM hours", "faq"],
  ],
  "Managed Disks": [
    ["380874f9-300c-48e0-95a0-d2d9a21ade8f", "S4", "Count of Disks*month", "faq"],
    ["1b77d90f-427b-4435-b4f1-d78adec53222", "S6", "Count of Disks*month", "faq"],
    ["d5f7731b-f639-404a-89d0-e46186e22c8d", "S10", "Count of Disks*month", "faq"],
    ["ff85ef31-da5b-4eac-95dd-a69d6f97b18a", "S15", "Count of Disks*month", "faq"],
    ["88ea9228-457a-4091-adc9-ad5194f30b6e", "S20", "Count of Disks*month", "faq"],
    ["5b1db88a-8596-4002-8052-347947c26940", "S30", "Count of Disks*month", "faq"],
    ["7660b45b-b29d-49cb-b816-59f30fbab011", "P4", "Count of Disks*month", "faq"],
    ["817007fd-a077-477f-bc01-b876f27205fd", "P6", "Count of Disks*month", "faq"],
    ["e554b6bc-96cd-4938-a5b5-0da990278519", "P10", "Count of Disks*month", "faq"],
    ["cdc0f53a-62a9-4472-a06c-e99a23b02907", "P15", "Count of Disks*month", "faq"],
    ["b9cb2d1a-84c2-4275-aa8b-70d2145d59aa", "P20", "Count of Disks*month", "faq"],
    ["06bde724-9f94-43c0-84c3-d0fc54538369", "P30", "Count of Disks*month", "faq"],
    ["7ba084ec-ef9c-4d64-a179-7732c6cb5e28", "ActualStandardDiskSize", "GB*month", "faq"],
    ["daef389a-06e5-4684-a7f7-8813d9f792d5", "ActualPremiumDiskSize", "GB*month", "faq"],
    ["108fa95b-be0d-4cd9-96e8-5b0d59505df1", "ActualStandardSnapshotSize", "GB*month", "faq"],
    ["578ae51d-4ef9-42f9-85ae-42b52d3d83ac", "ActualPremiumSnapshotSize", "GB*month", "faq"],
    ["5d76e09f-4567-452a-94cc-7d1f097761f0", "S4", "Count of Disks*hours", "faq", true],
    ["dc9fc6a9-0782-432a-b8dc-978130457494", "S6", "Count of Disks*hours", "faq", true],
    ["e5572fce-9f58-49d7-840c-b168c0f01fff", "S10", "Count of Disks*hours", "faq", true],
    ["9a8caedd-1195-4cd5-80b4-a4c22f9302b8", "S15", "Count of Disks*hours", "faq", true],
    ["5938f8da-0ecd-4c48-8d5a-c7c6c23546be", "S20", "Count of Disks*hours", "faq", true],
    ["7705a158-bd8b-4b2b-b4c2-0782343b81e6", "S30", "Count of Disks*hours", "faq", true],
    ["5c105f5f-cbdf-435c-b49b-3c7174856dcc", "P4", "Count of Disks*hours", "faq", true],
    ["518b412b-1927-4f25-985f-4aea24e55c4f", "P6", "Count of Disks*hours", "faq", true],
    ["5cfb1fed-0902-49e3-8217-9add946fd624", "P10", "Count of Disks*hours", "faq", true],
    ["8de91c94-f740-4d9a-b665-bd5974fa08d4", "P15", "Count of Disks*hours", "faq", true],
    ["c7e7839c-293b-4761-ae4c-848eda91130b", "P20", "Count of Disks*hours", "faq", true],
    ["9f502103-adf4-4488-b494-456c95d23a9f", "P30", "Count of Disks*hours", "faq", true],
    ["8a409390-1913-40ae-917b-08d0f16f3c38", "ActualStandardDiskSize", "Byte*hours", "faq", true],
    ["1273b16f-8458-4c34-8ce2-a515de551ef6", "ActualPremiumDiskSize", "Byte*hours", "faq", true],
    ["89009682-df7f-44fe-aeb1-63fba3ddbf4c", "ActualStandardSnapshotSize", "Byte*hours", "faq", true],
    ["95b0c03f-8a82-4524-8961-ccfbf575f536", "ActualPremiumSnapshotSize", "Byte*hours", "faq", true],
    ["75d4b707-1027-4403-9986-6ec7c05579c8", "ActualStandardSnapshotSize", "GB*month", "faq", true],
    ["5ca1cbb9-6f14-4e76-8be8-1ca91547965e", "ActualPremiumSnapshotSize", "GB*month", "faq", true],
    ["14496322-39cb-4d33-b67d-39b0c2de0c8e", "S40", "Count of Disks*month", "script"],
    ["8c003d25-afb4-4f21-b1fa-86a5b0f001c7", "S50", "Count of Disks*month", "script"],
    ["eecb2657-e7e6-47f9-9b00-7f58fa8839cb", "P40", "Count of Disks*month", "script"],
    ["43626c21-849b-40fe-8c01-e19666059c38", "P50", "Count of Disks*month", "script"],
    ["d9aac1eb-a5d1-42f2-b617-9e3ea94fed88", "S40", "Count of Disks*hours", "script", true],
    ["a54899dd-458e-4a40-9abd-f57cafd936a7", "S50", "Count of Disks*hours", "script", true],
    ["043757fc-049f-4e8b-8379-45bb203c36b1", "P40", "Count of Disks*hours", "script", true],
    ["c0342c6f-810b-4942-85d3-6eaa561b6570", "P50", "Count of Disks*hours", "script", true],
  ],
  "SQL databases": [["cbcfef9a-b91f-4597-a4d3-01fe334bed82", "DatabaseSizeHourSqlMeter", "MB*hours", "faq"]],
  "MySQL databases": [["e6d8cfcd-7734-495e-b1cc-5ab0b9c24bd3", "DatabaseSizeHourMySqlMeter", "MB*hours", "faq"]],
  "Event Hubs": [["cb6a35c5-fade-406c-b14d-6ddb7c4ca3d5", "1 Core", "Core*hours", "faq"]],
  "Key Vault": [
    ["ebf13b9f-b3ea-46fe-bf54-396e93d48ab4", "Key Vault transactions", "Request count in 10,000s", "faq"],
    ["2c354225-b2fe-42e5-ad89-14f0ea302c87", "Advanced keys transactions", "10K transactions", "faq"],
  ],
  "App Service": [
    ["190c935e-9ada-48ff-9ab8-56ea1cf9adaa", "App Service", "Virtual core hours", "faq"],
    ["67cc4afc-0691-48e1-a4b8-d744d1fedbde", "Functions Requests", "10 Requests", "faq"],
    ["d1d04836-075c-4f27-bf65-0a1130ec60ed", "Functions - Compute", "GB-s", "faq"],
    ["957e9f36-2c14-45a1-b6a1-1723ef71a01d", "Shared App Service Hours", "1 hour", "faq"],
    ["539cdec7-b4f5-49f6-aac4-1f15cff0eda9", "Free App Service Hours", "1 hour", "faq"],
    ["88039d51-a206-3a89-e9de-c5117e2d10a6", "Small Standard App Service Hours", "1 hour", "faq"],
    ["83a2a13e-4788-78dd-5d55-2831b68ed825", "Medium Standard App Service Hours", "1 hour", "faq"],
    ["1083b9db-e9bb-24be-a5e9-d6fdd0ddefe6", "Large Standard App Service Hours", "1 hour", "faq"],
    ["264acb47-ad38-47f8-add3-47f01dc4f473", "SNI SSL", "Per SNI SSL Binding", "faq"],
    ["60b42d72-dc1c-472c-9895-6c516277edb4", "IP SSL", "Per IP Based SSL Binding", "faq"],
    ["73215a6c-fa54-4284-b9c1-7e8ec871cc5b", "Web Process", "", "faq"],
    ["5887d39b-0253-4e12-83c7-03e1a93dffd9", "External Egress Bandwidth", "GB", "faq"],
    ["db658d61-ef2d-4888-9843-72f5c774fd3c", "Small Basic App Service Hours", "1 hour", "script"],
    ["27b01104-e0df-4f30-a171-f1b00ecb76b3", "Medium Basic App Service Hours", "1 hour", "script"],
    ["50db6a92-5dff-4c9b-8238-8ea5fb1be107", "Large Basic App Service Hours", "1 hour", "script"],
    ["26bd6580-c3bd-4e7e-8092-58b28eb1bb94", "Small Premium App Service Hours", "1 hour", "script"],
    ["a1cba406-e83e-45c3-bd36-485191c215d9", "Medium Premium App Service Hours", "1 hour", "script"],
    ["a2104a9d-5a78-4f8f-a2df-034bd43d602d", "Large Premium App Service Hours", "1 hour", "script"],
    ["a91eed6c-dbbc-4532-859c-86de776433a4", "Extra Large Premium App Service Hours", "1 hour", "script"],
  ],
};

/** All meters that are published, by service. Those of App Service's custom worker tiers have ids of each Hub's own. */
export const METERS: readonly Meter[] = Object.entries(ROWS).flatMap(([service, rows]) =>
  rows.map(([meterId, name, unit, source, deprecated = false]) => ({
    meterId,
    name,
    ...(unit === "" ? {} : { unit }),
    service,
    deprecated,
    source,
  })),
);

const byId: ReadonlyMap<string, Meter> = new Map(METERS.map((meter) => [meter.meterId, meter]));

/** The id of a meter, however a Hub spells it, as the store keeps it; `undefined` where it is none. */
export function toMeterId(text: string): string | undefined {
  const digits = text.toLowerCase().replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The published meter of an id as the store keeps it; `undefined` where it is not published. */
export function meterOf(meterId: string): Meter | undefined {
  return byId.get(meterId);
}
