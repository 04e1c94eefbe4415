import assert from "node:assert/strict";
import type { Emulator, Modes } from "@azurestack-csp/emulator";
import { type Answer, type Call, startCalled } from "../support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "../support/sample.ts";

const { beaumont, delmas, garance, paris } = sample;
const LIST = `${registrationPath(paris)}/customerSubscriptions`;

describe("lists of customer subscriptions", () => {
  let emulator: Emulator;
  let call: Call;
  const start = async (modes: Partial<Modes>) => {
    ({ emulator, call } = await startCalled({ modes }));
  };
  const put = (subscriptionId: string) => call("PUT", customerSubscriptionPath(paris, subscriptionId), { body: {} });
  const countOf = (answer: Answer) => [answer.at("value")].flat().length;
  const next = (answer: Answer) => new URL(String(answer.at("nextLink")));
  const follow = (answer: Answer) => {
    const { pathname, search } = next(answer);
    return call("GET", `${pathname}${search}`, { apiVersion: null });
  };

  afterEach(() => emulator.close());

  const forms = [
    { nextLinkForm: "%24skiptoken", expected: /\?api-version=2017-06-01&%24skiptoken=\w+/ },
    { nextLinkForm: "%24skipToken", expected: /&%24skipToken=\w+/ },
    { nextLinkForm: "$skiptoken", expected: /&\$skiptoken=\w+/ },
    { nextLinkForm: "$skipToken", expected: /&\$skipToken=\w+/ },
    { nextLinkForm: "%24skip", expected: /&%24skip=\w+/ },
    { nextLinkForm: "second-question-mark", expected: /\?api-version=2017-06-01\?\$skipToken=\w+/ },
    { nextLinkForm: "other-case", expected: /resourcegroups.*customersubscriptions/ },
    { nextLinkForm: "other-host", expected: /^https:\/\/localhost:/ },
  ] as const;
  for (const { nextLinkForm, expected } of forms) {
    it(`nextLinkForm=${nextLinkForm}: links pages so, and serves them when followed verbatim`, async () => {
      await start({ nextLinkForm, pageSize: 1 });

      const first = await call("GET", LIST);
      const second = await follow(first);

      assert.match(String(first.at("nextLink")), expected);
      assert.notEqual(first.at("value.0.name"), second.at("value.0.name"));
      assert.equal(second.at("nextLink"), undefined);
    });
  }

  it("goes on behind the last entry shown when an earlier one is deleted between pages", async () => {
    await start({ pageSize: 1 });
    await put(delmas.subscriptionId);
    const first = await call("GET", LIST);
    await call("DELETE", customerSubscriptionPath(paris, beaumont.subscriptionId));

    const second = await follow(first);
    const third = await follow(second);

    assert.match(String(third.at("value.0.name")), new RegExp(delmas.subscriptionId));
  });

  for (const [lastNextLink, expected] of [
    ["null", null],
    ["empty", ""],
  ] as const) {
    it(`lastNextLink=${lastNextLink}: ends the list so`, async () => {
      await start({ lastNextLink });

      assert.equal((await call("GET", LIST)).at("nextLink"), expected);
    });
  }

  it("emptyPages=first: begins with a page that is empty and links on", async () => {
    await start({ emptyPages: "first" });

    const first = await call("GET", LIST);
    const second = await follow(first);

    assert.deepEqual(first.at("value"), []);
    assert.equal(countOf(second), 2);
  });

  it("listLag=2: shows a write from the third list on, while an item GET sees it at once", async () => {
    await start({ listLag: 2 });
    await put(delmas.subscriptionId);

    const counts = [await call("GET", LIST), await call("GET", LIST), await call("GET", LIST)].map(countOf);

    assert.deepEqual(counts, [2, 2, 3]);
    assert.equal((await call("GET", customerSubscriptionPath(paris, delmas.subscriptionId))).status, 200);
  });

  it("listLag=held: hides writes until told", async () => {
    await start({ listLag: "held" });
    await put(delmas.subscriptionId);
    await put(garance.subscriptionId);

    const held = await call("GET", LIST);
    emulator.facts.releaseLists();
    const released = await call("GET", LIST);

    assert.deepEqual([countOf(held), countOf(released)], [2, 4]);
  });

  it("lists fewer than a page of 100 without a link, and more with one", async () => {
    await start({ pageSize: 100 });
    for (let index = 0; index < 100; index += 1) {
      const tail = String(index).padStart(12, "0");
      emulator.facts.putCustomerSubscription({
        ...paris,
        customerSubscriptionId: `aaaaaaaa-0000-4000-8000-${tail}`,
        tenantId: `bbbbbbbb-0000-4000-8000-${tail}`,
      });
    }

    const first = await call("GET", LIST);
    const second = await follow(first);

    assert.deepEqual([countOf(first), countOf(second)], [100, 2]);
  });
});
