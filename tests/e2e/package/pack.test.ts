import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { localEnvironment } from "../../../scripts/dev/environment.ts";
import { createStack } from "../../support/pulumiCommand.ts";
import { assertFailed, assertSucceeded } from "../../support/tenantStack.ts";
import {
  copyProgram,
  installWithNpm,
  installWithPnpm,
  type PackageName,
  packPackages,
  runTool,
  type Tarballs,
} from "./packedPackages.ts";

const example = join(workspaceRoot, "examples", "one-customer");
const names: readonly PackageName[] = ["azurestack-csp", "@azurestack-csp/provider", "@azurestack-csp/emulator"];

describe("the packages, packed and installed", () => {
  let folder: string;
  let tarballs: Tarballs;
  let azure: Emulator;
  let pulumiVersion: string;

  before(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), "azurestack-csp-pack-"));
    const manifest = join(workspaceRoot, "node_modules", "@pulumi", "pulumi", "package.json");
    pulumiVersion = JSON.parse(await readFile(manifest, "utf8")).version;
    [tarballs, azure] = await Promise.all([packPackages(folder), createEmulator()]);
  });

  after(async () => {
    await azure.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  for (const name of [...names, "@azurestack-csp/usage"] as const) {
    it(`hold what ${name} names in its package.json`, async () => {
      const tarball = await readFile(tarballs[name]);

      const { messages, pkg } = await publint({
        pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) },
        strict: true,
      });

      assert.deepEqual(
        messages.map((message) => formatMessage(message, pkg)),
        [],
      );
    });
  }

  describe("with npm", () => {
    let program: string;

    before(async () => {
      program = join(folder, "with-npm");
      await copyProgram({ from: example, to: program, dependencies: { ...local(), "@pulumi/pulumi": pulumiVersion } });
      await installWithNpm(program);
    });

    it("register, refresh and remove a customer", async () => {
      const stack = await createStack({ program, azure, installed: true });

      assertSucceeded(await stack.up());
      assertSucceeded(await stack.up("--refresh", "--expect-no-changes"));
      assertSucceeded(await stack.destroy());

      await stack.remove();
    });

    it("bring the schemas of tenant lists and rate cards for editors", async () => {
      for (const schema of ["tenant-list", "rate-card"]) {
        const path = join("schemas", `${schema}.schema.json`);
        const installed = join(program, "node_modules", "azurestack-csp", path);

        assert.equal(await readFile(installed, "utf8"), await readFile(join(workspaceRoot, path), "utf8"));
      }
    });

    it("bring the docs that --help and messages point to", async () => {
      for (const page of ["command-line.md", "errors.md", "permissions.md"]) {
        const installed = join(program, "node_modules", "azurestack-csp", "docs", page);

        assert.equal(await readFile(installed, "utf8"), await readFile(join(workspaceRoot, "docs", page), "utf8"));
      }
    });

    it("show the options of the usage store, and say how to add it, where it is not among them", async () => {
      const entry = join(program, "node_modules", "azurestack-csp", "bin", "azurestack-csp.js");
      const { NODE_OPTIONS: _sources, ...env } = localEnvironment(process.env);
      const run = (...args: readonly string[]) =>
        spawnSync(process.execPath, [entry, ...args], { env, encoding: "utf8" });

      const [help, status] = [run("usage", "sync", "--help"), run("usage", "status", "--json")];

      assert.match(help.stdout, /--again <from\.\.to>/);
      assert.equal(status.status, 2);
      assert.match(status.stderr, /\[CSP_COMMAND_PART_MISSING\] .*npm install --save-dev @azurestack-csp\/usage/);
      assert.equal(JSON.parse(status.stdout).error.code, "CSP_COMMAND_PART_MISSING");
    });

    it("start the emulator", async () => {
      const entry = join(program, "node_modules", "azurestack-csp", "bin", "azurestack-csp.js");
      const { NODE_OPTIONS: _sources, ...env } = localEnvironment(process.env);
      const child = spawn(process.execPath, [entry, "emulator", "--json"], {
        env,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const closed = once(child, "close");

      const [line] = await once(createInterface({ input: child.stdout }), "line");
      child.kill("SIGTERM");

      assert.match(JSON.parse(String(line)).resourceManager, /^https:\/\/127\.0\.0\.1:\d+$/);
      assert.deepEqual(await closed, [0, null]);
    });
  });

  describe("with pnpm", () => {
    let program: string;

    before(async () => {
      program = join(folder, "with-pnpm");
      const dependencies = { "azurestack-csp": `file:${tarballs["azurestack-csp"]}`, "@pulumi/pulumi": pulumiVersion };
      await copyProgram({ from: example, to: program, dependencies });
      await installWithPnpm(program, tarballs);
    });

    it("register and remove a customer, as a dependency of the program", async () => {
      const stack = await createStack({ program, azure, installed: true });

      assertSucceeded(await stack.up());
      assertSucceeded(await stack.destroy());

      await stack.remove();
    });

    it("give a program its types, of what they name as dependencies alone", () => assertTypes(program));

    it("say what to add where only another package depends on them", async () => {
      const program = join(folder, "wrapped");
      const wrapper = join(folder, "wrapper");
      await mkdir(wrapper);
      const manifest = {
        name: "wrapper",
        version: "1.0.0",
        type: "module",
        exports: "./index.js",
        dependencies: { "azurestack-csp": "*" },
        peerDependencies: { "@pulumi/pulumi": "*" },
      };
      await writeFile(join(wrapper, "package.json"), JSON.stringify(manifest));
      await writeFile(join(wrapper, "index.js"), 'export { CustomerSubscription } from "azurestack-csp";\n');
      const dependencies = { wrapper: `file:${wrapper}`, "@pulumi/pulumi": pulumiVersion };
      await copyProgram({ from: example, to: program, dependencies });
      const source = await readFile(join(program, "index.ts"), "utf8");
      await writeFile(join(program, "index.ts"), source.replace('"azurestack-csp"', '"wrapper"'));
      await installWithPnpm(program, tarballs);
      const stack = await createStack({ program, azure, installed: true });

      const shown = assertFailed(await stack.up());

      assert.match(shown, /\[CSP_DYNAMIC_NOT_RESOLVABLE\]/);
      assert.match(shown, /"azurestack-csp": "\d+\.\d+\.\d+"/);
      await stack.remove();
    });
  });

  function local(): Readonly<Record<string, string>> {
    return Object.fromEntries(names.map((name) => [name, `file:${tarballs[name]}`]));
  }
});

/** Type-checks the program as its author's editor does, without this workspace's settings. */
async function assertTypes(program: string): Promise<void> {
  const compilerOptions = { module: "nodenext", target: "es2023", strict: true, noEmit: true, types: [] };
  await writeFile(join(program, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  await runTool(
    process.execPath,
    [join(workspaceRoot, "node_modules", "typescript", "bin", "tsc"), "-p", "."],
    program,
  );
}
