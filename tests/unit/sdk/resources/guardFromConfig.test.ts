import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { guardFromConfig } from "azurestack-csp";
import { writeMappings } from "../../../../provider/src/domain/tenantListGuard/mappingTexts.ts";
import { createAllowance } from "../../../../provider/src/lifecycle/allowance.ts";
import { createLiveFindings } from "../../../../provider/src/lifecycle/liveFindings.ts";
import { createTenantListGuard } from "../../../../provider/src/lifecycle/tenantListGuard/lifecycle.ts";

const before = { mappings: writeMappings({ hub: { a: "1", b: "2", c: "3" } }) };

/** What the guard has against a run that removes all three, with the settings of a stack. */
function judge(settings: Readonly<Record<string, string>>) {
  for (const [key, value] of Object.entries(settings)) pulumi.runtime.setConfig(`guardFromConfig:${key}`, value);
  const limits = guardFromConfig(new pulumi.Config("guardFromConfig"));
  return createTenantListGuard(createAllowance(), createLiveFindings()).check(
    { mappings: {}, maxMoves: "10,25%", ...defined(limits) },
    before,
  ).failures;
}

/** As the engine sees them: what is undefined is not there. */
function defined(limits: object): object {
  return JSON.parse(JSON.stringify(limits));
}

describe("guardFromConfig", () => {
  let configured: Readonly<Record<string, string>>;

  beforeEach(() => {
    configured = pulumi.runtime.allConfig();
  });

  afterEach(() => pulumi.runtime.setAllConfig(configured));

  it("leaves to the guard what is not configured", () => {
    const limits = guardFromConfig(new pulumi.Config("guardFromConfig"));

    assert.deepEqual(JSON.parse(JSON.stringify(limits)), {});
  });

  it("takes limits as they are written", () => {
    assert.deepEqual(judge({ maxRemovals: "3,100%" }), []);
  });

  it("takes a confirmed number in digits", () => {
    assert.deepEqual(judge({ maxRemovals: "0", confirmedRemovals: "3" }), []);
  });

  for (const text of ["3abc", "3_0", "0x3", "", " 3", "3 ", "3.0", "3e0", "+3", "-1", "٣", "three"]) {
    it(`confirms nothing by ${JSON.stringify(text)}, and the guard names the property`, () => {
      const failures = judge({ maxRemovals: "3", confirmedRemovals: text, confirmedMoves: text });

      assert.deepEqual(
        failures.map(({ property }) => property),
        ["confirmedRemovals", "confirmedMoves"],
      );
      for (const { property, reason } of failures) {
        assert.ok(reason.startsWith(`[CSP_INPUT_TYPE] \`${property}\` is ${JSON.stringify(text)};`), reason);
      }
    });
  }
});
