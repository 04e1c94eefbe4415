import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ErrorCode, type HubAccess, hasCode, parseTenantList } from "@azurestack-csp/provider";
import { type GetUsageArgs, type GetUsageOptions, getUsage } from "../../../../sdk/nodejs/src/usage/getUsage.ts";

const registrationId =
  "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/hub";
const DAY = { from: "2026-10-01", to: "2026-10-02" };
const env = { AZURE_TENANT_ID: "home", AZURE_CLIENT_ID: "app", AZURE_CLIENT_SECRET: "hush-hush" };

describe("getUsage", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "get-usage-"));
    const hub = { adminEndpoint: "https://127.0.0.1:1", caFile: "missing.pem" };
    const registrations = { paris: { registrationId, hub } };
    writeFileSync(join(folder, "tenants.json"), JSON.stringify({ registrations, tenants: [] }));
    writeFileSync(join(folder, "broken.json"), "{}");
  });

  after(() => rmSync(folder, { recursive: true }));

  async function assertCode(args: GetUsageArgs, code: ErrorCode, options: GetUsageOptions = { env }) {
    const rows = getUsage(args, { folder, ...options });
    const error: unknown = await rows.next().catch((thrown: unknown) => thrown);
    assert(hasCode(error, code), String(error));
    assert(!error.message.includes("hush-hush"));
    return error;
  }

  it("says all that is wrong with a list, with its places", async () => {
    const { message } = await assertCode({ list: "broken.json", registration: "paris", ...DAY }, "CSP_HUB_LIST");

    assert.match(message, /\n {2}broken\.json:1:1: \[CSP_LIST_NO_TENANTS\]/);
  });

  it("names the registrations that there are for one that there is not", async () => {
    const { message } = await assertCode(
      { list: ["tenants.json"], registration: "pariss", ...DAY },
      "CSP_LIST_REGISTRATION_UNDEFINED",
    );

    assert.match(message, /did you mean `paris`/);
  });

  it("takes a list that was read, and looks for its files from the folder", async () => {
    const file = JSON.stringify({ registrations: { lyon: { registrationId } }, tenants: [] });
    const { list } = parseTenantList([{ file: "lyon.json", text: file }]);
    assert(list);

    await assertCode({ list, registration: "lyon", ...DAY }, "CSP_HUB_NOT_LISTED");
    const { details } = await assertCode({ list: "tenants.json", registration: "paris", ...DAY }, "CSP_HUB_CA_FILE");
    assert.equal("path" in details && details.path, join(folder, "missing.pem"));
  });

  it("refuses a range that cannot be asked for, and a credential that is incomplete, before anything is sent", async () => {
    const hub = { adminEndpoint: "https://127.0.0.1:1" };

    await assertCode({ hub, from: "x", to: "y" }, "CSP_HUB_QUERY");
    await assertCode({ hub: { adminEndpoint: "http://user:hush-hush@127.0.0.1" }, ...DAY }, "CSP_HUB_ENDPOINT");
    await assertCode({ hub: { userEndpoint: "https://127.0.0.1/x" }, ...DAY }, "CSP_HUB_ENDPOINT");
    await assertCode(
      { hub: { ...hub, userEndpoint: "https://b" } as unknown as HubAccess, ...DAY },
      "CSP_HUB_ENDPOINTS",
    );
    await assertCode({ hub: {} as unknown as HubAccess, ...DAY }, "CSP_HUB_ENDPOINTS");
    await assertCode({ hub: { ...hub, credentialPrefix: "hub" }, ...DAY }, "CSP_CREDENTIAL_PREFIX");
    await assertCode({ hub: { ...hub, credentialPrefix: "HUB" }, ...DAY }, "CSP_CREDENTIAL_INCOMPLETE");
  });
});
