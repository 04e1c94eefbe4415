import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { delmas, garance } from "../../support/customers.ts";
import type { CommandResult } from "../../support/pulumiCommand.ts";
import { assertFailed, assertSucceeded, createTenantStack, type TenantStack } from "../../support/tenantStack.ts";

const passphrase = "a-passphrase-that-nobody-else-uses";
const wrongSecret = "a-client-secret-that-is-refused";
/** A token is a JWT: its header begins with `{"`, which base64 turns into `eyJ`. */
const token = /eyJ[\w-]{10,}\.[\w-]{10,}/;

const everything = ["--debug", "--logtostderr", "--logflow", "-v=9"];
const loud = { AZURE_LOG_LEVEL: "verbose" };

describe("the secrets of a run", () => {
  const printed: CommandResult[] = [];
  let stack: TenantStack;

  before(async () => {
    const env = { PULUMI_CONFIG_PASSPHRASE: passphrase };
    stack = await createTenantStack({ rows: [delmas, garance], env });
    const log = { AZURESTACK_CSP_CHANGE_LOG: join(stack.program, "changes.jsonl"), ...loud };
    const grpc = { PULUMI_DEBUG_GRPC: join(stack.program, "grpc.json") };

    printed.push(await stack.run(["up", "--yes", "--skip-preview", ...everything], { ...log, ...grpc }));
    printed.push(await stack.run(["refresh", "--yes", ...everything], log));
    stack.azure.addFault({ match: { method: "DELETE" }, what: { status: 409, code: "Conflict" } });
    printed.push(await stack.run(["destroy", "--yes", ...everything], log));
    printed.push(await stack.run(["refresh", "--yes", ...everything], { ...log, AZURE_CLIENT_SECRET: wrongSecret }));
  });

  after(() => stack.remove());

  it("are used by runs that end well, by one that Azure refuses and by one that cannot sign in", () => {
    const [up, refresh, destroy, signIn] = printed;
    assert.ok(up && refresh && destroy && signIn);
    assertSucceeded(up);
    assertSucceeded(refresh);
    assertFailed(destroy);
    assert.match(assertFailed(signIn), /\[CSP_CREDENTIAL_REFUSED\]/);
  });

  it("are not in what Pulumi prints and logs at its loudest", () => {
    assert.ok(printed.every(({ stderr }) => stderr.length > 10_000));
    for (const { stdout, stderr } of printed) assertClean("the output", stdout + stderr);
  });

  it("are in no file of the stack: state, backups, history, RPC log, change log", () => {
    const files = filesBelow(dirname(stack.program));

    assert.ok(files.some((file) => file.endsWith("changes.jsonl")) && files.some((file) => file.endsWith("grpc.json")));
    assert.ok(files.some((file) => file.includes("stacks")));
    for (const file of files) assertClean(file, readFileSync(file, "utf8"));
  });

  function assertClean(where: string, text: string): void {
    for (const [name, secret] of Object.entries({ clientSecret: stack.azure.clientSecret, wrongSecret, passphrase })) {
      assert.ok(!text.includes(secret), `${name} is in ${where}`);
      assert.ok(!text.includes(encodeURIComponent(secret)), `${name}, encoded, is in ${where}`);
      assert.ok(!text.includes(Buffer.from(secret).toString("base64")), `${name}, in base64, is in ${where}`);
    }
    assert.equal(token.exec(text)?.[0], undefined, `a token is in ${where}`);
  }
});

/** Without what a link leads to: the workspace's packages hold the sample world's secret, as they should. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
