import assert from "node:assert/strict";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { createListFolder, type ListFolder, runCommand } from "./runCommand.ts";

/** A stack as Pulumi kept it before it knew projects on such a backend. */
const STACK = JSON.stringify({ version: 3, checkpoint: { stack: "test", latest: null } });

describe("a state without projects, which the Pulumi CLI does not open any more", () => {
  let azure: Emulator;
  let folder: ListFolder;
  let state: string;

  before(async () => {
    azure = await createEmulator();
    folder = await createListFolder(azure);
    await cp(join(workspaceRoot, "tenants.yaml"), join(folder.cwd, "tenants.yaml"));
    state = fileURLToPath(folder.env.PULUMI_BACKEND_URL ?? "");
    await mkdir(join(state, ".pulumi", "stacks"), { recursive: true });
    await writeFile(join(state, ".pulumi", "stacks", "test.json"), STACK);
  });

  after(async () => {
    await folder.remove();
    await azure.close();
  });

  it("is named with the way out by every command that reads a stack, and nothing is changed", async () => {
    const commands = ["plan", "audit", "adopt", "reconcile --yes"];

    const ended = await Promise.all(
      commands.map((command) => runCommand(folder, ...command.split(" "), "--stack", "test")),
    );

    for (const { code, stderr } of ended) {
      assert.equal(code, 8, stderr);
      assert.ok(stderr.startsWith(`[CSP_COMMAND_STATE_WITHOUT_PROJECTS] The stacks in ${state} `), stderr);
      assert.match(stderr, /with Pulumi 3\.274\.1 or earlier: `\w+=1 pulumi state upgrade`/);
    }
    assert.deepEqual(azure.journal(), []);
    assert.deepEqual(await readdir(join(state, ".pulumi"), { recursive: true }), ["stacks", "stacks/test.json"]);
    assert.equal(await readFile(join(state, ".pulumi", "stacks", "test.json"), "utf8"), STACK);
  });

  it("is found where `pulumi login` or the project names the folder", async () => {
    const { PULUMI_BACKEND_URL: url, ...env } = folder.env;
    const home = join(folder.cwd, "logged-in");
    const project = join(folder.cwd, "project");
    for (const path of [home, project]) await mkdir(path);
    await writeFile(join(home, "credentials.json"), JSON.stringify({ current: url }));
    const settings = { name: "shop", runtime: "nodejs", backend: { url } };
    await writeFile(join(project, "Pulumi.yaml"), JSON.stringify(settings));

    const ended = await Promise.all([
      runCommand({ cwd: folder.cwd, env: { ...env, PULUMI_HOME: home } }, "plan", "--stack", "test"),
      runCommand({ cwd: project, env }, "plan", "--stack", "test", "../tenants.yaml"),
    ]);

    for (const { stderr } of ended) assert.match(stderr, /^\[CSP_COMMAND_STATE_WITHOUT_PROJECTS\]/);
  });
});
