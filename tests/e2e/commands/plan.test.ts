import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { delmas, garance, horizon, mappingOf, marchal, paris, registrationIdOf } from "../../support/customers.ts";
import { createHoldingEmulator } from "../../support/heldRequest.ts";
import {
  assertFailed,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";
import { createListFolder, type ListFolder, runCommand, startCommand } from "./runCommand.ts";

describe("azurestack-csp plan, beside a Pulumi program", () => {
  let azure: Emulator;
  let stack: TenantStack;

  before(async () => {
    azure = await createEmulator();
    stack = await createTenantStack({ azure, rows: [delmas, garance, horizon] });
    assertSucceeded(await stack.up());
  });

  after(async () => {
    await stack.remove();
    await azure.close();
  });

  const project = join(workspaceRoot, "Pulumi.yaml");
  const plan = (...args: readonly string[]) => runCommand({ cwd: stack.program, env: stack.env }, "plan", ...args);

  it("has nothing to do behind an up, and takes the selected stack", async () => {
    const { code, stdout } = await plan("--detailed-exitcode");

    assert.equal(code, 0, stdout);
    assert.match(stdout, /Nothing to do; 3 unchanged, 2 extra\./);
  });

  it("shows what a run would do, the removal last, and has a code for it only where that is asked for", async () => {
    azure.resetJournal();
    await stack.declare([delmas, garance, marchal]);

    const [text, detailed] = [await plan(), await plan("--stack", "test", "--detailed-exitcode")];

    assert.equal(text.code, 0, text.stderr);
    assert.equal(detailed.code, 6);
    assert.ok(text.stdout.indexOf("- offboard") > text.stdout.indexOf("+ onboard"));
    assert.match(text.stdout, /1 to offboard, 1 to onboard; 2 unchanged/);
    assert.deepEqual(writesOf(azure), []);
  });

  it("prints one JSON document and nothing else, and judges the guard by the limits that are given", async () => {
    await stack.declare([delmas, garance, marchal]);

    const { code, stdout } = await plan("--json", "--max-removals", "0");

    assert.equal(code, 5);
    const { guard } = JSON.parse(stdout) as { guard: object };
    assert.partialDeepStrictEqual(guard, { stops: true, removals: 1, moves: 0, override: "--max-removals 1" });

    const { version, stack: name, hasChanges, counts } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual({ version, name, hasChanges }, { version: 1, name: "test", hasChanges: true });
    assert.partialDeepStrictEqual(counts, { offboard: 1, onboard: 1, unchanged: 2 });
  });

  it("judges by the limits that the program is configured with, and knows none that it has by itself", async () => {
    await stack.declare([delmas]);
    const settings = join(stack.program, "Pulumi.test.yaml");
    const limits = await readFile(settings, "utf8");
    try {
      await writeFile(settings, limits.replaceAll("100%", "10%"));
      const judged = await plan();
      assert.equal(judged.code, 5, judged.stderr);
      assert.match(judged.stdout, /The guard would stop this run\n {2}\[CSP_GUARD_REMOVALS\] 2 of 3 /);
      assert.match(assertFailed(await stack.up()), /\[CSP_GUARD_REMOVALS\]/);

      await writeFile(settings, limits.replace(/config:.*/s, ""));
      await writeFile(join(stack.program, "Pulumi.yaml"), (await readFile(project, "utf8")).replace(/config:.*/s, ""));
      const [text, json] = [await plan(), await plan("--json")];
      assert.deepEqual([text.code, json.code], [0, 0]);
      assert.match(text.stdout, /Whether the program's guard permits 2 removals is not known/);
      assert.partialDeepStrictEqual(JSON.parse(json.stdout), { guard: { stops: null } });
    } finally {
      await writeFile(settings, limits);
      await copyFile(project, join(stack.program, "Pulumi.yaml"));
    }
  });

  it("reads the list that the stack is configured with", async () => {
    await stack.run(["config", "set", "--plaintext", "tenantList", "lists/customers.yaml"]);
    try {
      const { code, stderr } = await plan();

      assert.equal(code, 3);
      assert.match(stderr, /The list is lists\/customers\.yaml, as the program is configured/);
      assert.match(stderr, /^lists\/customers\.yaml:1:1: \[CSP_LIST_/m);
    } finally {
      await stack.run(["config", "rm", "tenantList"]);
    }
  });

  it("refuses a stack that is not there, and names those that are", async () => {
    const { code, stderr } = await plan("--stack", "elsewhere");

    assert.equal(code, 3);
    assert.match(
      stderr,
      /\[CSP_COMMAND_STACK_UNKNOWN\] "elsewhere" is no stack of project azurestack-csp; it has test/,
    );
  });
});

describe("azurestack-csp plan, in a folder that holds nothing but a list", () => {
  let azure: Emulator;
  let folder: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    folder = await createListFolder(azure);
    await folder.write("tenants.yaml", listOf([delmas, garance]));
  });

  afterEach(async () => {
    await folder.remove();
    await azure.close();
  });

  it("compares the list with Azure alone, and says so", async () => {
    azure.facts.putCustomerSubscription(mappingOf(paris, delmas));

    const { code, stdout, stderr } = await runCommand(folder, "plan");

    assert.equal(code, 0, stderr);
    assert.match(stdout, /1 to onboard, 1 to adopt; 0 unchanged, 2 extra\./);
    assert.match(stderr, /compared with Azure alone/);
  });

  it("writes a comment for a pull request", async () => {
    const { stdout } = await runCommand(folder, "plan", "--markdown");

    assert.match(stdout, /^### Tenant list\n\n\*\*2 to onboard; 0 unchanged, 2 extra\.\*\*/);
  });

  it("ends with the code for input where a run would be refused, and names the row", async () => {
    azure.facts.putCustomerSubscription({ ...mappingOf(paris, delmas), tenantId: garance.tenantId });

    const { code, stderr } = await runCommand(folder, "plan");

    assert.equal(code, 3);
    assert.match(stderr, /tenants\.yaml:\d+:\d+: \[CSP_SUBSCRIPTION_MAPPED_ELSEWHERE\]/);
  });

  it("ends with the code for credentials where the sign-in is refused", async () => {
    const env = { ...folder.env, AZURE_CLIENT_SECRET: "wrong" };

    const { code, stderr } = await runCommand({ cwd: folder.cwd, env }, "plan");

    assert.equal(code, 4);
    assert.match(stderr, /\[CSP_CREDENTIAL_REFUSED\]/);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  for (const [title, more, exitCode] of [
    ["the sign-in is refused", { AZURE_CLIENT_SECRET: "wrong" }, 4],
    ["the certificate is not trusted", { NODE_EXTRA_CA_CERTS: "" }, 8],
  ] as const) {
    it(`knows nothing, and says so in every format, where ${title}`, async () => {
      await folder.write("tenants.yaml", listOf([]));
      const unread = { cwd: folder.cwd, env: { ...folder.env, ...more } };

      const [text, json, markdown, audit, adopt] = await Promise.all([
        runCommand(unread, "plan"),
        runCommand(unread, "plan", "--json"),
        runCommand(unread, "plan", "--markdown"),
        runCommand(unread, "audit"),
        runCommand(unread, "adopt"),
      ]);

      for (const { code, stdout, stderr } of [text, json, markdown, audit, adopt]) {
        assert.equal(code, exitCode, stderr);
        assert.doesNotMatch(stdout, /Nothing to do|Everything is live|Nothing is left/);
      }
      const notKnown = "Whether there is anything to do is not known";
      assert.match(
        text.stdout,
        new RegExp(`\n${notKnown}; .* Not read, and compared with the state alone: paris\\.\n$`),
      );
      assert.match(markdown.stdout, new RegExp(`^### Tenant list\n\n\\*\\*${notKnown};`));
      assert.partialDeepStrictEqual(JSON.parse(json.stdout), { hasChanges: null });
      assert.match(audit.stdout, /1 finding; 0 notes\. Not read, so that nothing is known of it: paris\./);
      assert.match(adopt.stdout, /Not read, so that nothing is known of what is left to adopt: paris\./);
    });
  }

  it("says an error on standard error, and with --json in one document too", async () => {
    await rm(join(folder.cwd, "tenants.yaml"));

    const { code, stdout, stderr } = await runCommand(folder, "plan", "--json");

    assert.equal(code, 3);
    assert.match(stderr, /^\[CSP_COMMAND_LIST_MISSING\]/);
    assert.partialDeepStrictEqual(JSON.parse(stdout), { version: 1, error: { code: "CSP_COMMAND_LIST_MISSING" } });
  });

  it("says in the document what is wrong with a list, issue by issue", async () => {
    await folder.write("tenants.yaml", "registrations: {}\ntenants:\n  - name: Delmas\n");

    const { code, stdout } = await runCommand(folder, "plan", "--json");

    assert.equal(code, 3);
    const { error } = JSON.parse(stdout) as { error: { code: string; issues: { code: string }[] } };
    const [first] = error.issues;
    assert.equal(error.code, first?.code);
    assert.partialDeepStrictEqual(first, { file: "tenants.yaml", line: 3 });
  });

  it("takes no two formats at once", async () => {
    const { code, stderr } = await runCommand(folder, "plan", "--json", "--markdown");

    assert.equal(code, 2);
    assert.match(stderr, /^\[CSP_COMMAND_USAGE\] .*'--markdown' cannot be used with option '--json'/);
  });

  it("says wrong arguments alike", async () => {
    const { code, stdout, stderr } = await runCommand(folder, "plan", "--jsn", "--json");

    assert.equal(code, 2);
    assert.match(stderr, /^\[CSP_COMMAND_USAGE\] .*'--jsn' \(Did you mean --json\?\)\./);
    assert.partialDeepStrictEqual(JSON.parse(stdout), { version: 1, error: { code: "CSP_COMMAND_USAGE" } });
  });
});

describe("azurestack-csp plan, interrupted", () => {
  it("ends with a code of its own, and without a stack trace", async () => {
    const azure = await createHoldingEmulator();
    const folder = await createListFolder(azure);
    await folder.write("tenants.yaml", listOf([delmas]));
    const reached = azure.hold({ match: { method: "GET" } });
    const command = startCommand(folder, "plan");
    const said: string[] = [];
    command.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));

    await reached;
    command.kill("SIGINT");
    const [code] = await once(command, "close");

    assert.equal(code, 130, said.join(""));
    assert.match(said.join(""), /Interrupted\.\n$/);
    azure.release();
    await folder.remove();
    await azure.close();
  });
});

function listOf(customers: readonly { name: string; tenantId: string; customerSubscriptionId: string }[]): string {
  const tenants = customers.map((customer) => ({ ...customer, registrations: ["paris"] }));
  return JSON.stringify(
    { registrations: { paris: { registrationId: registrationIdOf(paris) } }, tenants },
    undefined,
    2,
  );
}
