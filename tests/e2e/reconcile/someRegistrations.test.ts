import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, horizon, lyon, mappingOf, marchal, paris } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type Row,
  writesOf,
} from "../../support/tenantStack.ts";
import { beginReconciled } from "./support/beginReconciled.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile } from "./support/reconcileCommand.ts";

const rows: readonly Row[] = [
  { ...delmas, registrations: ["paris", "lyon"] },
  { ...garance, registrations: ["lyon"] },
];
/** Paris gets a customer and loses one; Lyon, which is locked, would lose one and get one. */
const next: readonly Row[] = [
  { ...delmas, registrations: ["lyon"] },
  { ...marchal, registrations: ["paris"] },
  { ...horizon, registrations: ["lyon"] },
];
const onParis = ["--stack", "test", "--registration", "paris", "--max-removals", "1"];

describe("azurestack-csp reconcile --registration", () => {
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

  /** Whatever was asked of Lyon since the journal was reset. */
  const askedOfLyon = () => azure.journal().filter(({ path }) => path.includes(lyon.name));

  it("carries out what concerns the chosen Hub, and neither asks nor changes anything of the locked one", async () => {
    await beginReconciled(azure, place, "--stack", "test");
    const before = azure.facts.customerSubscriptions(lyon);
    await place.declare(next);
    const whole = await reconcile(place, "--stack", "test", "--max-removals", "2");
    assert.match(assertFailed(whole), /\[CSP_LOCK_MET\]/);
    azure.resetJournal();

    const outcome = await reconcile(place, ...onParis);

    assertSucceeded(outcome);
    assert.match(outcome.stdout, /^test: 1 to offboard, 1 to onboard; .*Verified: 1 live as declared\.$/m);
    assert.match(outcome.stdout, / 1 registration not looked at: lyon\./);
    assertLive(azure, [marchal]);
    assert.deepEqual(azure.facts.customerSubscriptions(lyon), before);
    assert.deepEqual(askedOfLyon(), []);
    assert.equal(writesOf(azure).length, 2);
    assertSucceeded(await reconcile(place, "--stack", "test", "--registration", "paris"));
    assert.match(assertFailed(await reconcile(place, "--stack", "test")), /\[CSP_LOCK_MET\]/);
  });

  it("goes on with the others where a Hub is locked or cannot be read, if it is told to, and fails all the same", async () => {
    await beginReconciled(azure, place, "--stack", "test");
    const before = azure.facts.customerSubscriptions(lyon);
    await place.declare(next);
    azure.resetJournal();
    const goingOn = ["--stack", "test", "--keep-going"];

    const stopped = await reconcile(place, ...goingOn, "--max-removals", "0");
    const locked = await reconcile(place, ...goingOn, "--max-removals", "1", "--json");
    const what = { status: 403, code: "AuthorizationFailed" };
    azure.addFault({ match: { path: lyon.name }, what });
    const unreadable = await reconcile(place, ...goingOn);

    assert.equal(stopped.code, 5, stopped.stderr);
    assert.equal(locked.code, 3, locked.stderr);
    assert.match(locked.stderr, /azurestack-hub-lyon: \[CSP_LOCK_MET\]/);
    const { left, notLookedAt } = JSON.parse(locked.stdout) as { left: { code: string }[]; notLookedAt: string[] };
    assert.deepEqual([left.map(({ code }) => code), notLookedAt], [["CSP_LOCK_MET"], ["lyon"]]);
    assert.equal(unreadable.code, 4, unreadable.stderr);
    assert.match(unreadable.stderr, /Left as the stack has it, for the errors above: .*azurestack-hub-lyon$/m);
    assertLive(azure, [marchal]);
    assert.deepEqual(azure.facts.customerSubscriptions(lyon), before);
    assert.equal(writesOf(azure).length, 2);
  });

  it("corrects the state of the chosen Hub alone where something live has changed", async () => {
    await beginReconciled(azure, place, "--stack", "test");
    for (const [hub, customer] of [
      [paris, delmas],
      [lyon, garance],
    ] as const) {
      azure.facts.deleteCustomerSubscription(mappingOf(hub, customer));
    }
    azure.resetJournal();

    assertSucceeded(await reconcile(place, "--stack", "test", "--registration", "paris"));

    assertLive(azure, [delmas]);
    assert.deepEqual(askedOfLyon(), []);
    const later = await reconcile(place, "--stack", "test");
    assertSucceeded(later);
    assert.match(later.stdout, /^test: 1 to write again after drift; 2 unchanged, /m);
  });

  it("works on the chosen stack alone where each registration has one", async () => {
    await beginReconciled(azure, place, "--stack", "test", "--stack-per-registration");
    const before = azure.facts.customerSubscriptions(lyon);
    await place.declare(next);
    azure.resetJournal();

    const outcome = await reconcile(place, ...onParis, "--stack-per-registration", "--json");

    assertSucceeded(outcome);
    const { stacks, notLookedAt } = JSON.parse(outcome.stdout) as {
      stacks: { stack: string }[];
      notLookedAt: string[];
    };
    assert.deepEqual([stacks.map(({ stack }) => stack), notLookedAt], [["test.paris"], ["lyon"]]);
    assertLive(azure, [marchal]);
    assert.deepEqual(azure.facts.customerSubscriptions(lyon), before);
    assert.deepEqual(askedOfLyon(), []);
  });

  it("refuses a key that the list does not define, and a program, which declares the whole list", async () => {
    const misspelled = await reconcile(place, "--stack", "test", "--registration", "pari");
    assert.equal(misspelled.code, 3, misspelled.stderr);
    assert.match(misspelled.stderr, /\[CSP_LIST_REGISTRATION_UNDEFINED\].*did you mean `paris`/);
    const stack = await createTenantStack({ azure, rows });
    try {
      const refused = await reconcile({ folder: stack.program, env: stack.env }, ...onParis);
      assert.equal(refused.code, 2, refused.stderr);
      assert.match(refused.stderr, /\[CSP_RECONCILE_PROGRAM_WHOLE\]/);
    } finally {
      await stack.remove();
    }
    assert.deepEqual(writesOf(azure), []);
  });
});
