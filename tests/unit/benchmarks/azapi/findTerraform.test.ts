import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform, initialize } from "../../../../benchmarks/azapi/findTerraform.ts";

const VERSION = `{"terraform_version":"1.11.4","provider_selections":{"registry.example/azure/azapi":"2.7.0"}}`;

describe("Terraform for the comparison with azapi", () => {
  let folder: string;
  let env: Record<string, string>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-terraform-"));
    env = { PATH: folder };
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function install(program: string, exitCodeOfInit: number): Promise<void> {
    const script = `#!${process.execPath}\nif (process.argv[2] === "init") { console.error("no azapi here"); process.exit(${exitCodeOfInit}); }\nconsole.log('${VERSION}');\n`;
    await writeFile(join(folder, program), script);
    await chmod(join(folder, program), 0o755);
  }

  it("is missed with a code and what to do", async () => {
    await assert.rejects(findTerraform(env), { code: "TERRAFORM_NOT_FOUND", message: /docs\/benchmarks\.md/ });
  });

  // A script without an extension is no program on Windows.
  if (process.platform !== "win32") {
    it("may be OpenTofu", async () => {
      await install("tofu", 0);

      assert.deepEqual(await findTerraform(env), { program: "tofu", version: "1.11.4" });
    });

    it("tells which azapi it found", async () => {
      await install("terraform", 0);

      assert.equal(await initialize(await findTerraform(env), { cwd: folder, env }), "2.7.0");
    });

    it("without azapi fails with a code, what to do and what init said", async () => {
      await install("terraform", 1);

      await assert.rejects(initialize(await findTerraform(env), { cwd: folder, env }), {
        code: "AZAPI_NOT_FOUND",
        message: /TF_CLI_CONFIG_FILE[\s\S]*no azapi here/,
      });
    });
  }
});
