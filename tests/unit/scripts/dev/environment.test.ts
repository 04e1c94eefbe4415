import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type EmulatorConnection,
  emulatorEnvironment,
  localEnvironment,
  pulumiEnvironment,
  requireLoopback,
} from "../../../../scripts/dev/environment.ts";

const azure: EmulatorConnection = {
  resourceManager: "https://127.0.0.1:4430",
  authority: "https://127.0.0.1:4431",
  tenantId: "7b9a1f0e-0000-4000-8000-000000000001",
  clientId: "7b9a1f0e-0000-4000-8000-000000000002",
  clientSecret: "emulated",
  caCertificate: null,
  control: "https://127.0.0.1:4430/_control",
  hubs: [
    {
      name: "paris-nord",
      admin: { resourceManager: "https://127.0.0.1:4432" },
      user: { resourceManager: "https://127.0.0.1:4433" },
    },
  ],
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environment-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("localEnvironment", () => {
  for (const name of [
    "ARM_CLIENT_SECRET",
    "ARM_USE_OIDC",
    "AZURE_TENANT_ID",
    "AZURE_FEDERATED_TOKEN_FILE",
    "AZURESTACK_CSP_RESOURCE_MANAGER",
    "ACTIONS_ID_TOKEN_REQUEST_URL",
    "IDENTITY_ENDPOINT",
    "MSI_SECRET",
    "PULUMI_ACCESS_TOKEN",
    "PULUMI_BACKEND_URL",
    "PULUMI_OPTION_PARALLEL",
    "NODE_TLS_REJECT_UNAUTHORIZED",
  ]) {
    it(`drops the user's ${name}`, () => {
      assert.equal(localEnvironment({ [name]: "the user's" })[name], undefined);
    });
  }

  it("keeps what names no cloud", () => {
    assert.equal(localEnvironment({ PATH: "/usr/bin" }).PATH, "/usr/bin");
  });

  it("adds to the user's NODE_OPTIONS and repeats nothing", () => {
    const once = localEnvironment({ NODE_OPTIONS: "--max-old-space-size=4096" }).NODE_OPTIONS;

    assert.equal(once, "--max-old-space-size=4096 --conditions=development --disable-warning=ExperimentalWarning");
    assert.equal(localEnvironment({ NODE_OPTIONS: once }).NODE_OPTIONS, once);
  });

  it("exempts this machine from the user's proxy", () => {
    assert.equal(localEnvironment({ no_proxy: "example.com" }).NO_PROXY, "example.com,127.0.0.1,localhost,::1");
  });
});

describe("pulumiEnvironment", () => {
  it("keeps state and settings inside the folder and asks no host for anything", () => {
    const env = pulumiEnvironment({ ambient: { PULUMI_HOME: "/home/user/.pulumi" }, folder });

    assert.ok(env.PULUMI_BACKEND_URL?.startsWith("file://"));
    assert.equal(env.PULUMI_HOME, join(folder, "pulumi"));
    assert.equal(env.PULUMI_SKIP_UPDATE_CHECK, "true");
    assert.equal(env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, "true");
  });

  it("keeps the temporary files of a run inside the folder", () => {
    const env = pulumiEnvironment({ ambient: process.env, folder });

    const made = 'fs.mkdtempSync(path.join(os.tmpdir(), "made-"))';
    const shown = execFileSync(process.execPath, ["--print", made], { env, encoding: "utf8" });

    assert.equal(dirname(shown.trim()), join(folder, "tmp"));
  });
});

describe("emulatorEnvironment", () => {
  it("replaces the user's credentials and endpoints by the emulator's", () => {
    const ambient = {
      AZURE_CLIENT_SECRET: "real",
      ARM_CLIENT_ID: "real",
      AZURE_AUTHORITY_HOST: "https://login.example",
    };

    const env = emulatorEnvironment({ ambient, azure, folder });

    assert.equal(env.AZURE_CLIENT_SECRET, azure.clientSecret);
    assert.equal(env.ARM_CLIENT_ID, undefined);
    assert.equal(env.AZURE_AUTHORITY_HOST, azure.authority);
    assert.equal(env.AZURESTACK_CSP_RESOURCE_MANAGER, azure.resourceManager);
  });

  it("trusts what the machine trusts and the emulator's authority", () => {
    const [machine, authority] = [join(folder, "machine.pem"), join(folder, "authority.pem")];
    writeFileSync(machine, "machine");
    writeFileSync(authority, "authority\n");
    const ambient = { NODE_EXTRA_CA_CERTS: machine };

    const env = emulatorEnvironment({ ambient, azure: { ...azure, caCertificate: authority }, folder });

    assert.equal(readFileSync(env.NODE_EXTRA_CA_CERTS ?? "", "utf8"), "machine\nauthority\n");
  });

  it("names the endpoints of every Hub", () => {
    const env = emulatorEnvironment({ ambient: {}, azure, folder });

    assert.deepEqual(
      [env.AZURESTACK_CSP_HUB_PARIS_NORD_ADMIN_ENDPOINT, env.AZURESTACK_CSP_HUB_PARIS_NORD_USER_ENDPOINT],
      ["https://127.0.0.1:4432", "https://127.0.0.1:4433"],
    );
  });

  for (const endpoint of ["admin", "user"] as const) {
    it(`refuses a Hub whose ${endpoint} endpoint is on another machine`, () => {
      const hubs = azure.hubs.map((hub) => ({ ...hub, [endpoint]: { resourceManager: "https://hub.example" } }));

      assert.throws(() => emulatorEnvironment({ ambient: {}, azure: { ...azure, hubs }, folder }), {
        code: "NOT_LOOPBACK",
      });
    });
  }

  for (const name of ["resourceManager", "authority", "control"] as const) {
    it(`refuses a ${name} on another machine`, () => {
      const elsewhere = { ...azure, [name]: "https://management.azure.com" };

      assert.throws(() => emulatorEnvironment({ ambient: {}, azure: elsewhere, folder }), { code: "NOT_LOOPBACK" });
    });
  }
});

describe("requireLoopback", () => {
  for (const endpoint of ["https://127.0.0.1:1", "http://127.9.8.7", "https://localhost:8443/x", "https://[::1]:443"]) {
    it(`accepts ${endpoint}`, () => {
      assert.doesNotThrow(() => requireLoopback("control", endpoint));
    });
  }

  for (const endpoint of [
    "https://management.azure.com",
    "https://127.0.0.1.example.com",
    "https://localhost.example.com",
    "https://127.0.0.1@example.com",
    "https://0.0.0.0",
    "https://[::]",
    "https://10.0.0.1",
    "not a URL",
    "",
  ]) {
    it(`refuses "${endpoint}"`, () => {
      assert.throws(() => requireLoopback("control", endpoint), { code: "NOT_LOOPBACK" });
    });
  }
});
