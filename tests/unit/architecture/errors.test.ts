import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorFamilies } from "../../../scripts/dev/errorsPage.ts";
import { root, sources } from "./sources.ts";

/** Where errors are thrown. */
const FOLDERS = ["provider/src", "sdk/nodejs/src", "emulator/src", "usage/src", "plugin/src"];

/** A code as sources name it: the provider's as a text, others as a member of their family. */
const NAMED = /(?:"|\.errors\.|Errors\.)(CSP_[A-Z_]+)\b/g;

/** A placeholder at the end may stand for a whole text, which brings its own full stop. */
const WHOLE_TEXTS = /\{\w+\}\n?$/;

const texts = sources(FOLDERS).map(({ file }) => readFileSync(join(root, file), "utf8"));
const defined = errorFamilies.flatMap(({ errors }) => Object.values(errors));

describe("families of errors", () => {
  for (const { code, fact, leadsTo, remedy } of defined) {
    it(`state of ${code} the fact, what it leads to and what to do, in whole sentences`, () => {
      assert.match(code, /^CSP_[A-Z]+(_[A-Z]+)*$/);
      for (const text of [fact, leadsTo, remedy]) {
        assert.match(text, /^["`{(A-Z]/);
        assert.ok(WHOLE_TEXTS.test(text) || /[.?]$|"\]\.$/.test(text), text);
        assert.doesNotMatch(text, / {2}|\bTODO\b| $/);
      }
    });
  }

  it("claim nothing of the whole run, of which a request, a resource or a stack knows its own part alone", () => {
    for (const { code, fact, leadsTo } of defined) {
      assert.doesNotMatch(`${fact} ${leadsTo}`, /nothing was changed|nothing was sent for|stays unregistered/i, code);
    }
  });

  it("are all on the page of errors", () => {
    const modules = texts.filter(
      (text) => text.includes("= defineErrors({") && !text.includes("function defineErrors"),
    );

    assert.equal(errorFamilies.length, modules.length);
  });

  it("have a title of their own, and one sentence each", () => {
    const titles = errorFamilies.map(({ title }) => title);

    assert.equal(new Set(titles).size, titles.length);
    for (const { about } of errorFamilies) assert.match(about, /^[A-Z][^.]*\.$/);
  });

  it("hold no code that another family holds", () => {
    const codes = defined.map(({ code }) => code);

    assert.deepEqual(
      codes.filter((code, index) => codes.indexOf(code) !== index),
      [],
    );
  });

  it("hold every code that sources name, and none that they do not", () => {
    const named = new Set(texts.flatMap((text) => [...text.matchAll(NAMED)].map(([, code = ""]) => code)));
    const codes = defined.map(({ code }) => code);

    assert.deepEqual([...named].toSorted(), codes.toSorted());
  });
});
