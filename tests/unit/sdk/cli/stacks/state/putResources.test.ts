import assert from "node:assert/strict";
import type { StateResource } from "../../../../../../sdk/nodejs/src/cli/stacks/state/deployment.ts";
import { putResources } from "../../../../../../sdk/nodejs/src/cli/stacks/state/putResources.ts";

const TYPE = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const place = { stack: "test", project: "shop", newId: () => "an-id" };
const root = {
  urn: "urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test",
  custom: false,
  type: "pulumi:pulumi:Stack",
};
const provider = {
  urn: "urn:pulumi:test::shop::pulumi:providers:pulumi-nodejs::default",
  custom: true,
  id: "another-id",
  type: "pulumi:providers:pulumi-nodejs",
};

function mapping(id: string, more: Partial<StateResource> = {}): StateResource {
  return { urn: `urn:pulumi:test::shop::list$${TYPE}::a`, custom: true, type: TYPE, id, ...more };
}

describe("putResources", () => {
  it("puts what a resource stands on before it", () => {
    const parent = "urn:pulumi:test::shop::list::tenants";

    const { resources } = putResources({ resources: [] }, [mapping("/a", { parent })], place);

    assert.deepEqual(resources, [
      root,
      { ...provider, id: "an-id" },
      { urn: parent, custom: false, type: "list", parent: root.urn },
      mapping("/a", { parent, provider: `${provider.urn}::an-id` }),
    ]);
  });

  it("uses the root and the provider that are there, and keeps all else", () => {
    const other = { urn: "urn:pulumi:test::shop::x:y:Z::z", type: "x:y:Z" };
    const manifest = { version: "v3" };

    const put = putResources({ manifest, resources: [root, provider, other] }, [mapping("/a")], place);

    const added = mapping("/a", { parent: root.urn, provider: `${provider.urn}::another-id` });
    assert.deepEqual(put, { manifest, resources: [root, provider, other, added] });
  });

  it("takes the place of the resource with its URN, whose options and provider it keeps", () => {
    const old = mapping("/A", { outputs: { tenantId: "old" }, protect: true, provider: "p", parent: root.urn });

    const { resources } = putResources(
      { resources: [root, old] },
      [mapping("/a", { outputs: { tenantId: "new" } })],
      place,
    );

    assert.deepEqual(resources, [root, { ...old, outputs: { tenantId: "new" } }]);
  });

  it("leaves a resource of another id to be deleted, beside one that is so already", () => {
    const old = mapping("/a", { parent: root.urn, provider: "p" });
    const older = { ...mapping("/c"), delete: true };

    const { resources } = putResources({ resources: [root, old, older] }, [mapping("/b")], place);

    assert.deepEqual(resources, [root, { ...old, id: "/b" }, { ...old, delete: true }, older]);
  });

  it("gives back the same state where there is nothing to put", () => {
    const deployment = { resources: [root] };

    assert.equal(putResources(deployment, [], place), deployment);
  });
});
