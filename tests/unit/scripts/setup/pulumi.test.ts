import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { downloadPulumi } from "../../../../scripts/setup/downloadPulumi.mjs";
import { ensurePulumi, findFitting } from "../../../../scripts/setup/pulumi.mjs";
import { pulumiVersion } from "../../../../scripts/setup/versions.mjs";

const host = "pulumi-language-nodejs";
const launcher = "pulumi-resource-pulumi-nodejs";
const system = process.env.PATH ?? "";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

// The stand-ins are shell scripts.
if (process.platform !== "win32") {
  describe("findFitting", () => {
    it("takes a pulumi of the pinned version with host and launcher beside it", async () => {
      const bin = standIns("bin", `v${pulumiVersion}`, [host, launcher]);

      assert.equal(await findFitting({ env: { PATH: `${bin}${delimiter}${system}` } }), bin);
    });

    it("takes host and launcher from elsewhere on PATH", async () => {
      const bin = standIns("bin", `v${pulumiVersion}`, []);
      const hosts = standIns("hosts", undefined, [host, launcher]);

      assert.equal(await findFitting({ env: { PATH: [bin, hosts, system].join(delimiter) } }), bin);
    });

    it("takes the version that is asked for", async () => {
      const bin = standIns("bin", "v3.259.0", [host, launcher]);

      assert.equal(await findFitting({ version: "3.259.0", env: { PATH: `${bin}${delimiter}${system}` } }), bin);
    });

    it("leaves another version alone", async () => {
      const bin = standIns("bin", "v3.200.0", [host, launcher]);

      assert.equal(await findFitting({ env: { PATH: `${bin}${delimiter}${system}` } }), undefined);
    });

    for (const [missing, present] of [
      [host, launcher],
      [launcher, host],
    ] as const) {
      it(`leaves a pulumi without ${missing} alone`, async () => {
        const bin = standIns("bin", `v${pulumiVersion}`, [present]);

        assert.equal(await findFitting({ env: { PATH: bin } }), undefined);
      });
    }
  });

  describe("ensurePulumi", () => {
    it("finds an earlier install in PULUMI_HOME without running or writing anything", async () => {
      const bin = standIns(join("versions", pulumiVersion, "bin"), "not asked", [host, launcher]);

      assert.equal(await ensurePulumi({ root: folder, env: { PATH: "", PULUMI_HOME: folder } }), bin);
      assert.equal(existsSync(join(folder, "versions", `.${pulumiVersion}.lock`)), false);
    });

    it("keeps versions apart", async () => {
      standIns(join("versions", pulumiVersion, "bin"), "not asked", [host, launcher]);
      const bin = standIns(join("versions", "3.259.0", "bin"), "not asked", [host, launcher]);
      const env = { PATH: "", PULUMI_HOME: folder };

      assert.equal(await ensurePulumi({ root: folder, version: "3.259.0", env }), bin);
    });

    it("uses .tools where PULUMI_HOME cannot be written to", async () => {
      const noFolder = join(folder, "a-file");
      writeFileSync(noFolder, "");
      const bin = standIns(join(".tools", "pulumi", "versions", pulumiVersion, "bin"), "not asked", [host, launcher]);

      assert.equal(await ensurePulumi({ root: folder, env: { PATH: "", PULUMI_HOME: noFolder } }), bin);
    });
  });
}

describe("downloadPulumi", () => {
  const options = { version: pulumiVersion, abortSignal: undefined, work: "unused" };

  it("gives up when the download host does not answer, and says why", async () => {
    const said: string[] = [];
    const fetch = () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ENOTFOUND" } }));

    assert.equal(await downloadPulumi({ ...options, fetch, report: (line) => said.push(line) }), undefined);
    assert.match(said.join(), /ENOTFOUND/);
  });

  it("gives up when the download host refuses, and says why", async () => {
    const said: string[] = [];
    const fetch = () => Promise.resolve(new Response(null, { status: 403 }));

    assert.equal(await downloadPulumi({ ...options, fetch, report: (line) => said.push(line) }), undefined);
    assert.match(said.join(), /HTTP 403/);
  });
});

function standIns(name: string, version: string | undefined, others: readonly string[]): string {
  const bin = join(folder, name);
  mkdirSync(bin, { recursive: true });
  if (version !== undefined) script(join(bin, "pulumi"), `echo ${version}`);
  for (const other of others) script(join(bin, other), "exit 0");
  return bin;
}

function script(file: string, body: string): void {
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}
