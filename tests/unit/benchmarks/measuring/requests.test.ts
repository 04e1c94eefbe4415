import assert from "node:assert/strict";
import { countRequests } from "../../../../benchmarks/measuring/requests.ts";

describe("the requests of a benchmark", () => {
  it("count what was written and removed with success once, and tokens and challenges apart", () => {
    const entries = [
      { kind: "token", method: "POST", path: "/t", status: 200 },
      { kind: "challenge", method: "GET", path: "/s", status: 401 },
      { kind: "request", method: "PUT", path: "/A", status: 429 },
      { kind: "request", method: "PUT", path: "/A", status: 200 },
      { kind: "request", method: "PUT", path: "/a", status: 200 },
      { kind: "request", method: "PUT", path: "/b", status: 409 },
      { kind: "request", method: "DELETE", path: "/a", status: 204 },
    ];

    assert.deepEqual(countRequests(entries), {
      requests: { GET: 0, PUT: 4, DELETE: 1 },
      challenges: 1,
      tokens: 1,
      throttled: 1,
      written: 1,
      removed: 1,
    });
  });
});
