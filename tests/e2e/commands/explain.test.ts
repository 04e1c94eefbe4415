import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { localEnvironment } from "../../../scripts/dev/environment.ts";
import { runCommand } from "./runCommand.ts";

/** No list, no stack, no Azure: there is nothing that the command could ask. */
const place = { cwd: tmpdir(), env: { ...localEnvironment(process.env), NO_COLOR: "1", COLUMNS: "60" } };

describe("azurestack-csp explain", () => {
  it("says what a code means, within the line", async () => {
    const { code, stdout, stderr } = await runCommand(place, "explain", "csp_guard_removals");

    assert.equal(code, 0, stderr);
    assert.match(stdout, /^CSP_GUARD_REMOVALS .*\n\nMeans\n(.|\n)*\n\nLeads to\n(.|\n)*\n\nTo do\n/);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 60, line);
  });

  it("names the code that may be meant, as a document too", async () => {
    const { code, stdout, stderr } = await runCommand(place, "explain", "CSP_GUARD_REMOVAL", "--json");

    assert.equal(code, 2);
    assert.match(stderr, /^\[CSP_COMMAND_CODE_UNKNOWN\] .*did you mean `CSP_GUARD_REMOVALS`/);
    assert.partialDeepStrictEqual(JSON.parse(stdout), { version: 1, error: { code: "CSP_COMMAND_CODE_UNKNOWN" } });
  });
});
