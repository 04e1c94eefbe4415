import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { toCompletable } from "../../../../../sdk/nodejs/src/cli/commands/completion.ts";
import { completionScript, SHELLS } from "../../../../../sdk/nodejs/src/cli/commands/completionScripts.ts";
import { createProgram } from "../../../../../sdk/nodejs/src/commandLine.ts";

const { commands } = createProgram(async () => undefined);
const completable = commands.map(toCompletable);

describe("completionScript", () => {
  for (const shell of SHELLS) {
    it(`knows every command and option of the program in ${shell}`, () => {
      const script = completionScript(shell, completable);

      for (const { name, words, options } of completable) {
        for (const word of [name, ...words, ...options.map((option) => option.slice(2))])
          assert.ok(script.includes(word), word);
      }
    });
  }

  it("completes in bash", () => {
    if (process.platform === "win32") return;
    for (const [typed, word, expected] of [
      ["plan --de", 2, "--detailed-exitcode\n"],
      ["usage s", 2, "sync status\n"],
      ["usage sync --ag", 3, "--again\n"],
      ["completion z", 2, "zsh\n"],
    ] as const) {
      const ask = `COMP_WORDS=(azurestack-csp ${typed}); COMP_CWORD=${word}; _azurestack_csp; echo "\${COMPREPLY[@]}"`;

      const answer = execFileSync("bash", ["-c", `${completionScript("bash", completable)}\n${ask}`], {
        encoding: "utf8",
      });

      assert.equal(answer, expected);
    }
  });
});
