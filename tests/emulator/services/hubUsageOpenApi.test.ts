import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { LiveValidator } from "oav/dist/lib/liveValidation/liveValidator.js";
import { createHubCaller } from "../support/caller.ts";

const VERSION = "2015-06-01-preview";
const DAY = { reportedStartTime: "2026-11-20T00:00:00Z", reportedEndTime: "2026-11-21T00:00:00Z" };
const HOURS = { ...DAY, aggregationGranularity: "Hourly" };

interface Exchange {
  readonly title: string;
  readonly endpoint: "admin" | "user";
  readonly below: string;
  readonly query?: Readonly<Record<string, string>>;
}

const subscribers = {
  endpoint: "admin",
  below: "/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates",
} as const;
const own = { endpoint: "user", below: "/providers/Microsoft.Commerce/UsageAggregates" } as const;

const exchanges: readonly Exchange[] = [
  { ...subscribers, title: "a page of subscribers' usage by the hour", query: HOURS },
  { ...subscribers, title: "subscribers' usage by the day", query: { ...DAY, aggregationGranularity: "Daily" } },
  { ...subscribers, title: "a refusal of subscribers' usage", query: { ...DAY, subscriberId: "nobody" } },
  { ...own, title: "a user's usage by the hour", query: HOURS },
  { ...own, title: "a refusal of a user's usage", query: { ...DAY, reportedEndTime: "2026-12-24T00:00:00Z" } },
];

/** `name` stands in the properties of every row that was recorded, and in no OpenAPI file. */
const recordedMember = "OBJECT_ADDITIONAL_PROPERTIES name";

describe("answers of the usage APIs, by the OpenAPI files", () => {
  let validator: LiveValidator;
  let emulator: Emulator;

  before(async function () {
    this.timeout(60_000);
    validator = new LiveValidator({
      directory: fileURLToPath(new URL("../../fixtures/openapi", import.meta.url)),
      swaggerPathsPattern: ["azsadmin/**/Commerce.json", "commerce/**/commerce.json"],
      excludedSwaggerPathsPattern: ["**/examples/**"],
      git: { shouldClone: false },
    });
    await validator.initialize();
    emulator = await createEmulator({ now: () => new Date("2026-11-30T18:54:50Z") });
  });
  after(() => emulator.close());

  async function validate(
    { endpoint, below, query = {} }: Exchange,
    change: (body: object) => object = (body) => body,
  ) {
    const call = await createHubCaller(emulator, { endpoint });
    const path = `/subscriptions/${emulator.hubs[0]?.[endpoint].subscriptionId}${below}`;
    const answer = await call("GET", `${path}?${new URLSearchParams(query)}`, { apiVersion: VERSION });
    const headers = { "content-type": "application/json" };
    const all = { "api-version": VERSION, ...query };
    const result = await validator.validateLiveRequestResponse({
      liveRequest: {
        method: "GET",
        url: `https://management.azure.com${path}?${new URLSearchParams(all)}`,
        headers,
        query: all,
      },
      liveResponse: { statusCode: String(answer.status), headers, body: { ...change(Object(answer.body)) } },
    });
    assert.equal(result.runtimeException, undefined);
    assert.deepEqual(result.requestValidationResult.errors, []);
    return new Set(
      result.responseValidationResult.errors.map(({ code, params }) => `${code} ${params?.join() ?? ""}`.trim()),
    );
  }

  for (const exchange of exchanges) {
    it(`fit: ${exchange.title}`, async () => {
      const isRefusal = exchange.title.includes("refusal");
      assert.deepEqual(await validate(exchange), new Set(isRefusal ? [] : [recordedMember]));
    });
  }

  it("would be found out if they did not fit", async () => {
    const findings = await validate({ ...subscribers, title: "", query: HOURS }, (body) => ({
      ...body,
      colour: "red",
    }));

    assert.ok(findings.has("OBJECT_ADDITIONAL_PROPERTIES colour"));
  });
});
