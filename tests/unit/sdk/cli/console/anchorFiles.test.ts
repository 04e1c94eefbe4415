import assert from "node:assert/strict";
import { resolve } from "node:path";
import { anchorFiles } from "../../../../../sdk/nodejs/src/cli/console/anchorFiles.ts";

describe("anchorFiles", () => {
  const folder = resolve("/lists");

  it("makes relative file names absolute and leaves everything else alone", () => {
    const absolute = resolve("/certificates/ca.pem");
    const env = { AZURESTACK_CSP_CHANGE_LOG: "changes.jsonl", NODE_EXTRA_CA_CERTS: absolute, ARM_CLIENT_ID: "id" };

    anchorFiles(env, folder);

    assert.deepEqual(env, {
      AZURESTACK_CSP_CHANGE_LOG: resolve(folder, "changes.jsonl"),
      NODE_EXTRA_CA_CERTS: absolute,
      ARM_CLIENT_ID: "id",
    });
  });

  it("sets nothing that was not set", () => {
    const env = { AZURESTACK_CSP_JOURNAL: "" };

    anchorFiles(env, folder);

    assert.deepEqual(env, { AZURESTACK_CSP_JOURNAL: "" });
  });
});
