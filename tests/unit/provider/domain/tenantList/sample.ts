import { type ParsedTenantList, parseTenantList } from "@azurestack-csp/provider";

/** Ids that a test can tell apart: `guid(1)` is all ones but for its shape. */
export function guid(digit: number): string {
  const hex = digit.toString(16).padStart(12, "0");
  return `${hex.slice(-8)}-0000-4000-8000-${hex}`;
}

/** Two Hubs, as the text of a YAML file. */
export const HUBS = `registrations:
  paris:
    registrationSubscriptionId: ${guid(0xa1)}
    resourceGroup: azurestack
    registrationName: hub-paris
  lyon:
    registrationId: /subscriptions/${guid(0xa2)}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/hub-lyon
`;

/** One tenant, as the text of a CSV file that the Hubs above go with. */
export const CSV_HEADER = "name,tenantId,customerSubscriptionId,registrations";

/** Parses one YAML file. */
export function parseYaml(text: string): ParsedTenantList {
  return parseTenantList([{ file: "tenants.yaml", text }]);
}

/** Parses one CSV file beside the two Hubs. */
export function parseCsv(text: string): ParsedTenantList {
  return parseTenantList([
    { file: "hubs.yaml", text: HUBS },
    { file: "tenants.csv", text },
  ]);
}

/** Each issue as `file:line:column CODE path`. */
export function summarize({ issues }: ParsedTenantList): readonly string[] {
  return issues.map(({ file, line, column, code, path }) => `${file}:${line}:${column} ${code} ${path}`);
}
