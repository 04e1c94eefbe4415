import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatRegistrationId } from "@azurestack-csp/provider";
import { readTenantList, toDeclarations } from "azurestack-csp";
import { CUSTOMER_SUBSCRIPTION, type RecordedProgram, ROOT, runProgram } from "./runProgram.ts";

/** Nobody answers here: what is asked of Azure is tested with an emulator. */
const OFFLINE = { "project:liveChecks": "false" };

const WITHOUT_ROWS = "registrations: {}\ntenants: []\n";

describe("the root program", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tenant-list-"));
  });

  after(() => rm(folder, { recursive: true }));

  async function runWith(list: string): Promise<RecordedProgram> {
    const tenantList = join(folder, "tenants.yaml");
    await writeFile(tenantList, list);
    return runProgram(".", { ...OFFLINE, "project:tenantList": tenantList });
  }

  it("declares every tenant of its sample on every registration, under one component", async () => {
    const { list } = readTenantList("tenants.yaml", { folder: ROOT });
    assert.ok(list);
    const declared = toDeclarations(list);

    const { resources, parents, error } = await runProgram(".", OFFLINE);

    const registered = resources.filter(({ type }) => type === CUSTOMER_SUBSCRIPTION);
    assert.equal(error, undefined);
    assert.deepEqual(registered.map(({ name }) => name).sort(), declared.map(({ name }) => name).sort());
    for (const { name, inputs } of declared) {
      const { __provider, ...sent } = registered.find((resource) => resource.name === name)?.inputs ?? {};
      const { registrationSubscriptionId, resourceGroup, registrationName, ...mapping } = inputs;
      const registration = { registrationSubscriptionId, resourceGroup, registrationName };
      assert.deepEqual(sent, { ...mapping, registrationId: formatRegistrationId(registration) });
      assert.equal(parents[name], "tenants");
    }
  });

  it("exports how many customers there are, and on which Hubs", async () => {
    const { outputs } = await runProgram(".", OFFLINE);

    assert.deepEqual(outputs, { tenants: 12, registrations: 2, mappings: { paris: 9, lyon: 7 } });
  });

  it("stops at the errors of a list, all of them, before anything is registered", async () => {
    const { resources, error } = await runWith("tenants:\n  - name: Contoso\n    tenantID: x\n");

    assert.deepEqual(
      resources.map(({ type }) => type),
      ["pulumi:pulumi:Stack"],
    );
    assert.equal(error?.isRunError, true);
    assert.match(error.message, /tenants\.yaml:2:5: \[CSP_INPUT_REQUIRED\]/);
    assert.match(error.message, /tenants\.yaml:2:5: \[CSP_LIST_NO_REGISTRATIONS\]/);
    assert.match(error.message, /tenants\.yaml:3:5: \[CSP_LIST_UNKNOWN_KEY\]/);
  });

  it("stops where the list is missing", async () => {
    const { resources, error } = await runProgram(".", { "project:tenantList": "no-such-list.yaml" });

    assert.equal(resources.length, 1);
    assert.match(error?.message ?? "", /^no-such-list\.yaml:1:1: \[CSP_LIST_FILE_UNREADABLE\]/m);
  });

  it("hands the guard what the configuration says, to the letter", async () => {
    const said = { maxRemovals: "5,10%", maxMoves: "7", confirmedRemovals: "12abc", confirmedMoves: "1_000" };
    const config = Object.entries(said).map(([key, value]) => [`project:${key}`, value]);

    const { resources } = await runProgram(".", { ...OFFLINE, ...Object.fromEntries(config) });

    const guard = resources.find(({ type }) => type.endsWith(":TenantListGuard"));
    assert.partialDeepStrictEqual(guard?.inputs, said);
  });

  it("checks the list against what is live, and stops where Azure cannot be asked", async () => {
    const env = { ...process.env, AZURESTACK_CSP_API_VERSION: "1999-01-01" };

    const { resources, error } = await runProgram(".", {}, env);

    assert.equal(resources.length, 1);
    assert.equal(error?.isRunError, true);
    assert.match(error.message, /^tenants\.yaml:\d+:\d+: \[CSP_\w+\] .*AZURESTACK_CSP_API_VERSION/m);
  });

  it("takes a list that is empty on purpose", async () => {
    const { outputs, error } = await runWith(WITHOUT_ROWS);

    assert.equal(error, undefined);
    assert.deepEqual(outputs, { tenants: 0, registrations: 0, mappings: {} });
  });
});
