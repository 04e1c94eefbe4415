import assert from "node:assert/strict";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { emulatorEnvironment } from "../../../scripts/dev/environment.ts";
import type { CommandResult } from "../../support/pulumiCommand.ts";
import { assertFailed, assertSucceeded, writesOf } from "../../support/tenantStack.ts";
import { customer, smallWorld } from "../dangerous/support/smallWorld.ts";
import { reconcile } from "../reconcile/support/reconcileCommand.ts";
import { createGitRepository, type GitRepository } from "./gitRepository.ts";
import { assertLive, listOf, type Row, type Rows } from "./twoHubs.ts";

const exitCodes = { input: 3, guard: 5 };
const [zero, one, three, five, six] = [customer(0), customer(1), customer(3), customer(5), customer(6)];

const onboarded: Rows = new Map<number, Row>([
  [0, { hub: zero.first, other: zero.second }],
  [1, { hub: one.first, other: one.first }],
  ...[2, 3, 4, 5, 6, 7].map((number): [number, Row] => [number, { hub: customer(number).first }]),
]);

describe("a git repository whose every commit is reconciled", () => {
  let azure: Emulator;
  let folder: string;
  let env: Readonly<Record<string, string>>;
  let repository: GitRepository;
  let rows: Rows = onboarded;

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "azurestack-csp-story-")));
    azure = await createEmulator({ world: smallWorld() });
    env = { ...emulatorEnvironment({ ambient: process.env, azure, folder }), NO_COLOR: "1" };
    repository = createGitRepository(folder);
  });

  after(async () => {
    await azure.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  beforeEach(() => azure.resetJournal());

  it("adds customers, on one Hub and on two", async () => {
    await commitAndReconcile("Onboard the first eight customers", onboarded);
  });

  it("renames a customer and sorts the rows, without a write", async () => {
    await commitAndReconcile("Sort by name", new Map([[2, { ...row(2), name: "A new name" }], ...rows]));

    assert.deepEqual(writesOf(azure), []);
  });

  it("moves a customer to its other subscription", async () => {
    await commitAndReconcile("Move customer 3", changed([3, { hub: three.second }]));
  });

  it("swaps the subscriptions that a customer has on the two Hubs", async () => {
    await commitAndReconcile(
      "Bill customer 0 the other way round",
      changed([0, { hub: zero.second, other: zero.first }]),
    );
  });

  it("swaps the subscriptions of two customers, whose directories were swapped", async () => {
    azure.facts.setSubscription(five.first, { tenantId: six.tenantId });
    azure.facts.setSubscription(six.first, { tenantId: five.tenantId });
    const more = { overwrite: [five.first, six.first] };

    await commitAndReconcile(
      "Swap customers 5 and 6",
      changed([5, { hub: six.first, more }], [6, { hub: five.first, more }]),
    );
  });

  it("moves a customer from one Hub to the other", async () => {
    await commitAndReconcile("Customer 7 uses the other Hub", changed([7, { other: customer(7).first }]));
  });

  it("suspends a customer, and keeps it when its row is taken out too early", async () => {
    const more = { state: "suspended", retainUntil: "9999-12-30" };
    await commitAndReconcile("Suspend customer 4", changed([4, { ...row(4), more }]));
    assert.deepEqual(writesOf(azure), []);

    const refused = await commitAndRun("Forget customer 4", without(4));

    assert.equal(refused.code, exitCodes.input, assertFailed(refused));
    assert.match(refused.stderr, /\[CSP_RETAINED\]/);
    assertLive(azure, rows);
  });

  it("goes on when that commit is reverted, and restores the customer", async () => {
    repository.revert();
    assertSucceeded(await run());
    assertLive(azure, rows);

    await commitAndReconcile("Customer 4 stays", changed([4, { hub: customer(4).first }]));
    assert.deepEqual(writesOf(azure), []);
  });

  it("removes a customer, and registers it again when that commit is reverted", async () => {
    const before = rows;
    await commitAndReconcile("Customer 1 has left", without(1));

    repository.revert();
    assertSucceeded(await run());

    assertLive(azure, before);
    rows = before;
  });

  it("removes nobody when a commit cuts the list off", async () => {
    const stopped = await commitAndRun("Sort again", new Map([...rows].slice(0, 2)));

    assert.equal(stopped.code, exitCodes.guard, assertFailed(stopped));
    assertLive(azure, rows);
    assert.deepEqual(writesOf(azure), []);
  });

  async function commitAndReconcile(subject: string, next: Rows): Promise<void> {
    assertSucceeded(await commitAndRun(subject, next));
    assertLive(azure, next);
    rows = next;
  }

  async function commitAndRun(subject: string, next: Rows): Promise<CommandResult> {
    repository.commit(subject, listOf(next));
    return await run();
  }

  async function run(): Promise<CommandResult> {
    return await reconcile({ folder: repository.checkOut(), env }, "--stack", "production");
  }

  function row(number: number): Row {
    return rows.get(number) ?? {};
  }

  function changed(...changes: readonly (readonly [number, Row])[]): Rows {
    return new Map([...rows, ...changes]);
  }

  function without(number: number): Rows {
    return new Map([...rows].filter(([other]) => other !== number));
  }
});
