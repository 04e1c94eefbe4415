import { METER_TABLE } from "./meterTable.ts";

/** Where a meter of the table is published. */
export type MeterSource = "faq" | "script";

/** What a Hub measures usage by. */
export interface Meter {
  /** In lower case and with dashes. */
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** What its quantities count; empty where the source does not say. */
  readonly unit: string;
  readonly source: MeterSource;
  readonly deprecated: boolean;
  readonly note: string;
}

/** Where the table comes from; App Service also has meters of its own for custom worker tiers, whose ids are nowhere published. */
export const METER_SOURCES: Readonly<Record<MeterSource, string>> = {
  faq: "Microsoft, Azure Stack Hub usage FAQ (azure-stack/operator/azure-stack-usage-related-faq), June 2021",
  script: "Microsoft, AzureStack-Tools, Usage/Usagesummary.ps1 at commit 263e9a03455c3c0cdfe712f38509962d685cd567",
};

/** All published meters. */
export const allMeters: readonly Meter[] = METER_TABLE.trim().split("\n").map(readMeter);

function readMeter(line: string): Meter {
  const [id = "", service = "", name = "", unit = "", source, deprecated, note = ""] = line.split(" | ");
  return { id, service, name, unit, source: source === "faq" ? "faq" : "script", deprecated: deprecated !== "", note };
}

const byId: ReadonlyMap<string, Meter> = new Map(allMeters.map((meter) => [meter.id, meter]));

/** The meter with an id as rows have it, in lower case and with dashes; `undefined` where none is published. */
export function findMeter(id: string): Meter | undefined {
  return byId.get(id);
}
