import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readGoSettings } from "../../../../scripts/setup/goSettings.mjs";
import { pulumiVersion } from "../../../../scripts/setup/versions.mjs";

const tools = fileURLToPath(new URL("../../../../tools", import.meta.url));

// The stand-ins are shell scripts.
if (process.platform !== "win32") {
  describe("readGoSettings", () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "go-"));
      moduleOf("host", "1.18");
      moduleOf("cli", "1.26.6");
    });

    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    const usable: readonly (readonly [version: string, toolchain: string])[] = [
      ["go1.26.6", "local"],
      ["go1.26.8", "local"],
      ["go1.27rc1", "local"],
      ["go1.26.6", "go1.26.6"],
      ["go1.21.0", "auto"],
      ["go1.24.2", "local+auto"],
      ["go1.25.1", "go1.25.1+auto"],
    ];
    for (const [version, toolchain] of usable) {
      it(`takes ${version} with GOTOOLCHAIN=${toolchain}`, async () => {
        goOf(version, toolchain);

        assert.equal((await read()).GOPROXY, "https://proxy.example");
      });
    }

    const tooOld: readonly (readonly [version: string, toolchain: string])[] = [
      ["go1.26.5", "local"],
      ["go1.24.2", "local"],
      ["go1.25.1", "go1.25.1"],
      ["go1.24.2", "path"],
    ];
    for (const [version, toolchain] of tooOld) {
      it(`refuses ${version} with GOTOOLCHAIN=${toolchain}, and says what to install`, async () => {
        goOf(version, toolchain);

        await assert.rejects(read(), {
          code: "GO_TOO_OLD",
          message: new RegExp(
            `${version} is older than Go 1\\.26\\.6 .*GOTOOLCHAIN=${toolchain}\\)\\. Install Go 1\\.26\\.6`,
          ),
        });
      });
    }

    it("takes the Go that GOTOOLCHAIN=path finds by its exact name", async () => {
      goOf("go1.24.2", "path");
      script("go1.26.6", "exit 0");

      assert.equal((await read()).GOVERSION, "go1.24.2");
    });

    it("refuses a Go that knows no toolchains, whatever is set", async () => {
      goOf("go1.20.14", "auto");

      await assert.rejects(read(), {
        code: "GO_MISSING",
        message: /go1\.20\.14 is older than Go 1\.21\. Install Go 1\.26\.6/,
      });
    });

    it("refuses a machine without Go", async () => {
      await assert.rejects(read(), {
        code: "GO_MISSING",
        message: /CLI 3\.259\.0 can neither .*no Go was found\. Install Go 1\.26\.6/,
      });
    });

    it("reads the needed version from the modules under tools", async () => {
      goOf("go1.20", "local");
      const [, named = ""] = /^go (.*)$/m.exec(readFileSync(join(tools, "pulumi", "go.mod"), "utf8")) ?? [];
      const folders = ["pulumi-language-nodejs", "pulumi"].map((name) => join(tools, name));

      await assert.rejects(
        readGoSettings({ version: pulumiVersion, folders, env: { PATH: folder } }),
        ({ message }: Error) => message.includes(`Install Go ${named} or later`),
      );
    });

    function read() {
      const folders = ["cli", "host"].map((name) => join(folder, name));
      return readGoSettings({ version: "3.259.0", folders, env: { PATH: folder } });
    }

    function moduleOf(name: string, version: string): void {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "go.mod"), `module example.invalid/${name}\n\ngo ${version}\n`);
    }

    function goOf(GOVERSION: string, GOTOOLCHAIN: string): void {
      const settings = { GOVERSION, GOTOOLCHAIN, GOPROXY: "https://proxy.example", GOMODCACHE: "/cache" };
      script("go", `echo '${JSON.stringify(settings)}'`);
    }

    function script(name: string, body: string): void {
      writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
      chmodSync(join(folder, name), 0o755);
    }
  });
}
