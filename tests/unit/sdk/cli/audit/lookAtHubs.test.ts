import assert from "node:assert/strict";
import { parseTenantList } from "@azurestack-csp/provider";
import { lookAtHubs } from "../../../../../sdk/nodejs/src/cli/audit/lookAtHubs.ts";

function idOf(name: string): string {
  return `/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/${name}`;
}

/** What is found out of Hubs that nobody can reach: nothing is listening, and no credential is there. */
async function look(hubs: Readonly<Record<string, unknown>>, signal = new AbortController().signal) {
  const registrations = Object.fromEntries(
    Object.entries(hubs).map(([key, hub]) => [key, { registrationId: idOf(key), hub }]),
  );
  const { list } = parseTenantList([{ file: "tenants.json", text: JSON.stringify({ registrations, tenants: [] }) }]);
  assert(list);
  const context = { env: {}, folder: "/nowhere", signal, terminal: { say: () => {} } } as never;
  return await lookAtHubs(context, list, () => assert.fail("nothing is asked of Azure"));
}

describe("lookAtHubs", () => {
  it("asks no Hub without an admin endpoint", async () => {
    assert.deepEqual(await look({ paris: undefined, lyon: { userEndpoint: "https://management.lyon.example" } }), []);
  });

  it("says of each Hub why it could not be asked, and asks the others all the same", async () => {
    const adminEndpoint = (name: string) => `https://adminmanagement.${name}.hubs.example`;
    const facts = await look({
      paris: { adminEndpoint: adminEndpoint("paris"), credentialPrefix: "PARIS_HUB" },
      lyon: { adminEndpoint: adminEndpoint("lyon"), caFile: "lyon.pem" },
    });

    const problems = facts.map((each) => ("problem" in each ? [each.key, each.problem.slice(0, 40)] : [each.key]));
    assert.deepEqual(
      problems.map(([key, problem = ""]) => [key, /\[(\w+)\]/.exec(problem)?.[1]]),
      [
        ["paris", "CSP_CREDENTIAL_INCOMPLETE"],
        ["lyon", "CSP_HUB_CA_FILE"],
      ],
    );
  });

  it("ends with the command", async () => {
    const hub = { adminEndpoint: "https://adminmanagement.paris.hubs.example", caFile: "missing.pem" };

    await assert.rejects(look({ paris: hub }, AbortSignal.abort()), { name: "AbortError" });
  });
});
