import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { areLocksDead } from "../../../../../../sdk/nodejs/src/cli/stacks/lock/deadLocks.ts";

const host = hostname();

describe("areLocksDead", () => {
  let backend: string;
  let dead: number;

  beforeEach(async () => {
    backend = await mkdtemp(join(tmpdir(), "azurestack-csp-locks-"));
    dead = spawnSync(process.execPath, ["--version"]).pid;
  });

  afterEach(async () => {
    await rm(backend, { recursive: true });
  });

  /** Whether the locks are dead where the stack has these, each the text of a file. */
  async function ask(...locks: readonly string[]): Promise<boolean> {
    const folder = join(backend, ".pulumi", "locks", "organization", "shop", "test");
    await mkdir(folder, { recursive: true });
    for (const [index, text] of locks.entries()) await writeFile(join(folder, `${index}.json`), text);
    return await areLocksDead({ backend, project: "shop", stack: "test" });
  }

  const lock = (pid: number, hostName: string) => JSON.stringify({ pid, username: "somebody", hostname: hostName });

  it("is so of processes of this machine that have ended", async () => {
    assert.equal(await ask(lock(dead, host), lock(dead, host)), true);
  });

  it("is not so of a process that lives, nor of several of which one does", async () => {
    assert.equal(await ask(lock(dead, host), lock(process.pid, host)), false);
  });

  it("is not so of another machine's process, whatever its number is here", async () => {
    assert.equal(await ask(lock(dead, "elsewhere.invalid")), false);
    assert.equal(await ask(lock(dead, host), lock(dead, "elsewhere.invalid")), false);
  });

  it("is not so of a lock that does not say whose it is", async () => {
    for (const text of ["", "[]", '{"pid":1}', JSON.stringify({ hostname: host })]) {
      assert.equal(await ask(text), false, text);
    }
  });

  it("is not so where there is no lock, in the backend or of this stack", async () => {
    assert.equal(await areLocksDead({ backend, project: "shop", stack: "test" }), false);
    assert.equal(await ask(), false);
  });
});
