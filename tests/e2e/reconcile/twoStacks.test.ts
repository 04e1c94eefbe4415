import assert from "node:assert/strict";
import { delmas } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { assertFailed, assertLive, assertSucceeded } from "../../support/tenantStack.ts";
import { runCommand } from "../commands/runCommand.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile, startReconcile } from "./support/reconcileCommand.ts";

describe("azurestack-csp reconcile, on two stacks with the same rows", () => {
  let azure: HoldingEmulator;
  let place: ListFolder;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    place = await createListFolder(azure, [delmas]);
  });

  afterEach(async () => {
    azure.release();
    await place.remove();
    await azure.close();
  });

  it("un-registers no customer of the other stack, and audit names both", async () => {
    const held = azure.hold({ match: { method: "PUT" }, times: 1 });
    const one = startReconcile(place, "--stack", "one");
    await held;
    assertSucceeded(await reconcile(place, "--stack", "two"));
    azure.release();
    assertSucceeded(await one.result);

    const at = { cwd: place.folder, env: place.env };
    const audit = await runCommand(at, "audit", "--stack", "one", "--json");
    await place.declare([]);
    const plan = await runCommand(at, "plan", "--stack", "one", "--max-removals", "1");
    const refused = await reconcile(place, "--stack", "one", "--max-removals", "1");

    assert.equal(audit.code, 7, audit.stderr);
    const { findings } = JSON.parse(audit.stdout) as { findings: { kind: string; message: string }[] };
    assert.deepEqual(
      findings.filter(({ kind }) => kind === "shared").map(({ message }) => message),
      ["managed by stack one and by stack two"],
    );
    for (const { code, stderr } of [plan, refused]) {
      assert.equal(code, 3, stderr);
      assert.match(stderr, /\[CSP_RECONCILE_MANAGED_TWICE\] Stack "two" manages 1 .* stack "one" would remove/);
    }
    assert.match(assertFailed(refused), /pulumi state delete URN --stack one/);
    assertLive(azure, [delmas]);
  });
});
