import assert from "node:assert/strict";
import type { ErrorCode } from "../../../../../provider/src/domain/errors/catalogue.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { connectFakeHub, type FakeAnswer, HUB, PROVIDER_SUBSCRIPTION, refusal } from "./fakeHub.ts";

const query = {
  window: { start: "2026-10-01T18:00:00Z", end: "2026-10-01T19:00:00Z" },
  granularity: "hourly",
} as const;

const LIST = `${HUB}/subscriptions/${PROVIDER_SUBSCRIPTION}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates`;
const LINK = `${LIST}?api-version=2015-06-01-preview&continuationToken=a%3D%2fb`;

const row = {
  id: "/subscriptions/a/providers/Microsoft.Commerce/UsageAggregate/a-b",
  name: "a-b",
  type: "Microsoft.Commerce/UsageAggregate",
  properties: {
    subscriptionId: "1d6c4363-3a9b-4cb6-8e6c-fc2e9ec74ca4",
    usageStartTime: "2026-10-01T17:00:00+00:00",
    usageEndTime: "2026-10-01T18:00:00+00:00",
    instanceData:
      '{"Microsoft.Resources":{"resourceUri":"/subscriptions/x","location":"local","tags":"null","additionalInfo":""}}',
    quantity: 16.461425899527967,
    meterId: "9cd92d4c-bafd-4492-b278-bedc2de8232a",
  },
};

function isUsage({ pathname }: URL): boolean {
  return /usageAggregates$/i.test(pathname);
}

function usageAnswers(answer: (url: URL) => FakeAnswer) {
  return connectFakeHub((url) => (isUsage(url) ? answer(url) : undefined));
}

async function assertCode(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert(hasCode(error, code), String(error));
    return true;
  });
}

describe("a Hub's client", () => {
  it("asks for a window with percent-encoded times, by the Default Provider Subscription", async () => {
    const { client, sent } = usageAnswers(() => ({ body: { value: [] } }));

    const { rows, nextLink, body } = await client.usagePage({ ...query, subscriberId: "a b" });

    assert.deepEqual({ rows, nextLink, body }, { rows: [], nextLink: undefined, body: '{"value":[]}' });
    assert.deepEqual(sent, [
      `${HUB}/subscriptions?api-version=2016-06-01`,
      `${LIST}?api-version=2015-06-01-preview&reportedStartTime=2026-10-01T18%3A00%3A00Z&reportedEndTime=2026-10-01T19%3A00%3A00Z&aggregationGranularity=hourly&subscriberId=a%20b`,
    ]);
  });

  it("sends a page's link back to the letter", async () => {
    const { client, sent } = usageAnswers(() => ({ body: { value: [row], nextLink: `${LINK}2` } }));

    const page = await client.usagePage(query, LINK);

    assert.equal(sent.at(-1), LINK);
    assert.equal(page.nextLink, `${LINK}2`);
    assert.equal(page.rows[0]?.quantity, "16.461425899527967");
  });

  for (const link of ["https://evil.example/page", `${HUB.replace("https", "http")}/page`, "page 2"]) {
    it(`sends nothing to ${link}`, async () => {
      const { client, sent } = usageAnswers(() => ({ body: { value: [] } }));

      await assertCode(client.usagePage(query, link), "CSP_PAGING_BROKEN");
      assert.deepEqual(
        sent.filter((url) => !url.startsWith(`${HUB}/subscriptions?`)),
        [],
      );
    });
  }

  it("refuses a page that leads to itself", async () => {
    const { client } = usageAnswers(() => ({ body: { value: [row], nextLink: LINK } }));

    await assertCode(client.usagePage(query, LINK), "CSP_PAGING_BROKEN");
  });

  for (const [code, status, expected] of [
    ["NoApiVersion", 400, "CSP_HUB_API_VERSION_MISSING"],
    ["InvalidProperty", 400, "CSP_HUB_PROPERTY_INVALID"],
    ["RequestEndTimeIsInFuture", 400, "CSP_HUB_END_IN_FUTURE"],
    ["SubscriberIdIsNotDirectTenant", 400, "CSP_HUB_NOT_A_SUBSCRIBER"],
    ["SubscriptionIdMissingInRequest", 400, "CSP_HUB_SUBSCRIPTION_MISSING"],
    ["invalidaggregationgranularity", 400, "CSP_HUB_GRANULARITY"],
    ["ServiceUnavailable", 503, "CSP_HUB_BUSY"],
    ["GatewayTimeout", 504, "CSP_HUB_GATEWAY_TIMEOUT"],
    ["ProcessingNotCompleted", 202, "CSP_HUB_NOT_PROCESSED"],
    ["ProcessingNotCompleted", 400, "CSP_HUB_NOT_PROCESSED"],
    ["AuthorizationFailed", 403, "CSP_HUB_NOT_AUTHORIZED"],
    ["Whatever", 403, "CSP_HUB_NOT_AUTHORIZED"],
    ["Whatever", 202, "CSP_NOT_ARM"],
    ["Whatever", 418, "CSP_REQUEST_REFUSED"],
  ] as const) {
    it(`explains ${code} with status ${status}`, async () => {
      const { client } = usageAnswers(() => refusal(status, code));

      await assertCode(client.usagePage(query), expected);
    });
  }

  for (const status of [400, 410]) {
    it(`tells a link that is no longer taken, ${status}, from a query that never was`, async () => {
      const { client } = usageAnswers(() => refusal(status, "InvalidProperty"));

      await assertCode(client.usagePage(query, LINK), "CSP_HUB_PAGE_LOST");
    });
  }

  it("tells a right that was taken away between two pages from a link that is lost", async () => {
    const { client } = usageAnswers(() => refusal(403, "AuthorizationFailed"));

    await assertCode(client.usagePage(query, LINK), "CSP_HUB_NOT_AUTHORIZED");
  });

  it("does not repeat a gateway's timeout over all subscribers, and repeats one over a single subscriber", async () => {
    const { client, sent } = usageAnswers(() => refusal(504, "GatewayTimeout"));
    const asked = () => sent.splice(0).filter((url) => isUsage(new URL(url))).length;

    await assertCode(client.usagePage(query), "CSP_HUB_GATEWAY_TIMEOUT");
    assert.equal(asked(), 1);

    await assertCode(client.usagePage({ ...query, subscriberId: "a" }), "CSP_HUB_GATEWAY_TIMEOUT");
    assert.equal(asked(), 5);
  });

  it("repeats a proxy's timeout, and does not take it for the Hub's", async () => {
    const { client, sent } = usageAnswers(() => ({ status: 504, body: "<html>" }));

    await assertCode(client.usagePage(query), "CSP_NOT_ARM");
    assert.equal(sent.filter((url) => isUsage(new URL(url))).length, 5);
  });

  it("paces reads by the hour, as a Hub counts them", async () => {
    const { client, paused } = usageAnswers(() => ({ body: { value: [] } }));

    for (let count = 0; count < 300; count += 1) await client.usagePage(query);

    assert.equal(paused(), 0);
  });

  it("lists local subscriptions once each, whatever their ids look like, and stops at an entry without one", async () => {
    const entry = {
      subscriptionId: "eb377774-8d90-4f4b-bc76-0211g8bfbf86",
      displayName: "Fabrikam",
      tenantId: "0A9C9A9E-2774-489F-8560-BAE5824F8B46",
      owner: "admin@fabrikam.example",
      offerId: "/subscriptions/a/offers/b",
      externalReferenceId: "",
      state: "Enabled",
    };
    const list = (value: readonly unknown[]) =>
      connectFakeHub((url) => (url.pathname.endsWith(".Admin/subscriptions") ? { body: { value } } : undefined)).client;

    assert.deepEqual(await list([entry, entry]).localSubscriptions(), [
      {
        subscriptionId: entry.subscriptionId,
        displayName: "Fabrikam",
        tenantId: "0a9c9a9e-2774-489f-8560-bae5824f8b46",
        owner: entry.owner,
        offerId: entry.offerId,
        externalReferenceId: undefined,
        state: "Enabled",
      },
    ]);
    await assertCode(list([entry, { displayName: "nobody" }]).localSubscriptions(), "CSP_NOT_ARM");
  });

  it("reads the activation record", async () => {
    const value = [
      {
        properties: {
          azureRegistrationResourceIdentifier: "/subscriptions/a",
          azureEnvironmentName: "AzureCloud",
          expiration: "9999-12-30T23:59:59Z",
          usageReportingEnabled: true,
          provisioningState: "Succeeded",
        },
      },
    ];
    const { client } = connectFakeHub((url) =>
      url.pathname.endsWith("/activations") ? { body: { value } } : undefined,
    );

    assert.deepEqual(await client.activation(), {
      registrationId: "/subscriptions/a",
      cloud: "AzureCloud",
      expiration: "9999-12-30T23:59:59Z",
      usageReportingEnabled: true,
      provisioningState: "Succeeded",
    });
  });

  it("describes the Hub, and asks once for what it says", async () => {
    const { client, sent } = connectFakeHub((url) =>
      url.pathname.endsWith(".Admin/locations") ? { body: { value: [{ name: "northwest" }] } } : undefined,
    );

    const described = [await client.describe(), await client.describe()];

    assert.deepEqual(
      described,
      Array(2).fill({
        kind: "admin",
        endpoint: HUB,
        identityProvider: "entra",
        authority: "https://login.example",
        audience: `${HUB}/id`,
        subscriptionId: PROVIDER_SUBSCRIPTION,
        homeTenantId: undefined,
        region: "northwest",
      }),
    );
    assert.equal(sent.length, 2);
  });

  it("tells the operator's directory where the Hub does, in lower case", async () => {
    const value = [
      { subscriptionId: "c3", displayName: "Default Metering Subscription", tenantId: "OTHER" },
      { subscriptionId: PROVIDER_SUBSCRIPTION, displayName: "Default Provider Subscription", tenantId: "HOME" },
    ];
    const { client } = connectFakeHub((url) => ({ body: { value: url.pathname === "/subscriptions" ? value : [] } }));

    assert.equal((await client.describe()).homeTenantId, "home");
  });

  it("describes a Hub that does not tell its region, and none that fails", async () => {
    const locations = (answer: FakeAnswer) =>
      connectFakeHub((url) => (url.pathname.endsWith(".Admin/locations") ? answer : undefined)).client.describe();

    for (const [status, code] of [
      [403, "AuthorizationFailed"],
      [404, "ResourceNotFound"],
      [400, "InvalidResourceType"],
    ] as const) {
      assert.equal((await locations(refusal(status, code))).region, undefined);
    }
    await assertCode(locations(refusal(500, "InternalServerError")), "CSP_SERVICE_FAILED");
  });

  it("knows of no activation where there is surely none, and does not take a missing right for that", async () => {
    const activations = (answer: FakeAnswer) =>
      connectFakeHub((url) => (url.pathname.endsWith("/activations") ? answer : undefined)).client.activation();

    assert.equal(await activations({ body: { value: [] } }), undefined);
    assert.equal(await activations(refusal(404, "ResourceGroupNotFound")), undefined);
    await assertCode(activations(refusal(403, "AuthorizationFailed")), "CSP_HUB_NOT_AUTHORIZED");
    await assertCode(activations(refusal(404, "NotFound")), "CSP_NOT_FOUND_UNNAMED");
  });

  it("asks a user's endpoint about the subscription that is named, else about the only one", async () => {
    const value = [{ subscriptionId: "a1", displayName: "Mine", tenantId: "t1", state: "Enabled" }];
    const user = (more: readonly unknown[] = []) =>
      connectFakeHub((url) => ({ body: { value: isUsage(url) ? [] : [...value, ...more] } }), { kind: "user" });
    const one = user();
    const two = user([{ subscriptionId: "b2" }]);

    await one.client.usagePage(query);
    await two.client.usagePage({ ...query, subscriberId: "b2" });

    assert.match(one.sent.at(-1) ?? "", /\/subscriptions\/a1\/providers\/Microsoft\.Commerce\/usageAggregates\?/);
    assert.match(two.sent.at(-1) ?? "", /\/subscriptions\/b2\/providers\/Microsoft\.Commerce\/usageAggregates\?/);
    assert.doesNotMatch(two.sent.at(-1) ?? "", /subscriberId/);
    await assertCode(two.client.usagePage(query), "CSP_HUB_SUBSCRIPTION");
    assert.equal((await two.client.describe()).subscriptionId, undefined);
    assert.equal((await two.client.describe()).homeTenantId, undefined);
    assert.deepEqual(
      (await two.client.localSubscriptions()).map(({ subscriptionId, tenantId }) => [subscriptionId, tenantId]),
      [
        ["a1", undefined],
        ["b2", undefined],
      ],
    );
  });

  it("asks anew after a failure, and not after an answer", async () => {
    let isDown = true;
    const { client, sent } = connectFakeHub((url) => {
      if (isUsage(url)) return { body: { value: [] } };
      return isDown ? refusal(403, "AuthorizationFailed") : undefined;
    });

    await assertCode(client.usagePage(query), "CSP_HUB_NOT_AUTHORIZED");
    isDown = false;
    await client.usagePage(query);
    await client.usagePage(query);

    assert.equal(sent.filter((url) => url.includes("/subscriptions?")).length, 2);
  });
});
