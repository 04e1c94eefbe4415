import assert from "node:assert/strict";
import { auditText } from "../../../../../sdk/nodejs/src/cli/audit/auditText.ts";
import { createColours } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";

const layout = { width: 120, colours: createColours(false) };

describe("auditText", () => {
  it("says that everything is live as declared only where everything was read", () => {
    assert.equal(auditText([], { ...layout, unread: [] }), "Everything is live as declared; 0 notes.");
    assert.equal(
      auditText([], { ...layout, unread: ["paris", "lyon"] }),
      "0 findings; 0 notes. Not read, so that nothing is known of it: paris, lyon.",
    );
  });
});
