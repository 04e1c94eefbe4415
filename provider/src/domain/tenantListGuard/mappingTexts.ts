import { isGuid } from "../ids.ts";
import type { MappingTable } from "./losses.ts";

/** Mappings as a state keeps them: a text by registration. */
export type MappingTexts = Readonly<Record<string, string>>;

const BYTES_OF_A_GUID = 16;

/**
 * Writes mappings in little room, because a state may hold thousands: `<tenant> <customer subscription>`, a line each.
 *
 * GUIDs become their 16 bytes in base64url, 22 characters instead of 36. The lines are sorted, so that the order of
 * rows changes nothing.
 */
export function writeMappings(table: MappingTable): MappingTexts {
  return Object.fromEntries(
    Object.entries(table).map(([registration, tenants]) => {
      const lines = Object.entries(tenants).map((ids) => ids.map(shorten).join(" "));
      return [registration, lines.sort().join("\n")];
    }),
  );
}

/** Reads what {@link writeMappings} wrote. */
export function readMappings(texts: MappingTexts): MappingTable {
  return Object.fromEntries(
    Object.entries(texts).map(([registration, text]) => {
      const lines = text.split("\n").filter((line) => line !== "");
      return [registration, Object.fromEntries(lines.map(readLine))];
    }),
  );
}

function readLine(line: string): readonly [tenantId: string, customerSubscriptionId: string] {
  const [tenantId = "", customerSubscriptionId = ""] = line.split(" ").map(lengthen);
  return [tenantId, customerSubscriptionId];
}

/** A declared id may be none, which others report; it is kept as it is. */
function shorten(id: string): string {
  return isGuid(id) ? Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url") : id;
}

function lengthen(id: string): string {
  const bytes = Buffer.from(id, "base64url");
  if (bytes.length !== BYTES_OF_A_GUID || bytes.toString("base64url") !== id) return id;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
