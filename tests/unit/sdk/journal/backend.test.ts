import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { backendFolder, backendUrl } from "../../../../sdk/nodejs/src/journal/backend.ts";

describe("backendUrl", () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "azurestack-csp-home-"));
    await writeFile(join(home, "credentials.json"), JSON.stringify({ current: "s3://current" }));
  });

  afterEach(() => rm(home, { recursive: true }));

  it("is that of the environment, else the project's, else the one that was signed in to last", async () => {
    const env = { PULUMI_HOME: home };

    assert.equal(await backendUrl({ env: { ...env, PULUMI_BACKEND_URL: "file://a" }, ofProject: "b" }), "file://a");
    assert.equal(await backendUrl({ env, ofProject: "s3://project" }), "s3://project");
    assert.equal(await backendUrl({ env, ofProject: undefined }), "s3://current");
  });

  it("is empty where nobody has signed in", async () => {
    assert.equal(await backendUrl({ env: { PULUMI_HOME: join(home, "none") }, ofProject: undefined }), "");
  });
});

describe("backendFolder", () => {
  const folder = join(tmpdir(), "a state");
  const urls: readonly (readonly [url: string, expected: string | undefined])[] = [
    [pathToFileURL(folder).href, folder],
    [`${pathToFileURL(folder).href}?no_tmp_dir=true`, folder],
    ["file://~", homedir()],
    ["file://~/state", join(homedir(), "state")],
    ["file://./state", resolve("work", "state")],
    ["s3://state", undefined],
    ["azblob://state?storage_account=x", undefined],
    ["https://api.pulumi.com", undefined],
    ["", undefined],
  ];
  for (const [url, expected] of urls) {
    it(`of "${url}" is ${expected}`, () => {
      assert.equal(backendFolder(url, resolve("work")), expected);
    });
  }
});
