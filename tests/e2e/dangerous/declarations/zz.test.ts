import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createScene, type Row, type Scene } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first, second } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };
const next = customer(1).tenantId;

async function ops(scene: Scene, r: Row) {
  await scene.declare(r);
  const log = join(scene.stack.program, `events-${Math.random()}.json`);
  const result = await scene.stack.up("--event-log", log);
  const text = await readFile(log, "utf8");
  const events = text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return { code: result.code, ops: events.flatMap((e) => (e.resourcePreEvent && /CustomerSubscription$/.test(e.resourcePreEvent.metadata.type) ? [e.resourcePreEvent.metadata.op] : [])),
    diags: result.stdout.split("\n").filter((l) => /warning|error/.test(l)),
    state: (await scene.stack.exportState()).deployment.resources?.filter((x) => /CustomerSubscription$/.test(x.type)).map((x) => x.inputs?.overwrite),
    sent: [scene.sent("PUT"), scene.sent("DELETE")], live: scene.live() };
}

describe("experiment", () => {
  for (const replaceOnChanges of [undefined, ["tenantId"], ["*"]]) {
    it(`replaceOnChanges ${JSON.stringify(replaceOnChanges)}`, async () => {
      const scene = await createScene();
      console.log(await ops(scene, row));
      scene.azure.facts.setSubscription(first, { tenantId: next });
      scene.azure.resetJournal();
      console.log(await ops(scene, { ...row, tenantId: next, options: replaceOnChanges ? { replaceOnChanges } : {} }));
      scene.azure.resetJournal();
      console.log("retain", await ops(scene, { ...row, tenantId: next, retainUntil: "2020-01-01", options: replaceOnChanges ? { replaceOnChanges: replaceOnChanges[0] === "*" ? ["*"] : ["retainUntil"] } : {} }));
      await scene.close();
    });
  }
  for (const ignoreChanges of [undefined, ["customerSubscriptionId"]]) {
    it(`ignoreChanges ${JSON.stringify(ignoreChanges)}`, async () => {
      const scene = await createScene();
      await ops(scene, row);
      scene.azure.resetJournal();
      console.log("overwrite", await ops(scene, { ...row, overwrite: [second] }));
      console.log(await ops(scene, { ...row, customerSubscriptionId: second, options: ignoreChanges ? { ignoreChanges } : {} }));
      await scene.close();
    });
  }
  for (const ignoreChanges of [["overwrite"], ["overwrite[0]"]]) {
    it(`ignoreChanges ${JSON.stringify(ignoreChanges)}`, async () => {
      const scene = await createScene();
      await ops(scene, { ...row, overwrite: [second, next] });
      console.log("changed", await ops(scene, { ...row, overwrite: [next], options: { ignoreChanges } }));
      console.log("left out", await ops(scene, { ...row, options: { ignoreChanges } }));
      await scene.close();
    });
  }
});
