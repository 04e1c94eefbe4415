import assert from "node:assert/strict";
import type { HubClient, HubEndpointKind, ReportedUsageRow, UsageQuery, UsageRow } from "@azurestack-csp/provider";
import { type ErrorCode, hasCode, ProviderError, readUsage } from "@azurestack-csp/provider";

const DAY = { from: "2026-10-01", to: "2026-10-02" };

function row(subscriptionId: string, quantity = "1.5", resourceId = "vm"): UsageRow {
  return {
    subscriptionId,
    meterId: "9cd92d4c-bafd-4492-b278-bedc2de8232a",
    usageStart: "2026-10-01T00:00:00Z",
    usageEnd: "2026-10-02T00:00:00Z",
    quantity,
    resourceId,
    resourceUri: resourceId,
    location: "local",
    tags: undefined,
    additionalInfo: undefined,
  };
}

/** What a Hub has on a page: rows, and the link to the next one; or the code by which it refuses. */
type Answer = { readonly rows: readonly UsageRow[]; readonly nextLink?: string } | ErrorCode;

/** A Hub that answers as it is told, a query and a link at a time. */
function createHub(options: {
  readonly answer: (query: UsageQuery, link: string | undefined, count: number) => Answer;
  readonly kind?: HubEndpointKind;
  readonly listed?: readonly string[];
}) {
  const { kind = "admin", listed = ["a", "b"] } = options;
  const asked: string[] = [];
  const facts = { displayName: undefined, tenantId: undefined, owner: undefined, offerId: undefined };
  const endpoint = "https://adminmanagement.local.azurestack.external";
  const client: HubClient = {
    kind,
    endpoint,
    describe: async () => ({
      kind,
      endpoint,
      identityProvider: "entra",
      authority: "https://login.example",
      audience: endpoint,
      subscriptionId: "default",
      homeTenantId: undefined,
      region: "local",
    }),
    localSubscriptions: async () =>
      listed.map((subscriptionId) => ({ ...facts, subscriptionId, state: undefined, externalReferenceId: undefined })),
    activation: async () => undefined,
    async usagePage(query, link) {
      asked.push([query.window.start.slice(0, 13), query.subscriberId ?? "all", link].filter(Boolean).join(" "));
      const answer = options.answer(query, link, asked.length);
      if (typeof answer === "string") throw refusal(answer);
      return { body: "", nextLink: undefined, ...answer };
    },
  };
  return { client, asked };
}

function refusal(code: ErrorCode): Error {
  return new ProviderError(code, { request: "GET /usage", subscriberId: "x" } as never);
}

async function collect(rows: AsyncIterable<UsageRow>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const each of rows) found.push(`${each.subscriptionId} ${each.quantity}`);
  return found;
}

describe("readUsage", () => {
  it("asks day by day and page by page, and hands out each row with its window", async () => {
    const { client, asked } = createHub({
      answer: (_, link) => (link === undefined ? { rows: [row("a")], nextLink: "p2" } : { rows: [row("b")] }),
    });

    const rows: ReportedUsageRow[] = [];
    for await (const each of readUsage({ client, say: assert.fail }, { from: "2026-10-01", to: "2026-10-03" }))
      rows.push(each);

    assert.deepEqual(asked, ["2026-10-01T00 all", "2026-10-01T00 all p2", "2026-10-02T00 all", "2026-10-02T00 all p2"]);
    assert.deepEqual(
      rows.map(({ subscriptionId, quantity, reportedStart, reportedEnd }) => [
        subscriptionId,
        quantity,
        reportedStart,
        reportedEnd,
      ]),
      [
        ["a", "1.5", "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"],
        ["b", "1.5", "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"],
        ["a", "1.5", "2026-10-02T00:00:00Z", "2026-10-03T00:00:00Z"],
        ["b", "1.5", "2026-10-02T00:00:00Z", "2026-10-03T00:00:00Z"],
      ],
    );
  });

  it("begins a window anew where its link is lost, and hands out no row twice", async () => {
    const { client, asked } = createHub({
      answer: (_, link, count) => {
        if (link === undefined) return { rows: [row("a")], nextLink: `p${count}` };
        return count === 2 ? "CSP_HUB_PAGE_LOST" : { rows: [row("b")] };
      },
    });

    assert.deepEqual(await collect(readUsage({ client, say: assert.fail }, DAY)), ["a 1.5", "b 1.5"]);
    assert.deepEqual(asked, ["2026-10-01T00 all", "2026-10-01T00 all p1", "2026-10-01T00 all", "2026-10-01T00 all p3"]);
  });

  it("gives up on a window whose link is lost again and again", async () => {
    const { client, asked } = createHub({
      answer: (_, link) => (link === undefined ? { rows: [row("a")], nextLink: "p" } : "CSP_HUB_PAGE_LOST"),
    });

    await assert.rejects(collect(readUsage({ client, say: assert.fail }, DAY)), (error) =>
      hasCode(error, "CSP_HUB_PAGE_LOST"),
    );
    assert.equal(asked.length, 8);
  });

  it("asks one subscriber at a time once the gateway gave up, deleted ones that are known among them", async () => {
    const said: string[] = [];
    const { client, asked } = createHub({
      answer: ({ subscriberId, window }, link) => {
        if (subscriberId !== undefined) return { rows: [row(subscriberId)] };
        if (window.start.startsWith("2026-10-01")) return { rows: [row("seen")] };
        return link === undefined ? { rows: [row("late")], nextLink: "p2" } : "CSP_HUB_GATEWAY_TIMEOUT";
      },
    });
    const reading = { client, say: (text: string) => said.push(text), knownSubscribers: ["GONE"] };

    const rows = await collect(readUsage(reading, { from: "2026-10-01", to: "2026-10-04" }));

    const each = ["a", "b", "default", "gone", "seen", "late"];
    assert.deepEqual(rows, ["seen 1.5", ...each.map((id) => `${id} 1.5`), ...each.map((id) => `${id} 1.5`)]);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /knownSubscribers/);
    // The window stays what it was, and the gateway is not asked for all of the next one.
    assert.deepEqual(asked.slice(0, 4), [
      "2026-10-01T00 all",
      "2026-10-02T00 all",
      "2026-10-02T00 all p2",
      "2026-10-02T00 a",
    ]);
    assert.deepEqual(
      asked.slice(9),
      each.map((id) => `2026-10-03T00 ${id}`),
    );
  });

  it("takes a subscriber who is none for one without usage, and says so of one that was named", async () => {
    const said: string[] = [];
    const { client } = createHub({
      answer: ({ subscriberId }) => {
        if (subscriberId === undefined) return "CSP_HUB_GATEWAY_TIMEOUT";
        return subscriberId === "a" ? { rows: [row("a")] } : "CSP_HUB_NOT_A_SUBSCRIBER";
      },
    });
    const reading = { client, say: (text: string) => said.push(text), knownSubscribers: ["typo"] };

    assert.deepEqual(await collect(readUsage(reading, DAY)), ["a 1.5"]);
    assert.match(said[1] ?? "", /^typo is no subscriber/);
    assert.equal(said.length, 2);
  });

  it("asks for one subscriber alone where one is meant, and then takes no refusal for an answer", async () => {
    const { client, asked } = createHub({ answer: () => "CSP_HUB_NOT_A_SUBSCRIBER" });

    await assert.rejects(collect(readUsage({ client, say: assert.fail }, { ...DAY, subscriberId: "c" })), (error) =>
      hasCode(error, "CSP_HUB_NOT_A_SUBSCRIBER"),
    );
    assert.deepEqual(asked, ["2026-10-01T00 c"]);
  });

  it("does not split where one subscriber is too much already", async () => {
    const { client } = createHub({ answer: () => "CSP_HUB_GATEWAY_TIMEOUT" });

    await assert.rejects(collect(readUsage({ client, say: () => {} }, DAY)), (error) =>
      hasCode(error, "CSP_HUB_GATEWAY_TIMEOUT"),
    );
  });

  it("asks a user's endpoint about each of the user's subscriptions", async () => {
    const { client, asked } = createHub({
      kind: "user",
      answer: ({ subscriberId = "nobody" }) => ({ rows: [row(subscriberId)] }),
    });

    assert.deepEqual(await collect(readUsage({ client, say: assert.fail }, DAY)), ["a 1.5", "b 1.5"]);
    assert.deepEqual(asked, ["2026-10-01T00 a", "2026-10-01T00 b"]);
  });

  it("counts an equal repeat of a window once, and usage of another resource by itself", async () => {
    const { client } = createHub({
      answer: () => ({ rows: [row("a", "2.0"), row("a", "2"), row("a", "2.0", "other")] }),
    });

    assert.deepEqual(await collect(readUsage({ client, say: assert.fail }, DAY)), ["a 2.0", "a 2.0"]);
  });

  it("hands out nothing of a window that gives one usage two quantities, told to the last digit", async () => {
    const quantities = ["0.12345678901234567891", "0.12345678901234567892"];
    const { client } = createHub({
      answer: ({ window }) => ({
        rows: window.start.startsWith("2026-10-01") ? [row("a")] : quantities.map((each) => row("a", each)),
      }),
    });
    const rows = readUsage({ client, say: assert.fail }, { from: "2026-10-01", to: "2026-10-03" });

    assert.equal((await rows.next()).value?.quantity, "1.5");
    await assert.rejects(rows.next(), (error) => hasCode(error, "CSP_HUB_USAGE_CONFLICT"));
  });

  it("does not take two rows of one usage for a repeat that differ in what the resource is", async () => {
    const [small, large] = ["Standard_F1s", "Standard_F2s"].map((size) => ({
      ...row("a", "12.0"),
      additionalInfo: JSON.stringify({ ServiceType: size }),
    }));
    const longer = { ...row("a", "12.0"), usageEnd: "2026-10-03T00:00:00Z" };
    for (const rows of [
      [small, large],
      [row("a", "12.0"), longer],
    ] as const) {
      const { client } = createHub({ answer: () => ({ rows: rows.flatMap((each) => each ?? []) }) });

      await assert.rejects(collect(readUsage({ client, say: assert.fail }, DAY)), (error) =>
        hasCode(error, "CSP_HUB_USAGE_CONFLICT"),
      );
    }
  });

  it("stops where links lead in a circle", async () => {
    const { client } = createHub({ answer: (_, link) => ({ rows: [], nextLink: link === "p1" ? "p2" : "p1" }) });

    await assert.rejects(collect(readUsage({ client, say: assert.fail }, DAY)), (error) =>
      hasCode(error, "CSP_PAGING_BROKEN"),
    );
  });

  it("asks nothing further once it is cancelled", async () => {
    const cancel = new AbortController();
    const { client, asked } = createHub({
      answer: (_, link) => {
        cancel.abort();
        return { rows: [row("a")], nextLink: `${link}p` };
      },
    });

    await assert.rejects(collect(readUsage({ client, say: assert.fail, abortSignal: cancel.signal }, DAY)), {
      name: "AbortError",
    });
    assert.equal(asked.length, 1);
  });

  it("sends nothing for a range that cannot be asked for", async () => {
    const { client, asked } = createHub({ answer: () => ({ rows: [] }) });

    await assert.rejects(collect(readUsage({ client, say: assert.fail }, { from: "x", to: "y" })), (error) =>
      hasCode(error, "CSP_HUB_QUERY"),
    );
    assert.deepEqual(asked, []);
  });
});
