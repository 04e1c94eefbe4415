import assert from "node:assert/strict";
import { hasCode } from "@azurestack-csp/provider";
import { addOptionalPart, type OptionalPart } from "../../../../../sdk/nodejs/src/cli/commands/optionalPart.ts";
import type { CommandContext, RunCommand } from "../../../../../sdk/nodejs/src/cli/console/commandContext.ts";
import { exitCodes } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { commandErrors } from "../../../../../sdk/nodejs/src/cli/errors/commandErrors.ts";
import { createProgram } from "../../../../../sdk/nodejs/src/commandLine.ts";

/** Runs the words as the command line does, and tells with which options and exit code, or the error. */
async function run(part: Pick<OptionalPart, "packageName" | "load">, ...words: readonly string[]) {
  let code: unknown;
  let json: boolean | undefined;
  const runAction: RunCommand = async (action, options) => {
    json = options?.json;
    code = await action({} as CommandContext);
  };
  const program = createProgram(runAction);
  addOptionalPart(program, runAction, { name: "part", description: "a part", ...part });
  const error = await program.parseAsync(["node", "azurestack-csp", "part", ...words]).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { code, json, error };
}

describe("addOptionalPart", () => {
  it("gives every word behind the name to the part, options included", async () => {
    const given: string[] = [];
    const load = async () => async (words: readonly string[]) => {
      given.push(...words);
      return exitCodes.drift;
    };

    const { code } = await run({ packageName: "@azurestack-csp/emulator", load }, "sync", "--help", "--port", "0");

    assert.deepEqual(given, ["sync", "--help", "--port", "0"]);
    assert.equal(code, exitCodes.drift);
  });

  it("says which package is absent, and does not load it", async () => {
    const load = async () => assert.fail("it was loaded");

    const { error } = await run({ packageName: "@azurestack-csp/no-such-part", load });

    assert.ok(hasCode(error, commandErrors.CSP_COMMAND_PART_MISSING));
    assert.match(error.message, /npm install --save-dev @azurestack-csp\/no-such-part/);
  });

  it("asks for an error as a document where --json is among the words", async () => {
    const load = async () => async () => exitCodes.ok;
    const part = { packageName: "@azurestack-csp/emulator", load };

    assert.equal((await run(part, "--json")).json, true);
    assert.equal((await run(part)).json, false);
  });
});
