import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configuredList } from "../../../../../sdk/nodejs/src/cli/stacks/configuredList.ts";

describe("configuredList", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-config-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = (file: string, text: string) => writeFile(join(folder, file), text);

  it("is what the stack says, else what the project says", async () => {
    await write("Pulumi.yaml", "name: shop\nconfig:\n  tenantList: { type: string, default: tenants.yaml }\n");
    await write("Pulumi.production.yaml", "config:\n  shop:tenantList: customers.csv\n");

    assert.equal(configuredList(folder, "production"), "customers.csv");
    assert.equal(configuredList(folder, "organization/shop/production"), "customers.csv");
    assert.equal(configuredList(folder, "dev"), "tenants.yaml");
    assert.equal(configuredList(folder, undefined), "tenants.yaml");
  });

  it("is looked for where the project keeps the stacks' files", async () => {
    await mkdir(join(folder, "stacks"));
    await write("Pulumi.yaml", "name: shop\nstackConfigDir: stacks\nconfig:\n  shop:tenantList: all.yaml\n");
    await write("stacks/Pulumi.dev.yaml", "config:\n  shop:tenantList: dev.yaml\n");

    assert.equal(configuredList(folder, "dev"), "dev.yaml");
    assert.equal(configuredList(folder, "test"), "all.yaml");
  });

  it("is nothing where nobody says it, in clear text and in a file that can be read", async () => {
    await write("Pulumi.yaml", "name: shop\n");
    await write("Pulumi.secret.yaml", "config:\n  shop:tenantList: { secure: v1:abc }\n");
    await write("Pulumi.broken.yaml", "config: [\n");

    for (const stack of ["dev", "secret", "broken"]) assert.equal(configuredList(folder, stack), undefined);
  });
});
