import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { hasCode } from "@azurestack-csp/provider";
import { openStore } from "@azurestack-csp/usage";
import type { CommandContext } from "../../../../../sdk/nodejs/src/cli/console/commandContext.ts";
import { createColours } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";
import { runUsageStatus } from "../../../../../sdk/nodejs/src/cli/usage/runUsageStatus.ts";
import { usageErrors } from "../../../../../usage/src/errors.ts";
import { hubDouble, LATE } from "../../../../support/usage/hubDouble.ts";
import { storeFolders, sync } from "../../../../support/usage/stores.ts";

const newFolder = storeFolders();

/** `usage status`, half an hour after a daily sync of 1 to 9 October unless it is said when. */
async function status(
  store: string,
  {
    now = "2026-10-10T01:00:00Z",
    ...options
  }: { now?: string; hubs?: string[]; from?: string; to?: string; month?: string; verify?: boolean } = {},
): Promise<{ readonly code: number; readonly text: string }> {
  const shown: string[] = [];
  const terminal = { data: (text: string) => shown.push(text), width: 120, colours: createColours(false) };
  const context = { env: {}, folder: "/", terminal } as unknown as CommandContext;
  const narrowed = { hubs: [], verify: false, from: undefined, to: undefined, month: undefined, ...options };
  const code = await runUsageStatus(context, { store, json: false, ...narrowed }, Date.parse(now));
  return { code, text: shown.join("\n") };
}

describe("usage status", () => {
  let folder: string;

  beforeEach(async () => {
    folder = newFolder();
    await sync(folder, hubDouble({ reports: LATE }), { granularity: "daily" });
  });

  it("is fine where all is there that is due", async () => {
    assert.deepEqual([(await status(folder)).code, (await status(folder, { month: "2026-10" })).code], [0, 0]);
  });

  it("counts what is due from now, whenever the last sync was", async () => {
    const { code, text } = await status(folder, { now: "2026-10-11T06:00:00Z" });

    assert.equal(code, 7);
    assert.match(text, /2026-10-10 +missing/);
  });

  for (const [what, options, days] of [
    ["a month that no sync was in", { month: "2026-11" }, "2026-11-01 to 2026-11-30"],
    ["days before the first sync", { from: "2026-09-29", to: "2026-10-02" }, "2026-09-29, 2026-09-30"],
  ] as const) {
    it(`does not know ${what}`, async () => {
      const { code, text } = await status(folder, options);

      assert.equal(code, 7);
      assert.ok(text.includes(`not known: ${days};`), text);
    });
  }

  it("refuses a Hub that was never synced, with the nearest one", async () => {
    const error: unknown = await status(folder, { hubs: ["pariss"] }).catch((reason: unknown) => reason);

    assert.ok(hasCode(error, usageErrors.CSP_STORE_HUB_UNKNOWN), String(error));
    assert.match(error.message, /"pariss" \(did you mean `paris`\?\)/);
    assert.equal((await status(folder, { hubs: ["paris"] })).code, 0);
  });

  it("finds damage that leaves a file's length, where it is told to verify", async () => {
    const store = openStore(folder);
    const [file = ""] = store.liveFiles();
    store.close();
    const bytes = readFileSync(file);
    bytes[8] = (bytes[8] ?? 0) ^ 1;
    writeFileSync(file, bytes);

    const error: unknown = await status(folder, { verify: true }).catch((reason: unknown) => reason);

    assert.ok(hasCode(error, usageErrors.CSP_STORE_FILE_TORN), String(error));
  });
});
