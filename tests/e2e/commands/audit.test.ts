import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { writeListWithHubs } from "../../../scripts/dev/listWithHubs.ts";
import { beaumont, delmas, garance, lyon, mappingOf, paris, registrationIdOf } from "../../support/customers.ts";
import { createListFolder, type ListFolder, runCommand } from "./runCommand.ts";

interface Finding {
  readonly kind: string;
  readonly severity: string;
  readonly registration: string;
  readonly message: string;
  readonly tenantId?: string;
}

describe("azurestack-csp audit", () => {
  let azure: Emulator;
  let folder: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    folder = await createListFolder(azure);
    const registrations = {
      paris: { registrationId: registrationIdOf(paris) },
      lyon: { registrationId: registrationIdOf(lyon) },
    };
    const tenants = [beaumont, delmas].map((customer) => ({ ...customer, registrations: ["paris"] }));
    await folder.write("tenants.json", JSON.stringify({ registrations, tenants }));
  });

  afterEach(async () => {
    await folder.remove();
    await azure.close();
  });

  const findings = async (...args: readonly string[]): Promise<readonly Finding[]> => {
    const { stdout } = await runCommand(folder, "audit", "--json", ...args);
    return (JSON.parse(stdout) as { findings: readonly Finding[] }).findings;
  };
  const kinds = (found: readonly Finding[], registration: string) =>
    found.filter((finding) => finding.registration === registration).map(({ kind }) => kind);

  it("finds what is missing, extra and locked, and has a code for it", async () => {
    const { code, stdout } = await runCommand(folder, "audit");

    assert.equal(code, 7);
    assert.match(stdout, /Missing: billed to the registration's own subscription \(1\)/);
    assert.match(stdout, /Extras: live, and nobody declared them \(2\)/);
    assert.match(stdout, /lyon: lock "RegistrationResourceLock" \(CanNotDelete\)/);
    assert.match(stdout, /^Hubs that were not asked, [^:]*: paris, lyon\.$/m);
  });

  it("finds a customer subscription that somebody mapped to another tenant", async () => {
    azure.facts.putCustomerSubscription({ ...mappingOf(paris, delmas), tenantId: garance.tenantId });

    assert.deepEqual(kinds(await findings(), "paris").slice(0, 2), ["check", "drift"]);
  });

  it("finds customers of one Hub of a group that the other Hub lacks", async () => {
    const found = await findings("--group", "paris,lyon");

    assert.equal(found.filter(({ kind }) => kind === "fanOut").length, 3);
  });

  it("refuses a group of a registration that the list does not define", async () => {
    const { code, stderr } = await runCommand(folder, "audit", "--group", "paris,nice");

    assert.equal(code, 3);
    assert.match(stderr, /\[CSP_LIST_REGISTRATION_UNDEFINED\] No registration has the key "nice"/);
  });

  it("ends with 0 where only notes are left", async () => {
    await runCommand(folder, "adopt", "-r", `paris=${registrationIdOf(paris)}`, "--out", "live.json");

    const { code, stdout } = await runCommand(folder, "audit", "live.json");

    assert.equal(code, 0, stdout);
    assert.match(stdout, /Everything is live as declared; 0 notes\./);
  });

  describe("of a list that knows its Hubs", () => {
    const hubs = async (endpoint?: string): Promise<readonly Finding[]> => {
      const adminEndpoint = endpoint ?? azure.hubs.find(({ name }) => name === "paris")?.admin.resourceManager;
      // The file is found from the list that names it.
      const hub = { adminEndpoint, credentialPrefix: "PARIS_HUB", caFile: "../hub.pem" };
      const registrations = { paris: { registrationId: registrationIdOf(paris), hub } };
      await mkdir(join(folder.cwd, "lists"));
      await folder.write("hub.pem", azure.caPem ?? "");
      await folder.write("lists/hubs.json", JSON.stringify({ registrations, tenants: [] }));
      const credential = {
        PARIS_HUB_TENANT_ID: azure.tenantId,
        PARIS_HUB_CLIENT_ID: azure.clientId,
        PARIS_HUB_CLIENT_SECRET: azure.clientSecret,
      };
      const place = { ...folder, env: { ...folder.env, ...credential } };
      const { code, stdout } = await runCommand(place, "audit", "lists/hubs.json", "--json");
      assert(!stdout.includes(azure.clientSecret));
      const { findings: found } = JSON.parse(stdout) as { findings: readonly Finding[] };
      assert.equal(code, 7);
      return found.filter(({ kind }) => kind === "hub");
    };

    it("finds nothing where the Hub says the same", async () => {
      assert.deepEqual(await hubs(), []);
    });

    it("finds a Hub that reports no usage, and one with the registration of another Hub", async () => {
      azure.facts.setHub("paris", { usageReportingEnabled: false, registrationId: registrationIdOf(lyon) });

      const messages = (await hubs()).map(({ message }) => message);

      assert.equal(messages.length, 2);
      assert.match(messages[0] ?? "", /reports no usage to Azure/);
      assert.match(
        messages[1] ?? "",
        /is registered by .*, and not by the registration in the list \(cloud id .*; the list's has /,
      );
    });

    it("finds who has subscriptions on a Hub and is in no row for it, and says which Hubs were asked", async () => {
      const list = join(workspaceRoot, "tenants.yaml");
      writeListWithHubs({ list, copy: join(folder.cwd, "hubs.yaml"), hubs: azure.hubs });

      const { code, stdout } = await runCommand(folder, "audit", "hubs.yaml", "--json");
      const document = JSON.parse(stdout) as { findings: readonly Finding[]; hubs: readonly unknown[] };
      const text = await runCommand(folder, "audit", "hubs.yaml");

      const found = document.findings.filter(({ kind }) => kind === "unregistered");
      assert.deepEqual(
        found.map(({ registration, severity, message }) => [registration, severity, /"(.*?)"/.exec(message)?.[1]]),
        [
          ["paris", "finding", "Mécanique Perrault - production"],
          ["lyon", "finding", "Notaires Réunis - production"],
        ],
      );
      assert.deepEqual(document.hubs, [
        { registration: "paris", state: "asked", localSubscriptions: 9 },
        { registration: "lyon", state: "asked", localSubscriptions: 6 },
      ]);
      assert.deepEqual([code, text.code], [7, 7]);
      assert.match(text.stdout, /Unregistered: .* \(2\)/);
      assert.match(text.stdout, /^Hubs that were asked: paris \(.*\), lyon \(.*\)\.$/m);
    });

    it("does not take a Hub that is not reached for one that is fine", async () => {
      const [found, ...others] = await hubs("https://127.0.0.1:9");

      assert.deepEqual(others, []);
      assert.match(found?.message ?? "", /is not known: \[CSP_UNREACHABLE\]/);
    });
  });
});
