import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { runEmulator } from "@azurestack-csp/emulator";

const main = fileURLToPath(new URL("../../emulator/src/program/main.ts", import.meta.url));

describe("runEmulator", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "emulator-process-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs with output caught; ends as soon as it is ready. */
  const run = async (...argv: string[]) => {
    let stdout = "";
    let stderr = "";
    const code = await runEmulator(argv, {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      untilEnded: async () => undefined,
    });
    return { code, stdout, stderr };
  };

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`prints one line when ready, and ${signal} ends it with exit code 0`, async () => {
      const { child, ready } = await start(["--json"]);
      const line: unknown = JSON.parse(ready.line);
      const { resourceManager = "", caCertificate = "" } = line as Record<string, string>;
      const existed = existsSync(caCertificate);
      child.kill(signal);
      const [code] = await once(child, "exit");

      assert.equal(code, 0);
      assert.equal(ready.lines.length, 1);
      assert.deepEqual(Object.keys(line as object), [
        "resourceManager",
        "authority",
        "tenantId",
        "clientId",
        "clientSecret",
        "caCertificate",
        "control",
        "hubs",
      ]);
      const { hubs } = line as { hubs: readonly Record<string, object>[] };
      assert.deepEqual(
        hubs.map((hub) => [hub.name, hub.region, Object.keys(hub)]),
        [
          ["paris", "paris1", ["name", "region", "homeTenantId", "admin", "user", "usage"]],
          ["lyon", "lyon1", ["name", "region", "homeTenantId", "admin", "user", "usage"]],
        ],
      );
      for (const { admin = {}, user = {}, usage = {} } of hubs) {
        assert.deepEqual(Object.keys(admin), ["resourceManager", "audience", "subscriptionId"]);
        assert.deepEqual(Object.keys(user), ["resourceManager", "audience", "tenantId", "subscriptionId"]);
        assert.deepEqual(Object.keys(usage), ["firstReported", "lastReported", "deletedSubscriptionId"]);
      }
      assert.match(resourceManager, /^https:\/\/127\.0\.0\.1:\d+$/);
      assert.deepEqual([existed, existsSync(caCertificate)], [true, false]);
    });
  }

  it("names no certificate with --http", async () => {
    const { stdout } = await run("--json", "--http");

    const { resourceManager, caCertificate } = JSON.parse(stdout);
    assert.match(resourceManager, /^http:/);
    assert.equal(caCertificate, null);
  });

  it("removes at its start what killed ones left, and nothing of those that run", async () => {
    const [killed, running] = [await start(["--json"]), await start(["--json"])];
    const folderOf = ({ ready }: Started) => dirname(JSON.parse(ready.line).caCertificate);
    killed.child.kill("SIGKILL");
    await once(killed.child, "exit");
    const left = existsSync(folderOf(killed));

    const next = await start(["--json"]);

    assert.deepEqual(
      [left, ...[killed, running, next].map((each) => existsSync(folderOf(each)))],
      [true, false, true, true],
    );
    for (const { child } of [running, next]) {
      child.kill();
      await once(child, "exit");
    }
  });

  it("appends what NODE_EXTRA_CA_CERTS named before to the certificate file", async () => {
    const existing = join(folder, "corporate.pem");
    await writeFile(existing, "-----corporate-----\n");
    const { child, ready } = await start(["--json"], { NODE_EXTRA_CA_CERTS: existing });
    const bundle = await readFile(JSON.parse(ready.line).caCertificate, "utf8");
    child.kill();
    await once(child, "exit");

    assert.match(bundle, /^-----BEGIN CERTIFICATE-----[\s\S]+-----corporate-----\n$/);
  });

  it("tells a person what to paste", async () => {
    const { code, stdout } = await run();

    assert.equal(code, 0);
    for (const text of [
      "export AZURE_AUTHORITY_HOST='https://127.0.0.1:",
      "export AZURESTACK_CSP_RESOURCE_MANAGER=",
      "export NODE_EXTRA_CA_CERTS=",
      "export AZURESTACK_CSP_HUB_PARIS_ADMIN_ENDPOINT='https://127.0.0.1:",
      "export AZURESTACK_CSP_HUB_LYON_USER_ENDPOINT='https://127.0.0.1:",
      "export AZURESTACK_CSP_HUB_PARIS_ADMIN_AUDIENCE='https://adminmanagement.",
      "export AZURESTACK_CSP_HUB_PARIS_ADMIN_SUBSCRIPTION='",
      "export AZURESTACK_CSP_HUB_PARIS_USER_AUDIENCE='https://management.",
      "export AZURESTACK_CSP_HUB_PARIS_USER_TENANT='05c368fa-731d-46fe-801a-91e06ebd2e54'",
      "export AZURESTACK_CSP_HUB_PARIS_USER_SUBSCRIPTION='5966eb44-e0c6-4744-9511-3dc30e9a8df5'",
      "az cloud register",
      'provider "azapi"',
      "export ARM_DISABLE_INSTANCE_DISCOVERY='true'",
    ]) {
      assert.ok(stdout.includes(text), text);
    }
    assert.match(stdout, /^Hub paris: .* for users; usage was reported from \S+T\d\d:00:00Z to \S+T\d\d:00:00Z\.$/m);
    assert.doesNotMatch(stdout, /undefined/);
  });

  it("takes modes and faults, given inline or in a file", async () => {
    const faults = join(folder, "faults.json");
    await writeFile(faults, JSON.stringify([{ what: { status: 500 } }]));
    const { code } = await run(
      "--json",
      "--mode",
      "pageSize=5",
      "--mode",
      "putAnswer=201-empty",
      "--fault",
      faults,
      "--fault",
      '{"what":{"reset":true}}',
      "--latency",
      "5",
      "--throttle",
    );

    assert.equal(code, 0);
  });

  const mistakes = [
    { argv: ["--mode", "putAnswer=202"], message: /Mode putAnswer cannot be "202"\. Allowed: 200-body, / },
    { argv: ["--mode", "color=red"], message: /There is no mode "color"/ },
    { argv: ["--mode", "pageSize=0"], message: /Mode pageSize cannot be "0"/ },
    { argv: ["--port", "http"], message: /--port cannot be "http"/ },
    { argv: ["--fault", '{"when":"now"}'], message: /--fault cannot be read: A fault needs a member "what"/ },
    {
      argv: ["--fault", '{"match":{"path":"("},"what":{"status":500}}'],
      message: /--fault cannot be read: A fault's "path" is to be a regular expression, and "\(" is none\./,
    },
    { argv: ["--fault", "nowhere.json"], message: /--fault nowhere\.json cannot be read: ENOENT/ },
    { argv: ["--wurld", "x"], message: /Unknown option '--wurld'/ },
    { argv: ["--world", "nowhere.json"], message: /The world file nowhere\.json cannot be read/ },
  ];
  for (const { argv, message } of mistakes) {
    it(`refuses ${argv.join(" ")} with exit code 2`, async () => {
      const { code, stdout, stderr } = await run(...argv);

      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
    });
  }
});

interface Started {
  readonly child: ChildProcess;
  readonly ready: { readonly line: string; readonly lines: readonly string[] };
}

async function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const child = spawn(process.execPath, ["--conditions=development", main, ...argv], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: "", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const [line] = await once(reader, "line");
  return { child, ready: { line: String(line), lines } };
}
