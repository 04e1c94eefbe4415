import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { mendStates } from "../../../../../../sdk/nodejs/src/cli/stacks/state/mendStates.ts";
import { createPipelineTerminal } from "../../console/pipelineTerminal.ts";

const whole = '{"user.content_type":"application/json","md5":"1B2M2Y8AsgTpgAmY7PhCfg=="}\n';
const state = '{"version":3,"checkpoint":{}}';

describe("mendStates", () => {
  let backend: string;
  let folder: string;

  beforeEach(async () => {
    backend = await mkdtemp(join(tmpdir(), "azurestack-csp-states-"));
    folder = join(backend, ".pulumi", "stacks", "shop");
    await mkdir(folder, { recursive: true });
  });

  afterEach(async () => {
    await rm(backend, { recursive: true });
  });

  /** What is said of a backend with these files, and what is left of them. */
  async function mend(files: Readonly<Record<string, string | Buffer>>) {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const terminal = createPipelineTerminal();
    await mendStates({ backend, project: "shop" }, terminal);
    return { said: terminal.said, left: (await readdir(folder)).toSorted() };
  }

  for (const [name, content] of [
    ["test.json", state],
    ["test.json.bak", state],
    ["test.json.gz", gzipSync(state)],
    ["test.json.gz.bak", gzipSync(state)],
    ["test.json.zst", zstdCompressSync(state)],
  ] as const) {
    it(`removes torn attributes beside a whole ${name}, and names them`, async () => {
      for (const torn of ["", whole.slice(0, 20)]) {
        const { said, left } = await mend({ [name]: content, [`${name}.attrs`]: torn });

        assert.deepEqual(left, [name]);
        assert.equal(said.length, 1);
        assert.match(said[0] ?? "", new RegExp(`${name}\\.attrs`));
      }
    });
  }

  it("removes them where the first state of a stack was not written yet", async () => {
    assert.deepEqual((await mend({ "test.json.attrs": "" })).left, []);
  });

  it("leaves whole attributes and other files alone, and says nothing", async () => {
    const files = { "test.json": state, "test.json.attrs": whole, "notes.txt": "" };

    assert.deepEqual(await mend(files), { said: [], left: Object.keys(files).toSorted() });
  });

  for (const [name, content] of [
    ["test.json", ""],
    ["test.json", state.slice(0, 9)],
    ["test.json.gz", gzipSync(state).subarray(0, 12)],
  ] as const) {
    it(`touches nothing where ${name} is not whole either, and names the file`, async () => {
      await assert.rejects(mend({ [name]: content, [`${name}.attrs`]: "" }), {
        code: "CSP_COMMAND_STATE_TORN",
        message: new RegExp(`${name}\\.attrs`),
      });

      assert.equal((await readdir(folder)).length, 2);
    });
  }

  it("does nothing where the backend has no state of the project", async () => {
    await mendStates({ backend, project: "other" }, createPipelineTerminal());
  });
});
