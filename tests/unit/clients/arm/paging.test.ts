import assert from "node:assert/strict";
import { readAllPages } from "../../../../provider/src/clients/arm/paging.ts";
import { hasCode } from "../../../../provider/src/domain/errors/providerError.ts";
import { answer } from "./answers.ts";

const BASE = "https://management.azure.com/subscriptions/1/resourceGroups/a/customerSubscriptions";
const FIRST = `${BASE}?api-version=2017-06-01`;

/** Reads a list of pages whose links are followed in turn, and tells which addresses were asked. */
async function read(pages: readonly unknown[], first = FIRST) {
  const asked: string[] = [];
  const items = await readAllPages({
    first,
    apiVersion: "2017-06-01",
    notAList: () => new Error("not a list"),
    async fetchPage(url) {
      asked.push(url);
      const body = pages[asked.length - 1];
      if (body === undefined) throw new Error("asked too often");
      return answer({ body });
    },
  });
  return { items, asked };
}

const page = (id: number, nextLink?: unknown) => ({ value: [{ id }], ...(nextLink === undefined ? {} : { nextLink }) });

describe("readAllPages", () => {
  for (const [what, link, asked] of [
    ["%24skiptoken", `${FIRST}&%24skiptoken=a%3d%3d`, `${FIRST}&%24skiptoken=a%3d%3d`],
    ["$skipToken", `${FIRST}&$skipToken=a`, `${FIRST}&$skipToken=a`],
    [
      "port 443",
      `https://management.azure.com:443/x?api-version=2017-06-01&t=1`,
      "https://management.azure.com/x?api-version=2017-06-01&t=1",
    ],
    [
      "the host in other letters",
      `https://Management.Azure.com/x?api-version=2017-06-01`,
      "https://management.azure.com/x?api-version=2017-06-01",
    ],
    ["a second question mark", `${FIRST}?$skipToken=a`, `${FIRST}&$skipToken=a`],
    ["no api-version", `${BASE}?$skipToken=a`, `${BASE}?$skipToken=a&api-version=2017-06-01`],
    [
      "no host",
      "/subscriptions/1/x?api-version=2017-06-01&t=1",
      "https://management.azure.com/subscriptions/1/x?api-version=2017-06-01&t=1",
    ],
  ] as const) {
    it(`follows a link with ${what}`, async () => {
      const result = await read([page(1, link), page(2)]);
      assert.deepEqual(result.items, [{ id: 1 }, { id: 2 }]);
      assert.deepEqual(result.asked, [FIRST, asked]);
    });
  }

  for (const [what, last] of [
    ["an absent link", undefined],
    ["null", null],
    ["an empty link", ""],
  ] as const) {
    it(`ends at ${what}`, async () => assert.deepEqual((await read([page(1, last)])).items, [{ id: 1 }]));
  }

  for (const [what, body] of [
    ["no body", ""],
    ["an empty list", { value: [] }],
    ["null", { value: null }],
  ] as const) {
    it(`reads ${what} as no items`, async () => assert.deepEqual((await read([body])).items, []));
  }

  it("goes on behind an empty page", async () => {
    const { items } = await read([{ value: [], nextLink: `${FIRST}&t=1` }, page(2)]);
    assert.deepEqual(items, [{ id: 2 }]);
  });

  for (const [what, pages] of [
    ["to another host", [page(1, "https://evil.example/x?api-version=2017-06-01")]],
    ["to another port", [page(1, "https://management.azure.com:8443/x")]],
    ["to plain HTTP", [page(1, FIRST.replace("https", "http"))]],
    ["nowhere", [page(1, "https://")]],
    ["to itself", [page(1, FIRST)]],
    ["in a circle", [page(1, `${FIRST}&t=1`), page(2, `${FIRST}&t=2`), page(3, `${FIRST}&t=1`)]],
  ] as const) {
    it(`refuses a link ${what}`, async () => {
      await assert.rejects(read(pages), (error) => hasCode(error, "CSP_PAGING_BROKEN"));
    });
  }

  for (const [what, body] of [
    ["a page of HTML", "<html></html>"],
    ["an object without a list", { id: 1 }],
    ["a list of something else", { value: [1] }],
    ["an object for a list", { value: {} }],
  ] as const) {
    it(`does not take ${what} for a list`, async () => {
      await assert.rejects(read([body]), { message: "not a list" });
    });
  }
});
