import type { TenantListFile } from "@azurestack-csp/provider";
import { stringify } from "yaml";
import type { BareList, BareTenant } from "./arbitraryList.ts";

/** The list as files of one format. */
export type ListPrinter = (list: BareList) => readonly TenantListFile[];

/** Writes YAML, each tenant in the shortest form. */
export const printYaml: ListPrinter = (list) => [{ file: "list.yaml", text: stringify(toPlain(list)) }];

/** Writes JSON, indented by tabs. */
export const printJson: ListPrinter = (list) => [
  { file: "list.json", text: JSON.stringify(toPlain(list), null, "\t") },
];

/** Writes CSV as a spreadsheet does, with the registrations in a file beside it. */
export function csvPrinter(delimiter: string, lineBreak: string): ListPrinter {
  return (list) => {
    const hubs = { file: "hubs.yaml", text: stringify({ registrations: toPlain(list).registrations }) };
    if (list.tenants.length === 0) return [hubs, { file: "none.yaml", text: "tenants: []" }];
    const labels = [...new Set(list.tenants.flatMap((tenant) => Object.keys(tenant.labels)))];
    const header = ["name", "tenantId", "customerSubscriptionId", "registrations", "state", "retainUntil", "overwrite"];
    const rows = [
      [...header, ...labels.map((label) => `label:${label}`)],
      ...list.tenants.map((tenant) => [...toCells(tenant), ...labels.map((label) => ownValue(tenant.labels, label))]),
    ];
    const lines = rows.map((row) => row.map((cell) => quote(cell, delimiter)).join(delimiter));
    return [hubs, { file: "tenants.csv", text: `\uFEFF${lines.join(lineBreak)}${lineBreak}` }];
  };
}

function toPlain({ registrations, tenants }: BareList) {
  return {
    registrations: Object.fromEntries(
      registrations.map(({ key, registration, access, hub }) => [
        key,
        { ...registration, ...access, ...(hub ? { hub } : {}) },
      ]),
    ),
    tenants: tenants.map(({ mappings, ...tenant }) => {
      const usual = mappings[0]?.customerSubscriptionId ?? "";
      const entries = mappings.map(({ registrationKey, customerSubscriptionId }) => [
        registrationKey,
        customerSubscriptionId === usual ? null : { customerSubscriptionId },
      ]);
      const isUniform = entries.every(([, value]) => value === null);
      const keys = mappings.map((mapping) => mapping.registrationKey);
      return {
        ...tenant,
        customerSubscriptionId: usual,
        registrations: isUniform ? keys : Object.fromEntries(entries),
      };
    }),
  };
}

function toCells({ name, tenantId, mappings, state, retainUntil = "", overwrite }: BareTenant): readonly string[] {
  const usual = mappings[0]?.customerSubscriptionId ?? "";
  const registrations = mappings.map(({ registrationKey, customerSubscriptionId }) =>
    customerSubscriptionId === usual ? registrationKey : `${registrationKey}=${customerSubscriptionId}`,
  );
  return [name, tenantId, usual, registrations.join(";"), state, retainUntil, overwrite.join(" ")];
}

function ownValue(labels: Readonly<Record<string, string>>, label: string): string {
  return Object.hasOwn(labels, label) ? (labels[label] ?? "") : "";
}

function quote(cell: string, delimiter: string): string {
  const isPlain = !cell.includes(delimiter) && !/["\n]/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
