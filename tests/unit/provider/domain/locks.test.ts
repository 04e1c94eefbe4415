import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockCommands, type ManagementLock } from "../../../../provider/src/domain/locks.ts";

const SCOPE = "/subscriptions/4ba23a43-8a6c-4d1a-9ab3-7e2a2f1c0001/resourceGroups/azurestack";
const REGISTRATION = `${SCOPE}/providers/Microsoft.AzureStack/registrations/hub`;
const LOCKS: readonly ManagementLock[] = [
  lockOn(REGISTRATION, { name: "Registration's lock", notes: "$HOME; `set by` setup" }),
  lockOn(SCOPE, { name: "group", notes: undefined }),
];

describe("lockCommands", () => {
  let folder = "";
  const log = () => readFileSync(join(folder, "log"), "utf8").trim().split("\n");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "azurestack-csp-locks-"));
    writeTool("az", 'printf "az" >> "$LOG"; printf " [%s]" "$@" >> "$LOG"; echo >> "$LOG"');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("lift the locks, run and put them back in bash, also where the run fails", () => {
    writeTool("RUN", 'echo run >> "$LOG"; exit 3');

    assert.equal(inBash(), 3);
    const [liftFirst, liftSecond, run, restoreFirst, restoreSecond, ...rest] = log();
    assert.deepEqual(
      [liftFirst, liftSecond],
      LOCKS.map(({ id }) => `az [lock] [delete] [--ids] [${id}]`),
    );
    assert.equal(run, "run");
    assert.equal(
      restoreFirst,
      `az [lock] [create] [--name] [Registration’s lock] [--lock-type] [CanNotDelete] [--resource] [${REGISTRATION}] [--notes] [$HOME; \`set by\` setup]`,
    );
    assert.match(restoreSecond ?? "", /^az \[lock\] \[create\] \[--name\] \[group\]/);
    assert.deepEqual(rest, []);
  });

  it("put back what was lifted where RUN is pasted as it stands", () => {
    assert.equal(inBash(), 127);
    assert.equal(log().filter((line) => line.includes("[create]")).length, LOCKS.length);
  });

  it("list the locks where none is known", () => {
    assert.equal(lockCommands(REGISTRATION, undefined), `  az lock list --resource ${REGISTRATION} --output table`);
  });

  function inBash(): number | null {
    const [line = ""] = lockCommands(REGISTRATION, LOCKS).split("\n");
    const env = { PATH: `${folder}:${process.env.PATH}`, LOG: join(folder, "log") };
    return spawnSync("bash", ["-c", line.replace("  bash: ", "")], { env, stdio: "ignore" }).status;
  }

  function writeTool(name: string, body: string): void {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
  }
});

function lockOn(scope: string, { name, notes }: Pick<ManagementLock, "name" | "notes">): ManagementLock {
  return { id: `${scope}/providers/Microsoft.Authorization/locks/lock`, name, level: "CanNotDelete", scope, notes };
}
