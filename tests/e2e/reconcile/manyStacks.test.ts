import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, horizon, lyon, marchal } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  type Row,
  tenantList,
  writesOf,
} from "../../support/tenantStack.ts";
import { runCommand } from "../commands/runCommand.ts";
import { beginReconciled } from "./support/beginReconciled.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile } from "./support/reconcileCommand.ts";

const perRegistration = ["--stack", "test", "--stack-per-registration"];

const rows: readonly Row[] = [
  { ...delmas, registrations: ["paris", "lyon"] },
  { ...garance, registrations: ["paris"] },
  { ...horizon, registrations: ["lyon"] },
];

describe("azurestack-csp reconcile --stack-per-registration", () => {
  let azure: Emulator;
  let place: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    place = await createListFolder(azure, rows);
  });

  afterEach(async () => {
    await place.remove();
    await azure.close();
  });

  const run = (...args: readonly string[]) => runCommand({ cwd: place.folder, env: place.env }, ...args);

  it("takes over what one stack held and gives it back, without a write to Azure", async () => {
    assertSucceeded(await reconcile(place, "--stack", "test"));
    azure.resetJournal();

    const split = await reconcile(place, ...perRegistration, "--json");
    assertSucceeded(split);
    const { stacks } = JSON.parse(split.stdout) as {
      stacks: { verification: { confirmed: number } }[];
    };
    assert.deepEqual(
      stacks.map(({ verification }) => verification.confirmed),
      [2, 2],
    );
    const plan = await run("plan", "--stack", "test", "--detailed-exitcode", "--json");
    assert.equal(plan.code, 0, plan.stderr);
    assert.deepEqual((JSON.parse(plan.stdout) as { stacks: string[] }).stacks, ["test", "test.lyon", "test.paris"]);
    assertSucceeded(await reconcile(place, "--stack", "test"));
    assertSucceeded(await reconcile(place, "--stack", "test"));

    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, [delmas, garance]);
  });

  it("moves what is under a renamed key to the stack of that key, without a write to Azure", async () => {
    await beginReconciled(azure, place, ...perRegistration);
    await writeFile(join(place.folder, "tenants.yaml"), tenantList(rows).replaceAll('"paris"', '"évry"'));

    assertSucceeded(await reconcile(place, ...perRegistration));
    assertSucceeded(await reconcile(place, ...perRegistration));

    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, [delmas, garance]);
  });

  it("brings a row back to the one stack that is taken out at the same time, and removes it", async () => {
    await place.declare([delmas, garance, horizon]);
    await beginReconciled(azure, place, ...perRegistration);
    await place.declare([delmas, garance]);

    assertSucceeded(await reconcile(place, "--stack", "test"));

    assertLive(azure, [delmas, garance]);
  });

  it("is seen as one by plan, audit and adopt, where the named stack was never made", async () => {
    await place.declare([delmas, garance, horizon]);
    await beginReconciled(azure, place, ...perRegistration);
    const behind = await run("plan", "--stack", "test", "--detailed-exitcode");
    assert.equal(behind.code, 0, behind.stderr);
    assert.match(behind.stderr, /seen as one with those of its registrations: test\.paris\./);

    await place.declare([delmas, garance]);
    const audit = await run("audit", "--stack", "test", "--json");
    const adopt = await run("adopt", "--stack", "test", "--yes");

    const { findings } = JSON.parse(audit.stdout) as { findings: { kind: string }[] };
    const managed = findings.filter(({ kind }) => kind === "undeclared" || kind === "unmanaged");
    assert.deepEqual(
      managed.map(({ kind }) => kind),
      ["undeclared"],
    );
    assert.match(adopt.stdout, /Nothing is left to adopt/);
    await place.declare([]);
    const emptied = await run("plan", "--stack", "test");
    assert.equal(emptied.code, 5, emptied.stderr);
    assert.match(emptied.stdout, /^The guard would stop this run\n {2}\[CSP_GUARD_REMOVALS\] 3 of 3 /);
    assert.match(emptied.stdout, /On the command line: --max-removals 3/);
    assert.deepEqual(writesOf(azure), []);
  });

  it("lets one broken Hub hold up no other", async () => {
    const what = { status: 403, code: "AuthorizationFailed" };
    azure.addFault({ match: { path: lyon.name }, what });

    const outcome = await reconcile(place, ...perRegistration);

    assert.equal(outcome.code, 4, assertFailed(outcome));
    assertLive(azure, [delmas, garance]);
  });

  it("counts its guard over all stacks, a registration that left the list included", async () => {
    await beginReconciled(azure, place, ...perRegistration);
    const live = azure.facts.customerSubscriptions(lyon);
    await place.declare([
      { ...delmas, registrations: ["lyon"] },
      { ...horizon, registrations: ["lyon"] },
    ]);

    const stopped = await reconcile(place, ...perRegistration);

    assert.equal(stopped.code, 5, assertFailed(stopped));
    assert.deepEqual(azure.facts.customerSubscriptions(lyon), live);
  });

  it("refuses a mapping that another stack of the project holds", async () => {
    await place.declare([delmas]);
    assertSucceeded(await reconcile(place, "--stack", "other"));
    await place.declare([delmas, marchal]);
    azure.resetJournal();

    assert.match(assertFailed(await reconcile(place, "--stack", "test")), /\[CSP_RECONCILE_HELD_ELSEWHERE\]/);
    assert.match(assertFailed(await reconcile(place, ...perRegistration)), /\[CSP_RECONCILE_HELD_ELSEWHERE\]/);
    const plan = await run("plan", "--stack", "test");
    assert.equal(plan.code, 3);
    assert.match(plan.stderr, /\[CSP_RECONCILE_HELD_ELSEWHERE\] Stack "other" manages 1 /);
    const adopt = await run("adopt", "--stack", "test", "--yes");
    assert.equal(adopt.code, 3, adopt.stderr);
    assert.match(adopt.stderr, /1 mapping left with stack other/);
    assert.match(adopt.stdout, /Nothing is left to adopt/);

    assert.deepEqual(writesOf(azure), []);
  });
});
