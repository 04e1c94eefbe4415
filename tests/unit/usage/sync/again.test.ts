import assert from "node:assert/strict";
import { ProviderError } from "@azurestack-csp/provider";
import { type HubDoubleOptions, hubDouble, report, rowOf } from "../../../support/usage/hubDouble.ts";
import { storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

describe("a sync of windows once more", () => {
  it("replaces the rows of windows that are asked for again, and of no other", async () => {
    const folder = newFolder();
    let changed = false;
    const hub = hubDouble({
      rows: ({ window }) => {
        if (window.start === "2026-10-01T18:00:00Z" && changed)
          return [rowOf(report("", "2026-10-01T17:00:00Z", "5", "/new"), "hourly")];
        if (window.start >= "2026-10-01T17:00:00Z" && window.start <= "2026-10-01T19:00:00Z")
          return [rowOf(report("", "2026-10-01T17:00:00Z", "1", "/old"), "hourly")];
        return [];
      },
    });
    await sync(folder, hub);
    changed = true;
    const asked = hub.asked.length;

    const again = { from: Date.parse("2026-10-01T18:00Z"), to: Date.parse("2026-10-01T19:00Z") };
    const [outcome] = await sync(folder, hub, { again });

    assert.deepEqual(
      (await storedSums(folder)).map(({ resource, quantity }) => [resource, Number(quantity)]),
      [
        ["/new", 5],
        ["/old", 2],
      ],
    );
    assert.equal(hub.asked.length - asked, 1);
    assert.deepEqual(outcome?.reopened, ["2026-10-01"]);
  });

  it("begins windows anew that a stopped command had asked for again, where they are asked for again once more", async () => {
    const folder = newFolder();
    const times = { from: Date.parse("2026-10-01T18:00Z"), to: Date.parse("2026-10-01T19:00Z") };
    const row = (quantity: string, resource: string) =>
      rowOf(report("", "2026-10-01T17:00:00Z", quantity, resource), "hourly");
    const answering = (quantity: string, instead: HubDoubleOptions["instead"] = () => undefined) =>
      hubDouble({
        pageSize: 1,
        instead,
        rows: ({ window }) =>
          window.start === "2026-10-01T18:00:00Z" ? [row(quantity, "/a"), row(quantity, "/b")] : [],
      });
    await sync(folder, answering("1"));
    const stops = answering("2", ({ link }) => {
      if (link === undefined) return undefined;
      throw new ProviderError("CSP_UNREACHABLE", { host: "hub.example", reason: "no route" });
    });
    await sync(folder, stops, { again: times });

    const [outcome] = await sync(folder, answering("3"), { again: times });

    assert.deepEqual(outcome?.problems, []);
    assert.deepEqual(
      (await storedSums(folder)).map(({ quantity }) => Number(quantity)),
      [3, 3],
    );
  });
});
