import assert from "node:assert/strict";
import { readAllPages } from "../../../../../provider/src/clients/arm/paging.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
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
    ["an error that is none", { value: [], error: null }],
  ] as const) {
    it(`reads ${what} as no items`, async () => assert.deepEqual((await read([body])).items, []));
  }

  it("goes on behind an empty page", async () => {
    const { items } = await read([{ value: [], nextLink: `${FIRST}&t=1` }, page(2)]);
    assert.deepEqual(items, [{ id: 2 }]);
  });

  it("goes on through pages that bring something new now and then", async () => {
    const pages = Array.from({ length: 300 }, (_, at) => ({
      value: at % 99 === 0 ? [{ id: at }] : [{ id: "0" }],
      nextLink: at < 299 ? `${FIRST}&t=${at}` : null,
    }));
    assert.equal((await read(pages)).asked.length, 300);
  });

  for (const [what, value] of [
    ["empty pages", []],
    ["pages that repeat an entry", [{ id: "a" }]],
  ] as const) {
    it(`gives up on ${what} without end`, async () => {
      const pages = Array.from({ length: 1_000 }, (_, at) => ({ value, nextLink: `${FIRST}&t=${at}` }));
      await assert.rejects(read(pages), (error) => hasCode(error, "CSP_PAGING_BROKEN"));
    });
  }

  for (const [what, pages] of [
    ["to another host", [page(1, "https://evil.example/x?api-version=2017-06-01")]],
    ["to another port", [page(1, "https://management.azure.com:8443/x")]],
    ["to plain HTTP", [page(1, FIRST.replace("https", "http"))]],
    ["nowhere", [page(1, "https://")]],
    ["that is a number", [page(1, 5)]],
    ["that is an object", [page(1, { href: FIRST })]],
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
    ["null", { value: null }],
    ["a list that comes with an error", { value: [], error: { code: "InternalServerError" } }],
  ] as const) {
    it(`does not take ${what} for a list`, async () => {
      await assert.rejects(read([body]), { message: "not a list" });
    });
  }

  it("does not take an answer without a body for a further page", async () => {
    await assert.rejects(read([page(1, `${FIRST}&t=1`), ""]), { message: "not a list" });
  });
});
