import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { type EndRequest, endRun } from "../../../../../../sdk/nodejs/src/cli/stacks/lock/endRun.ts";
import { openHostJournal } from "../../../../../../sdk/nodejs/src/journal/hostJournal.ts";
import { type Machine, type ProcessIdentity, thisMachine } from "../../../../../../sdk/nodejs/src/processes/machine.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";
import { createPipelineTerminal, type PipelineTerminal } from "../../console/pipelineTerminal.ts";

const { self } = thisMachine();
const engine = 71;
const host = 72;

if (process.platform !== "win32") {
  describe("endRun", () => {
    let pulumi: StandInForPulumi;
    let terminal: PipelineTerminal;
    let waited: number;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", []);
      terminal = createPipelineTerminal();
      waited = 0;
    });

    afterEach(() => pulumi.remove());

    /** This machine, on which the host lives for so many milliseconds, and nobody else does. */
    function machineWithHostFor(lifeInMs: number): Machine {
      return { self, startTimeOf: () => undefined, isRunning: (pid) => pid === host && waited < lifeInMs };
    }

    async function end({ lifeInMs = 0, ...request }: Partial<EndRequest> & { readonly lifeInMs?: number } = {}) {
      const folder = { path: pulumi.runs, backend: pulumi.runs, isBesideStack: true };
      await endRun(
        { project: pulumi.project, stack: "test", folder },
        {
          terminal,
          signal: new AbortController().signal,
          ownsLock: false,
          machine: machineWithHostFor(lifeInMs),
          sleep: async (durationInMs) => {
            waited += durationInMs;
          },
          ...request,
        },
      );
    }

    const noteHost = (process: Partial<ProcessIdentity> = {}) =>
      openHostJournal(join(pulumi.runs, "test.hosts"), {
        self: { ...self, pid: host, startTime: undefined, ...process },
      });
    async function lockByPulumi(pid: number): Promise<void> {
      const folder = join(pulumi.runs, ".pulumi", "locks", "organization", "shop", "test");
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "one.json"), JSON.stringify({ pid, hostname: hostname() }));
    }
    const commands = async () => (await pulumi.commands()).filter((command) => command !== "version");
    const notes = async () => (await readdir(pulumi.runs)).filter((name) => name.endsWith(".hosts"));

    it("waits for a host that still ends what it has sent, names it, and frees the stack then; its notes stay", async () => {
      await noteHost();
      await lockByPulumi(engine);

      await end({ lifeInMs: 3_000 });

      assert.equal(waited, 3_000);
      assert.match(terminal.said.join(), new RegExp(`Process ${host} `));
      assert.deepEqual(await commands(), ["cancel --yes test --non-interactive"]);
      assert.equal((await notes()).length, 1);
    });

    it("gives up where a host does not end, names it, and forgets nothing", async () => {
      await noteHost();
      await lockByPulumi(engine);

      const ending = end({ lifeInMs: Number.POSITIVE_INFINITY });

      await assert.rejects(ending, { code: "CSP_RECONCILE_RUN_ALIVE", message: new RegExp(`process ${host} on`) });
      assert.deepEqual(await commands(), []);
      assert.equal((await notes()).length, 1);
    });

    it("is stopped by an interruption", async () => {
      await noteHost();

      await assert.rejects(end({ lifeInMs: Number.POSITIVE_INFINITY, signal: AbortSignal.abort() }), {
        name: "AbortError",
      });
    });

    it("frees the stack of an own run from a lock that no host explains", async () => {
      await lockByPulumi(engine);

      await end();
      assert.deepEqual(await commands(), []);
      await end({ ownsLock: true });

      assert.deepEqual(await commands(), ["cancel --yes test --non-interactive"]);
    });

    it("never frees it from a process that lives", async () => {
      await noteHost();
      await lockByPulumi(host);

      await end({ ownsLock: true, machine: { self, startTimeOf: () => "2", isRunning: (pid) => pid === host } }).catch(
        () => undefined,
      );

      assert.deepEqual(await commands(), []);
    });

    it("takes a process that it cannot see for ended, and for no reason to free anything", async () => {
      await noteHost({ pidNamespace: "pid:[1]" });
      await noteHost({ host: "elsewhere.invalid" });
      await lockByPulumi(engine);

      await end({ lifeInMs: Number.POSITIVE_INFINITY });

      assert.equal(waited, 0);
      assert.deepEqual(await commands(), []);
    });
  });
}
