import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { workspaceRoot } from "../../scripts/dev/emulatorProcess.ts";

const copied = ["Pulumi.yaml", "index.ts", "package.json", "tenants.yaml", "emulator", "scripts", "sdk", "usage"];

/** What a user's shell may hold; none of it may reach a run against the emulator. */
const foreign = {
  ARM_CLIENT_ID: "11111111-1111-4111-8111-111111111111",
  AZURE_CLIENT_SECRET: "a-real-secret",
  AZURESTACK_CSP_RESOURCE_MANAGER: "https://management.azure.com",
  PULUMI_BACKEND_URL: "https://api.pulumi.com",
  PULUMI_STACK: "production",
};

describe("npm start", () => {
  let workspace: string;

  before(() => {
    workspace = mkdtempSync(join(realpathSync(tmpdir()), "azurestack-csp-start-"));
    for (const name of copied) cpSync(join(workspaceRoot, name), join(workspace, name), { recursive: true });
    symlinkSync(join(workspaceRoot, "node_modules"), join(workspace, "node_modules"), "junction");
  });

  after(() => {
    rmSync(workspace, { recursive: true, maxRetries: 5 });
  });

  it("registers the sample list and says what to try next", async () => {
    const { code, stdout, stderr } = await start();

    assert.equal(code, 0, `${stdout}${stderr}`);
    assert.match(stdout, /\+ \d+ created/);
    assert.match(stderr, /npm start -- preview/);
  });

  it("finds nothing to change when it runs again", async () => {
    const { code, stdout } = await start("up", "--yes", "--expect-no-changes");

    assert.equal(code, 0, stdout);
    assert.doesNotMatch(stdout, /created|updated|deleted/);
  });

  it("goes on to its end where nobody reads on, and leaves no lock", async () => {
    const child = spawnStart("refresh", "--yes");
    child.stdout.destroy();
    child.stderr.destroy();

    const [code] = await once(child, "close");

    assert.equal(code, 0);
    const locks = join(workspace, ".azurestack-csp", "stacks", ".pulumi", "locks");
    const left = readdirSync(locks, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
    assert.deepEqual(left, []);
  });

  it("runs an emulator for programs elsewhere, which ends with a signal", async () => {
    const child = spawnStart("emulator", "--json");
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    child.kill("SIGTERM");

    assert.match(JSON.parse(line).resourceManager, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(await once(child, "close"), [0, null]);
  });

  it("leaves no secret in the state it keeps", async () => {
    const { stdout } = await start("stack", "export");
    const emulated = JSON.parse(readFileSync(join(workspaceRoot, "emulator", "worlds", "sample.json"), "utf8"));

    for (const secret of findSecrets(emulated))
      assert.ok(!stdout.includes(secret), "the client secret is in the state");
    assert.ok(!stdout.includes(foreign.AZURE_CLIENT_SECRET));
  });

  it("hands on the exit code of Pulumi when the list is wrong", async () => {
    writeFileSync(join(workspace, "tenants.yaml"), "registrations: {}\ntenants: 3\n");

    const { code, stdout } = await start("preview");

    assert.notEqual(code, 0);
    assert.match(stdout, /tenants\.yaml:\d+:\d+/);
  });

  async function start(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = spawnStart(...args);
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => (output.stdout += chunk));
    child.stderr.on("data", (chunk) => (output.stderr += chunk));
    const [code] = await once(child, "close");
    return { code, ...output };
  }

  function spawnStart(...args: string[]) {
    const entry = join(workspace, "scripts", "dev", "start.ts");
    const env = { ...process.env, ...foreign, NO_COLOR: "1" };
    return spawn(process.execPath, ["--conditions=development", entry, ...args], { cwd: workspace, env });
  }
});

function findSecrets(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    name === "clientSecret" && typeof child === "string" ? [child] : findSecrets(child),
  );
}
