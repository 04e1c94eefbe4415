import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { errorsPageFile } from "../../../../../scripts/dev/errorsPage.ts";
import { errorFamilies } from "../../../../../sdk/nodejs/src/cli/errors/errorFamilies.ts";
import { runInProcess } from "./runInProcess.ts";

/** The sections of the page, by code, without the marks that Markdown needs. */
const sections = new Map(
  readFileSync(errorsPageFile, "utf8")
    .replaceAll("\r\n", "\n")
    .replaceAll("\\<", "<")
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section] as const),
);

describe("azurestack-csp explain", () => {
  for (const code of errorFamilies.flatMap(({ errors }) => Object.keys(errors))) {
    it(`says of ${code} what docs/errors.md says`, async () => {
      const { written } = await runInProcess("explain", code, "--json");

      const { kind, fact, leadsTo, remedy } = JSON.parse(written) as Record<string, string>;
      const section = sections.get(code) ?? "";
      for (const text of [`*${kind}*`, fact, `**Leads to:** ${leadsTo}`, `**To do:** ${remedy}`])
        assert.ok(section.includes(`\n\n${text}`), text);
    });
  }

  it("says it as text, and that words in braces stand for values where there are any", async () => {
    const { written } = await runInProcess("explain", "CSP_GUID_MALFORMED");

    assert.match(
      written,
      /^CSP_GUID_MALFORMED {2}input, of the input errors\n\nMeans\n {2}`\{property\}` is "\{value\}"/,
    );
    assert.match(written, /\n\nLeads to\n {2}Azure would refuse it/);
    assert.match(written, /\n\nTo do\n {2}Write it as Azure prints it/);
    assert.match(written, /Words in braces stand for values of the case at hand\.$/);
    assert.doesNotMatch((await runInProcess("explain", "CSP_COMMAND_PULUMI_MISSING")).written, /\{\d+\}/);
  });

  it("takes a code in any letter case, and in the brackets of a message", async () => {
    const { written } = await runInProcess("explain", "CSP_GUID_NIL");

    assert.equal((await runInProcess("explain", "csp_guid_nil")).written, written);
    assert.equal((await runInProcess("explain", "[CSP_GUID_NIL]")).written, written);
  });

  it("takes the codes of Microsoft's, as the portal of a Hub and answers have them", async () => {
    for (const [theirs, ours] of [
      ["LoginError", "CSP_BRIDGE_SIGN_IN"],
      ["requestendtimeisinfuture", "CSP_HUB_END_IN_FUTURE"],
      ["UnauthorizedCspRegistration", "CSP_UNAUTHORIZED_CSP_REGISTRATION"],
    ] as const) {
      const { written } = await runInProcess("explain", ours);

      assert.equal((await runInProcess("explain", theirs)).written, written);
    }
  });

  const misspelled = [
    { given: "CSP_GUID_MALFORMD", near: /\(did you mean `CSP_GUID_MALFORMED`\?\)/ },
    { given: "guard_removals", near: /\(did you mean `CSP_GUARD_REMOVALS`/ },
    { given: "AuthorizationFailed", near: /is the code of no error\. / },
  ];
  for (const { given, near } of misspelled) {
    it(`answers ${given} with the codes that are near, or none`, async () => {
      await assert.rejects(runInProcess("explain", given), (error: Error & { code: string; kind: string }) => {
        assert.equal(error.code, "CSP_COMMAND_CODE_UNKNOWN");
        assert.equal(error.kind, "usage");
        assert.match(error.message, near);
        return true;
      });
    });
  }
});
