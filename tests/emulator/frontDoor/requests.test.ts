import assert from "node:assert/strict";
import { connect } from "node:net";
import { text as readText } from "node:stream/consumers";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { type Call, send, startCalled } from "../support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "../support/sample.ts";

const { delmas, paris } = sample;
const SUBSCRIPTION = `/subscriptions/${paris.subscriptionId}`;
const UNKNOWN = "11111111-2222-4333-8444-555555555555";

describe("the front door, and requests and answers", () => {
  let emulator: Emulator;
  let call: Call;

  beforeEach(async () => {
    ({ emulator, call } = await startCalled({ now: () => new Date("2026-11-21T10:11:12.345Z") }));
  });

  afterEach(() => emulator.close());

  describe("requests", () => {
    it("refuses a body that is not JSON", async () => {
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), {
        body: '{"properties":',
      });

      assert.deepEqual([answer.status, answer.at("error.code")], [400, "InvalidRequestContent"]);
    });

    const mapping = { properties: { tenantId: delmas.tenantId } };
    const mediaTypes = [
      { mediaType: "application/json", status: 200 },
      { mediaType: "Application/JSON; charset=utf-8", status: 200 },
      { mediaType: "application/x-www-form-urlencoded", status: 415 },
      { mediaType: "text/plain", status: 415 },
    ];
    for (const { mediaType, status } of mediaTypes) {
      it(`answers ${status} to a body sent as ${mediaType}`, async () => {
        const path = customerSubscriptionPath(paris, delmas.subscriptionId);
        const answer = await call("PUT", path, { body: mapping, headers: { "Content-Type": mediaType } });

        assert.equal(answer.status, status);
        if (status === 415) {
          assert.deepEqual(answer.body, {
            error: {
              code: "UnsupportedMediaType",
              message: `The content media type '${mediaType}' is not supported. Only 'application/json' is supported.`,
            },
          });
        }
      });
    }

    it("takes an empty body without a media type", async () => {
      assert.equal((await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId))).status, 200);
    });

    it("overlooks a byte-order mark", async () => {
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), {
        body: `\uFEFF${JSON.stringify(mapping)}`,
      });

      assert.equal(answer.status, 200);
    });

    for (const body of ["[]", '{"properties":[]}', '{"properties":"x"}', '{"properties":{"tenantId":5}}']) {
      it(`refuses ${body}, and writes nothing`, async () => {
        const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body });

        assert.deepEqual([answer.status, answer.at("error.code")], [400, "InvalidRequestContent"]);
        assert.equal((await call("GET", customerSubscriptionPath(paris, delmas.subscriptionId))).status, 404);
      });
    }

    it("reads null as left out", async () => {
      const path = customerSubscriptionPath(paris, delmas.subscriptionId);
      const answers = [
        await call("PUT", path, { body: { properties: null } }),
        await call("PUT", path, { body: { properties: { tenantId: null } } }),
      ];

      for (const answer of answers) assert.equal(answer.at("properties.tenantId"), delmas.tenantId);
    });

    it("refuses a body beyond 4 MiB", async () => {
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), {
        body: "x".repeat(5_000_000),
      });

      assert.equal(answer.status, 413);
    });

    it("refuses a host that is not its own", async () => {
      const plain = await createEmulator({ http: true });
      const headers = { Host: "attacker.example" };
      const answer = await send(plain, { method: "GET", path: SUBSCRIPTION, headers, content: undefined });
      await plain.close();

      assert.equal(answer.status, 400);
      assert.match(answer.text, /Invalid Hostname/);
    });

    it("refuses a request that names two hosts, of which each might be meant", async () => {
      const plain = await createEmulator({ http: true });
      const { hostname, port, host } = new URL(plain.resourceManager);
      const lines = [`GET ${SUBSCRIPTION} HTTP/1.1`, `Host: ${host}`, "Host: attacker.example", "Connection: close"];
      const socket = connect(Number(port), hostname);
      socket.end(`${lines.join("\r\n")}\r\n\r\n`);
      const answer = await readText(socket);
      await plain.close();

      assert.match(answer, /^HTTP\/1\.1 400 /);
    });

    it("takes a request line with a whole URL, and only its own host there", async () => {
      const whole = (origin: string) =>
        call("GET", `${origin}/subscriptions`, { headers: { Host: new URL(emulator.resourceManager).host } });

      assert.equal((await whole(emulator.resourceManager)).status, 200);
      assert.match((await whole("https://attacker.example")).text, /Invalid Hostname/);
    });

    it("refuses writes to a disabled subscription", async () => {
      emulator.facts.setSubscription(paris.subscriptionId, { state: "Disabled" });
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body: {} });

      assert.deepEqual([answer.status, answer.at("error.code")], [409, "ReadOnlyDisabledSubscription"]);
    });
  });

  describe("headers", () => {
    it("are ARM's", async () => {
      const { headers } = await call("GET", registrationPath(paris));

      assert.equal(headers["content-type"], "application/json; charset=utf-8");
      assert.equal(headers["cache-control"], "no-cache");
      assert.equal(headers["x-ms-ratelimit-remaining-subscription-reads"], "11999");
      assert.equal(headers["strict-transport-security"], "max-age=31536000; includeSubDomains");
      assert.match(String(headers["x-ms-request-id"]), /^[0-9a-f-]{36}$/);
      assert.equal(
        headers["x-ms-routing-request-id"],
        `FRANCECENTRAL:20261121T101112Z:${headers["x-ms-correlation-request-id"]}`,
      );
      assert.equal(headers.etag, undefined);
    });

    it("count reads, writes and deletes apart", async () => {
      const path = customerSubscriptionPath(paris, delmas.subscriptionId);

      assert.equal((await call("PUT", path)).headers["x-ms-ratelimit-remaining-subscription-writes"], "1199");
      assert.equal((await call("DELETE", path)).headers["x-ms-ratelimit-remaining-subscription-deletes"], "14999");
      assert.equal((await call("GET", "/tenants")).headers["x-ms-ratelimit-remaining-tenant-reads"], "11999");
    });

    it("keep the caller's correlation id, and echo its request id only when asked", async () => {
      const correlationId = "5d5ac8f4-6a25-4b54-8d6c-1f3a6f0f1c11";
      const own = { "x-ms-correlation-request-id": correlationId, "x-ms-client-request-id": "mine" };

      const silent = await call("GET", registrationPath(paris), { headers: own });
      const asked = await call("GET", registrationPath(paris), {
        headers: { ...own, "x-ms-return-client-request-id": "true" },
      });

      assert.equal(silent.headers["x-ms-correlation-request-id"], correlationId);
      assert.equal(silent.headers["x-ms-client-request-id"], undefined);
      assert.equal(asked.headers["x-ms-client-request-id"], "mine");
    });

    it("name the correlation id as the request id where the gateway answers itself", async () => {
      const { headers } = await call("GET", `/subscriptions/${UNKNOWN}`);

      assert.equal(headers["x-ms-request-id"], headers["x-ms-correlation-request-id"]);
      assert.equal(headers["x-ms-ratelimit-remaining-subscription-reads"], undefined);
    });
  });
});
