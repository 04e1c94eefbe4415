import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, WorldError } from "@azurestack-csp/emulator";
import { createCaller } from "./support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "./support/sample.ts";

const { alpes, beaumont, delmas, lyon, paris } = sample;

describe("the state file", () => {
  let folder: string;
  let state: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "emulator-state-"));
    state = join(folder, "state.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("keeps what requests changed beyond a restart", async () => {
    const first = await createEmulator({ state });
    const call = await createCaller(first);
    await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body: {} });
    await call("DELETE", customerSubscriptionPath(paris, beaumont.subscriptionId));
    await call("DELETE", `${registrationPath(lyon)}/providers/Microsoft.Authorization/locks/RegistrationResourceLock`, {
      apiVersion: "2016-09-01",
    });
    await first.close();

    const second = await createEmulator({ state });
    const callAgain = await createCaller(second);
    const mapped = second.facts.customerSubscriptions(paris).map((entry) => entry.customerSubscriptionId);
    const deletion = await callAgain("DELETE", customerSubscriptionPath(lyon, alpes.subscriptionId));
    await second.close();

    assert.ok(mapped.includes(delmas.subscriptionId));
    assert.ok(!mapped.includes(beaumont.subscriptionId));
    assert.equal(deletion.status, 200);
    assert.deepEqual(await readdir(folder), ["state.json"]);
  });

  it("is not written when nothing changed", async () => {
    await (await createEmulator({ state })).close();

    assert.deepEqual(await readdir(folder), []);
  });

  it("is refused when it is something else", async () => {
    await writeFile(state, "{}");

    await assert.rejects(createEmulator({ state }), WorldError);
  });
});
