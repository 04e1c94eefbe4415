import assert from "node:assert/strict";
import { auditText } from "../../../../../sdk/nodejs/src/cli/audit/auditText.ts";
import { createColours } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";

const layout = { width: 120, colours: createColours(false) };

describe("auditText", () => {
  it("says that everything is live as declared only where everything was read", () => {
    assert.equal(auditText([], { ...layout, unread: [], hubs: [] }), "Everything is live as declared; 0 notes.");
    assert.equal(
      auditText([], { ...layout, unread: ["paris", "lyon"], hubs: [] }),
      "0 findings; 0 notes. Not read, so that nothing is known of it: paris, lyon.",
    );
  });

  it("says below the sum which Hubs were asked, and which were not", () => {
    const hubs = [
      { registration: "paris", state: "asked", localSubscriptions: 1 },
      { registration: "lyon", state: "notAsked" },
      { registration: "nice", state: "unknown" },
    ] as const;

    assert.deepEqual(auditText([], { ...layout, width: 400, unread: [], hubs }).split("\n"), [
      "Everything is live as declared; 0 notes.",
      "Hubs that were asked: paris (1 local subscription).",
      "Hubs that did not tell everything, so that whom they serve is not known: nice.",
      "Hubs that were not asked, for the list has no hub.adminEndpoint; whether everybody whom they serve is registered is not known: lyon.",
    ]);
    for (const line of auditText([], { ...layout, width: 80, unread: [], hubs }).split("\n"))
      assert.ok(line.length <= 80);
  });
});
