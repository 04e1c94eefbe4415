import assert from "node:assert/strict";
import { readArmError } from "../../../../../provider/src/clients/arm/armErrorBody.ts";

describe("readArmError", () => {
  for (const [what, body] of [
    ["in its envelope", { error: { code: "C", message: "M" } }],
    ["without its envelope", { code: "C", message: "M" }],
    ["in other letters", { Error: { Code: "C", Message: "M" } }],
  ] as const) {
    it(`reads an error ${what}`, () =>
      assert.deepEqual(readArmError(JSON.stringify(body)), { code: "C", message: "M" }));
  }

  for (const body of ["", "<html>", "[1]", "{}", '{"status":"missing"}']) {
    it(`finds none in ${body === "" ? "an empty body" : body}`, () => assert.equal(readArmError(body), undefined));
  }

  it("cuts what is too long", () => {
    const body = JSON.stringify({ error: { code: "c".repeat(1e6), message: "m".repeat(1e6) } });
    const { code = "", message = "" } = readArmError(body) ?? {};
    assert.deepEqual([code.length, message.length], [1_001, 1_001]);
  });
});
