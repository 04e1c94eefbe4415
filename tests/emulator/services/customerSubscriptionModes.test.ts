import assert from "node:assert/strict";
import type { Emulator, Modes } from "@azurestack-csp/emulator";
import { type Call, startCalled } from "../support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "../support/sample.ts";

const { alpes, beaumont, delmas, garance, lyon, marseille, paris } = sample;

describe("customerSubscriptions, by modes", () => {
  let emulator: Emulator;
  let call: Call;

  afterEach(() => emulator.close());

  const start = async (modes: Partial<Modes>) => {
    ({ emulator, call } = await startCalled({ modes }));
  };
  const mapped = () => emulator.facts.customerSubscriptions(paris).map((entry) => entry.customerSubscriptionId);

  const putAnswers = [
    { putAnswer: "200-body", status: 200, hasBody: true },
    { putAnswer: "201-body", status: 201, hasBody: true },
    { putAnswer: "201-empty", status: 201, hasBody: false },
    { putAnswer: "200-empty", status: 200, hasBody: false },
  ] as const;
  for (const { putAnswer, status, hasBody } of putAnswers) {
    it(`putAnswer=${putAnswer}: answers a PUT so`, async () => {
      await start({ putAnswer });
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body: {} });

      assert.deepEqual([answer.status, answer.text !== ""], [status, hasBody]);
    });
  }

  it("deleteAnswer=204: answers a deletion so", async () => {
    await start({ deleteAnswer: "204" });

    assert.equal((await call("DELETE", customerSubscriptionPath(paris, beaumont.subscriptionId))).status, 204);
  });

  it("nameForm=subscription: names without the parent", async () => {
    await start({ nameForm: "subscription" });
    const answer = await call("GET", customerSubscriptionPath(paris, beaumont.subscriptionId));

    assert.equal(answer.at("name"), beaumont.subscriptionId);
  });

  it("idCase=strict: takes another spelling for another id", async () => {
    await start({ idCase: "strict" });
    const path = customerSubscriptionPath(paris, beaumont.subscriptionId.toUpperCase());

    assert.equal((await call("GET", path)).at("error.code"), "CustomerSubscriptionNotFound");
    assert.equal((await call("DELETE", path)).status, 204);
    assert.equal((await call("PUT", path)).at("error.code"), "InvalidCustomerSubscriptionId");
    assert.ok(mapped().includes(beaumont.subscriptionId));
  });

  it("overwrite=leaves: keeps the tenant's earlier subscription", async () => {
    await start({ overwrite: "leaves" });
    await call("PUT", customerSubscriptionPath(paris, beaumont.secondSubscriptionId));

    assert.ok(mapped().includes(beaumont.subscriptionId));
    assert.ok(mapped().includes(beaumont.secondSubscriptionId));
  });

  it("overwrite=leaves: deletes the earlier subscription without forgetting which one the tenant has", async () => {
    await start({ overwrite: "leaves" });
    await call("PUT", customerSubscriptionPath(paris, beaumont.secondSubscriptionId));
    await call("DELETE", customerSubscriptionPath(paris, beaumont.subscriptionId));
    emulator.setModes({ overwrite: "removes" });

    await call("PUT", customerSubscriptionPath(paris, beaumont.subscriptionId));

    assert.ok(mapped().includes(beaumont.subscriptionId));
    assert.ok(!mapped().includes(beaumont.secondSubscriptionId));
  });

  it("childLocks=ignore: deletes below a locked registration", async () => {
    await start({ childLocks: "ignore" });

    assert.equal((await call("DELETE", customerSubscriptionPath(lyon, alpes.subscriptionId))).status, 200);
    assert.equal((await call("DELETE", registrationPath(lyon))).at("error.code"), "ScopeLocked");
  });

  it("contradictingTenant=derived: stores the subscription's own directory", async () => {
    await start({ contradictingTenant: "derived" });
    const body = { properties: { tenantId: garance.tenantId } };
    const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body });

    assert.equal(answer.at("properties.tenantId"), delmas.tenantId);
  });

  it("contradictingTenant=refused: refuses the PUT", async () => {
    await start({ contradictingTenant: "refused" });
    const body = { properties: { tenantId: garance.tenantId } };
    const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body });

    assert.equal(answer.at("error.code"), "InvalidCustomerSubscriptionId");
  });

  it("registrationRefuses=all: refuses reads too", async () => {
    await start({ registrationRefuses: "all" });
    const answer = await call("GET", `${registrationPath(marseille)}/customerSubscriptions`);

    assert.equal(answer.at("error.code"), "CustomerSubscriptionsNotAllowed");
  });

  it("head=refused: answers HEAD with 405", async () => {
    await start({ head: "refused" });

    assert.equal((await call("HEAD", customerSubscriptionPath(paris, beaumont.subscriptionId))).status, 405);
  });
});
