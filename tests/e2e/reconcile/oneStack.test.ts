import assert from "node:assert/strict";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, horizon } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  tenantList,
  writesOf,
} from "../../support/tenantStack.ts";
import { createListFolder } from "./support/listFolder.ts";
import { type CommandPlace, reconcile } from "./support/reconcileCommand.ts";

describe("azurestack-csp reconcile, beside a program", () => {
  let azure: Emulator;
  let stack: TenantStack;
  let place: CommandPlace;

  beforeEach(async () => {
    azure = await createEmulator();
    stack = await createTenantStack({ azure, rows: [delmas, garance] });
    place = { folder: stack.program, env: stack.env };
  });

  afterEach(async () => {
    await stack.remove();
    await azure.close();
  });

  it("alternates with pulumi up on one stack, and neither has anything left to do after the other", async () => {
    assertSucceeded(await reconcile(place, "--stack", "test"));
    assertLive(azure, [delmas, garance]);
    assertSucceeded(await stack.up("--expect-no-changes"));

    await stack.declare([delmas, horizon]);
    assertSucceeded(await stack.up());
    azure.resetJournal();
    assertSucceeded(await reconcile(place, "--stack", "test"));

    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, [delmas, horizon]);
    assertSucceeded(await stack.preview("--expect-no-changes"));
  });

  it("refuses a list that is not the one the program declares", async () => {
    await writeFile(join(stack.program, "other.yaml"), tenantList([delmas]));

    const refused = await reconcile(place, "other.yaml", "--stack", "test");

    assert.equal(refused.code, 3);
    assert.match(assertFailed(refused), /\[CSP_RECONCILE_PROGRAM_DIFFERS\]/);
    assertLive(azure, []);
  });

  it("passes a number that is named on to the program's own guard, and nothing without it", async () => {
    const limits = ["--plaintext", "maxRemovals=0", "--plaintext", "maxMoves=0"];
    assertSucceeded(await stack.run(["config", "set-all", ...limits]));
    assertSucceeded(await reconcile(place, "--stack", "test"));
    await stack.declare([delmas]);

    const stopped = await reconcile(place, "--stack", "test");
    assert.equal(stopped.code, 5, assertFailed(stopped));
    assertLive(azure, [delmas, garance]);

    assertSucceeded(await reconcile(place, "--stack", "test", "--max-removals", "1"));
    assertLive(azure, [delmas]);
  });

  it("refuses a mapping that a stack of another project of the backend holds", async () => {
    assertSucceeded(await stack.up());
    const backend = stack.env.PULUMI_BACKEND_URL ?? "";
    const stacks = join(fileURLToPath(backend), ".pulumi", "stacks");
    await rename(join(stacks, "azurestack-csp"), join(stacks, "elsewhere"));
    const other = await createListFolder(azure, [delmas]);
    try {
      const env = { ...other.env, PULUMI_BACKEND_URL: backend };
      const refused = await reconcile({ folder: other.folder, env }, "--stack", "other");
      assert.match(assertFailed(refused), /\[CSP_RECONCILE_HELD_ELSEWHERE\].*"organization\/elsewhere\/test"/s);
    } finally {
      await other.remove();
    }
  });

  it("leaves it to pulumi to make a stack of the program", async () => {
    const refused = await reconcile(place, "--stack", "unheard-of");

    assert.equal(refused.code, 3);
    assert.match(assertFailed(refused), /\[CSP_COMMAND_STACK_UNKNOWN\]/);
  });
});
