import assert from "node:assert/strict";
import { createScene, type Scene, succeeded } from "../support/scene.ts";
import { type Customer, customer, hub, otherHub } from "../support/smallWorld.ts";

const { tenantId, first } = customer(0);
const mapping = { customerSubscriptionId: first, tenantId };

describe("a row under another name", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene({ registered: [{ name: "before", ...mapping }] });
  });

  afterEach(() => scene.close());

  it("keeps its mapping through a rename and through a new parent without an alias", async () => {
    await scene.upWith({ name: "after", ...mapping });
    await scene.upWith({ name: "after", component: "customers", ...mapping });

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("keeps its mapping through a new parent with an alias, as the same resource", async () => {
    const { stdout } = await scene.upWith({ name: "before", component: "customers", formerlyAtTop: true, ...mapping });

    assert.doesNotMatch(stdout, /deleted/);
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("keeps its mapping when it is replaced on request", async () => {
    const [urn = ""] = await scene.urns();

    succeeded(await scene.stack.up("--replace", urn));

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });
});

describe("rows named by their position", () => {
  const rows = [0, 1, 2].map((index) => customer(index));
  const named = (...listed: readonly Customer[]) =>
    listed.map((each, index) => ({
      name: `row-${index}`,
      customerSubscriptionId: each.first,
      tenantId: each.tenantId,
    }));
  let scene: Scene;

  before(async () => {
    scene = await createScene();
    await scene.upWith(...named(...rows));
  });

  after(() => scene.close());

  beforeEach(() => scene.azure.resetJournal());

  it("keep every mapping when they are reordered", async () => {
    const before = scene.live();
    await scene.upWith(...named(...rows.toReversed()));

    assert.deepEqual(scene.live(), before);
    assert.equal((await scene.held()).length, rows.length);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("lose only the row that goes when all others move up", async () => {
    const left = rows.slice(1);
    await scene.upWith(...named(...left));

    assert.deepEqual(scene.live(), Object.fromEntries(left.map(({ first, tenantId }) => [first, tenantId])));
    assert.deepEqual(
      await scene.held(),
      left.map(({ first }) => first),
    );
    assert.equal(scene.sent("PUT"), 0);
    assert.equal(scene.sent("DELETE"), 1);
  });
});

describe("rows that change places between two registrations", () => {
  it("keep the mapping on both", async () => {
    const scene = await createScene();
    const [here, there] = [hub.name, otherHub.name];
    await scene.upWith({ name: "here", ...mapping }, { name: "there", ...mapping, registrationName: there });
    await scene.upWith({ name: "there", ...mapping }, { name: "here", ...mapping, registrationName: there });

    assert.deepEqual([scene.live(here), scene.live(there)], [{ [first]: tenantId }, { [first]: tenantId }]);
    assert.equal(scene.sent("DELETE"), 0);
    await scene.close();
  });
});
