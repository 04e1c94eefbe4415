import assert from "node:assert/strict";
import { takeBack } from "../../../../../sdk/nodejs/src/cli/reconcile/keepRemaining.ts";

const root = { urn: "urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test", type: "pulumi:pulumi:Stack" };
const provider = {
  urn: "urn:pulumi:test::shop::pulumi:providers:pulumi-nodejs::default",
  type: "pulumi:providers:pulumi-nodejs",
  id: "p",
  custom: true,
};
const place = { stack: "test", project: "shop", newId: () => "new" };

function mapping(name: string, id: string) {
  const type = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
  return { urn: `urn:pulumi:test::shop::${type}::${name}`, type, id, custom: true, parent: root.urn };
}

describe("takeBack", () => {
  it("manages again what no other resource has the name of", () => {
    const { resources } = takeBack({ resources: [root, provider] }, [{ ...mapping("a", "OLD"), delete: true }], place);

    assert.partialDeepStrictEqual(resources.at(-1), mapping("a", "OLD"));
    assert.equal(resources.at(-1)?.delete, undefined);
  });

  it("leaves what a move has left to be deleted, and the moved mapping as it is", () => {
    const moved = mapping("a", "NEW");

    const { resources } = takeBack({ resources: [root, provider, moved] }, [mapping("a", "OLD")], place);

    assert.deepEqual(
      resources.filter(({ urn }) => urn === moved.urn).map(({ id, delete: isOld }) => [id, isOld ?? false]),
      [
        ["NEW", false],
        ["OLD", true],
      ],
    );
  });
});
