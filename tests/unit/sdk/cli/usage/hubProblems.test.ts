import assert from "node:assert/strict";
import { ProviderError } from "@azurestack-csp/provider";
import { distinctProblems, problemLines } from "../../../../../sdk/nodejs/src/cli/usage/hubProblems.ts";

const refused = (request: string, scope = "/subscriptions/s") =>
  new ProviderError(
    "CSP_HUB_NOT_AUTHORIZED",
    { action: "list", scope },
    { answer: { request, correlationId: request } },
  );

describe("the problems of Hubs", () => {
  it("name the Hub, and come once where several requests or Hubs have one", () => {
    const lines = problemLines([
      { key: "paris", problems: [refused("a"), refused("b"), refused("c", "/subscriptions/t")] },
      { key: "lyon", problems: [refused("d")] },
      { key: "lille", problems: [] },
    ]);

    assert.deepEqual(
      lines.map((line) => line.slice(0, line.indexOf("]") + 1)),
      ["paris, lyon: [CSP_HUB_NOT_AUTHORIZED]", "paris: [CSP_HUB_NOT_AUTHORIZED]"],
    );
    assert.match(lines[1] ?? "", /subscriptions\/t/);
  });

  it("stay apart where they are of different windows", () => {
    const lost = (start: string) => new Error(start);

    assert.equal(distinctProblems([lost("1"), lost("2"), lost("1")]).length, 2);
  });
});
