import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { access, chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { createEmulator } from "@azurestack-csp/emulator";
import { createListFolder } from "../../e2e/reconcile/support/listFolder.ts";
import { reconcile } from "../../e2e/reconcile/support/reconcileCommand.ts";
import { delmas, garance, horizon } from "../../support/customers.ts";
import { assertFailed, assertLive, assertSucceeded, createTenantStack } from "../../support/tenantStack.ts";

const perRegistration = ["--stack", "test", "--stack-per-registration"];

describe("a hand-over", () => {
  it("keeps what pulumi up writes meanwhile to the giving stack, and leaves its removal to the guard", async () => {
    const azure = await createEmulator();
    const stack = await createTenantStack({ azure, rows: [delmas, garance] });
    const list = await createListFolder(azure, [delmas, garance]);
    try {
      assertSucceeded(await stack.up());
      await stack.declare([delmas, garance, horizon]);
      const bin = join(dirname(list.folder), "bin");
      await createRacingPulumi(bin, { command: "stack import --stack test.paris", nth: 2, program: stack.program });
      const { PULUMI_BACKEND_URL = "" } = stack.env;
      const env = { ...list.env, PULUMI_BACKEND_URL, PATH: `${bin}${delimiter}${list.env.PATH ?? ""}` };
      const place = { folder: list.folder, env };

      const raced = await reconcile(place, ...perRegistration);

      await access(join(bin, "done"));
      assert.equal(raced.code, 5, assertFailed(raced));
      assertLive(azure, [delmas, garance, horizon]);
      assert.deepEqual(await stack.customerSubscriptions(), []);
      assertSucceeded(await reconcile(place, ...perRegistration, "--max-removals", "1"));
      assertLive(azure, [delmas, garance]);
    } finally {
      await list.remove();
      await stack.remove();
      await azure.close();
    }
  });
});

/** Puts a stand-in for the Pulumi CLI into a folder: once, right before the nth such command, it brings a program up. */
async function createRacingPulumi(
  bin: string,
  { command, nth, program }: { readonly command: string; readonly nth: number; readonly program: string },
): Promise<void> {
  const real = execFileSync("which", ["pulumi"], { encoding: "utf8" }).trim();
  await mkdir(bin);
  const script = `#!/bin/sh
case "$*" in
  "${command}"*)
    echo >> '${bin}/count'
    if [ ! -e '${bin}/done' ] && [ "$(wc -l < '${bin}/count')" -eq ${nth} ]; then
      (cd '${program}' && '${real}' up --yes --skip-preview --stack test --non-interactive) > '${bin}/up.log' 2>&1 &&
        touch '${bin}/done'
    fi ;;
esac
exec '${real}' "$@"
`;
  await writeFile(join(bin, "pulumi"), script);
  await chmod(join(bin, "pulumi"), 0o755);
}
