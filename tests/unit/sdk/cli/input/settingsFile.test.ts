import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodes } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { CommandFailure } from "../../../../../sdk/nodejs/src/cli/console/failures.ts";
import { parseSettings, readSettingsFile } from "../../../../../sdk/nodejs/src/cli/input/settingsFile.ts";
import { knownStack } from "../../../../../sdk/nodejs/src/cli/input/stackAndList.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";

describe("parseSettings", () => {
  const usable = [
    { text: "", settings: {} },
    { text: "# nothing yet\n", settings: {} },
    { text: "list: tenants/*.yaml\n", settings: { list: ["tenants/*.yaml"] } },
    { text: "list: [hubs.yaml, tenants.csv]\n", settings: { list: ["hubs.yaml", "tenants.csv"] } },
    { text: "stack: 007\n", settings: { stack: "007" } },
    { text: "stack: contoso/hubs/production\n", settings: { stack: "contoso/hubs/production" } },
    { text: "stackPerRegistration: true\n", settings: { stackPerRegistration: true } },
    { text: "stack: no\nstackPerRegistration: false\n", settings: { stack: "no", stackPerRegistration: false } },
  ];
  for (const { text, settings } of usable) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseSettings(text), { settings, issues: [] });
    });
  }

  const wrong = [
    { text: "stack: dev\nlists: a.yaml\n", at: "2:1 CSP_SETTINGS_UNKNOWN_KEY", says: /did you mean `list`\?/ },
    { text: "stack: dev\n\n  \nyes: true\n", at: "4:1 CSP_SETTINGS_UNKNOWN_KEY", says: /list, stack, stackPerReg/ },
    { text: "stack: --yes\n", at: "1:8 CSP_SETTINGS_VALUE", says: /`stack` is "--yes"; it takes the name/ },
    { text: "stack: a b\n", at: "1:8 CSP_SETTINGS_VALUE", says: /"a b"/ },
    { text: "stack:\n", at: "1:1 CSP_SETTINGS_VALUE", says: /`stack` is empty/ },
    { text: "list: []\n", at: "1:7 CSP_SETTINGS_VALUE", says: /an empty list/ },
    { text: "list: { a: b }\n", at: "1:7 CSP_SETTINGS_VALUE", says: /a map/ },
    { text: "list:\n  - a.yaml\n  - [b]\n", at: "2:3 CSP_SETTINGS_VALUE", says: /a path or pattern/ },
    { text: "stackPerRegistration: yes\n", at: "1:23 CSP_SETTINGS_VALUE", says: /Write true or false\./ },
    { text: "stack: dev\nstack: prod\n", at: "2:1 CSP_SETTINGS_UNREADABLE", says: /unique/ },
    { text: "- stack\n", at: "1:1 CSP_SETTINGS_UNREADABLE", says: /it is no map of settings/ },
    { text: "stack: [\n", at: "2:1 CSP_SETTINGS_UNREADABLE", says: /The settings cannot be read/ },
  ];
  for (const { text, at, says } of wrong) {
    it(`refuses ${JSON.stringify(text)} at its place, and takes nothing of the rest`, () => {
      const { settings, issues } = parseSettings(text);

      assert.deepEqual(settings, {});
      const [first] = issues;
      assert.equal(`${first?.line}:${first?.column} ${first?.code}`, at);
      assert.match(first?.message ?? "", says);
    });
  }

  it("reports all that is wrong at once", () => {
    assert.deepEqual(
      parseSettings("stak: dev\nlist:\nstackPerRegistration: maybe\n").issues.map(({ line, code }) => [line, code]),
      [
        [1, "CSP_SETTINGS_UNKNOWN_KEY"],
        [2, "CSP_SETTINGS_VALUE"],
        [3, "CSP_SETTINGS_VALUE"],
      ],
    );
  });
});

describe("readSettingsFile", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "azurestack-csp-settings-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("has none where there is no file", () => {
    assert.deepEqual(readSettingsFile({ folder, terminal: createPipelineTerminal() }), {});
  });

  it("says what is wrong with file, line and column, and ends as a list does that is not usable", () => {
    writeFileSync(join(folder, "azurestack-csp.yaml"), "\uFEFFstak: dev\n");
    const terminal = createPipelineTerminal();

    assert.throws(
      () => readSettingsFile({ folder, terminal }),
      (error) => error instanceof CommandFailure && error.exitCode === exitCodes.input,
    );
    assert.match(terminal.said.join("\n"), /^azurestack-csp\.yaml:1:1: \[CSP_SETTINGS_UNKNOWN_KEY\]/);
  });

  it("gives the stack that neither an option nor a variable names", () => {
    writeFileSync(join(folder, "azurestack-csp.yaml"), "stack: fromFile\n");
    const context = (env: Record<string, string>) => ({ env, folder, terminal: createPipelineTerminal() });

    assert.equal(knownStack(context({ PULUMI_STACK: "fromVariable" }), "fromOption"), "fromOption");
    assert.equal(knownStack(context({ PULUMI_STACK: "fromVariable" }), undefined), "fromVariable");
    assert.equal(knownStack(context({ PULUMI_STACK: "" }), undefined), "fromFile");
  });
});
