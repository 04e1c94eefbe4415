import type { Access, HubAccess } from "@azurestack-csp/provider";
import { parseDocument, visit } from "yaml";
import type { BareList, BareTenant } from "../arbitraryList.ts";

/** A file of a list that could be read. */
export interface ListText {
  readonly file: string;
  readonly text: string;
}

type Properties = Readonly<Record<string, unknown>>;

/**
 * What a list says, read in the plainest way that there is: no checks, no places, every value as it is spelled.
 *
 * For texts that the product accepts it has to be the same list; what it makes of others means nothing.
 */
export function readPlainly(files: readonly ListText[]): BareList {
  const roots = files.map(({ file, text }) => (file.endsWith(".csv") ? readCsv(text) : readYaml(text)));
  const registrations = roots.flatMap((root) => Object.entries(propertiesOf(root.registrations)));
  return {
    registrations: registrations.map(([key, parts]) => ({ key, ...registrationOf(propertiesOf(parts)) })),
    tenants: roots.flatMap((root) => listOf(root.tenants)).map((row) => tenantOf(propertiesOf(row))),
  };
}

/** What YAML or JSON says: maps, lists, and texts as they are spelled; `null` where nothing is. */
export function readYaml(text: string): Properties {
  const document = parseDocument(text.replace(/^\uFEFF/, ""), { schema: "failsafe", merge: false, strict: false });
  visit(document, {
    Scalar(_, node) {
      if (node.type === "PLAIN" && /^(null|Null|NULL|~|)$/.test(node.source ?? "")) node.value = null;
    },
  });
  return propertiesOf(document.toJS());
}

function readCsv(text: string): Properties {
  return { tenants: readCells(text).map(csvTenant) };
}

/** The rows of a CSV file that hold anything, each cell with the name of its column. */
export function readCells(text: string): readonly (readonly (readonly [string, string])[])[] {
  const lines = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const headerLine = lines.trimStart().split("\n", 1)[0] ?? "";
  const count = (delimiter: string) => headerLine.replaceAll(/"[^"]*"/g, "").split(delimiter).length;
  const [delimiter = ","] = [",", ";", "\t"].sort((left, right) => count(right) - count(left));
  const [header = [], ...rows] = csvRows(lines, delimiter).filter((row) => row.some((cell) => cell !== ""));
  return rows.map((row) => header.map((name, index) => [name, row[index] ?? ""]));
}

function csvRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const cell = /\s*"((?:[^"]|"")*)"[^\S\n]*|([^\n]*?)/y.source;
  const pattern = new RegExp(`(?:${cell.replace("\\s*", "[^\\S\\n]*")})(${delimiter}|\\n|$)`, "gy");
  const rows: string[][] = [[]];
  for (const [whole, quoted, bare = "", end] of text.matchAll(pattern)) {
    if (whole === "" && end === "") break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare.trim());
    if (end === "\n") rows.push([]);
  }
  return rows;
}

function csvTenant(cells: readonly (readonly [string, string])[]): Properties {
  const given = cells.filter(([, text]) => text !== "");
  const labels = given.filter(([name]) => name.startsWith("label:"));
  const rest = Object.fromEntries(given.filter(([name]) => !name.startsWith("label:")));
  const parts = (text = "") => text.split(/[;,\s]+/).filter((part) => part !== "");
  return {
    ...rest,
    labels: Object.fromEntries(labels.map(([name, text]) => [name.slice("label:".length), text])),
    overwrite: parts(rest.overwrite),
    registrations: Object.fromEntries(
      parts(rest.registrations?.replaceAll(/\s*=\s*/g, "=")).map((part) => {
        const [key = "", customerSubscriptionId] = part.split("=");
        return [key, { customerSubscriptionId }];
      }),
    ),
  };
}

function registrationOf(parts: Properties): Omit<BareList["registrations"][number], "key"> {
  const ways = Object.entries({ cloud: textOf(parts.cloud), credentialPrefix: textOf(parts.credentialPrefix) });
  const access: Access = Object.fromEntries(ways.filter(([, value]) => value !== undefined));
  const registration = {
    registrationSubscriptionId: textOf(parts.registrationSubscriptionId),
    resourceGroup: textOf(parts.resourceGroup),
    registrationName: textOf(parts.registrationName),
  };
  const hub = hubOf(propertiesOf(parts.hub));
  const way = Object.keys(access).length === 0 ? {} : { access };
  return { registration, ...way, ...(hub ? { hub } : {}) };
}

function hubOf(parts: Properties): HubAccess | undefined {
  const given = ["adminEndpoint", "userEndpoint", "credentialPrefix", "caFile"].flatMap((key) => {
    const text = textOf(parts[key]);
    return text === undefined ? [] : [[key, text] as const];
  });
  return given.length === 0 ? undefined : (Object.fromEntries(given) as unknown as HubAccess);
}

function tenantOf(row: Properties): BareTenant {
  const { registrations } = row;
  const uses: readonly (readonly [string, unknown])[] = Array.isArray(registrations)
    ? registrations.map((key) => [textOf(key) ?? "", null])
    : Object.entries(propertiesOf(registrations));
  const usual = textOf(row.customerSubscriptionId) ?? "";
  const retainUntil = textOf(row.retainUntil);
  const labels = Object.entries(propertiesOf(row.labels)).flatMap(([name, value]) => {
    const text = textOf(value);
    return text === undefined ? [] : [[name.trim(), text] as const];
  });
  return {
    name: textOf(row.name) ?? "",
    tenantId: textOf(row.tenantId) ?? "",
    mappings: uses.map(([registrationKey, own]) => ({
      registrationKey,
      customerSubscriptionId: textOf(propertiesOf(own).customerSubscriptionId) ?? usual,
    })),
    labels: Object.fromEntries(labels),
    state: textOf(row.state) === "suspended" ? "suspended" : "active",
    ...(retainUntil === undefined ? {} : { retainUntil }),
    overwrite: listOf(row.overwrite).map((id) => textOf(id) ?? ""),
  };
}

/** A text without white space around it; one that is empty or null is not given. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function propertiesOf(value: unknown): Properties {
  return typeof value === "object" && value !== null ? (value as Properties) : {};
}
