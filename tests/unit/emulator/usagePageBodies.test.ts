import assert from "node:assert/strict";
import { type UsagePageBodiesOptions, usagePageBodies } from "@azurestack-csp/emulator";

const options: UsagePageBodiesOptions = {
  usage: { tenants: 20, seed: 7, months: 1, until: new Date("2026-11-01T00:00Z") },
  from: new Date("2026-10-20T00:00Z"),
  to: new Date("2026-10-20T06:00Z"),
  linkTo: (page) => `https://127.0.0.1:1/pages/${page}`,
};

describe("usagePageBodies", () => {
  it("gives the pages of a window, each with the link to the next", () => {
    const pages = [...usagePageBodies(options)].map((body) => JSON.parse(body));

    assert.ok(pages.length > 2);
    for (const [index, { value, nextLink }] of pages.entries()) {
      const isLast = index === pages.length - 1;
      assert.equal(nextLink, isLast ? undefined : `https://127.0.0.1:1/pages/${index + 1}`);
      assert.ok(isLast ? value.length > 0 : value.length === 1_000);
    }
  });

  it("gives the rows that the same window has in parts", () => {
    const names = (from: string, to: string) =>
      [...usagePageBodies({ ...options, from: new Date(from), to: new Date(to) })]
        .flatMap((body) => JSON.parse(body).value)
        .map(({ name, properties }) => `${name} ${properties.usageStartTime} ${properties.instanceData}`);
    const hours = ["00", "01", "02", "03", "04", "05", "06"].map((hour) => `2026-10-20T${hour}:00Z`);
    const parts = hours.slice(1).flatMap((to, index) => names(hours[index] ?? "", to));

    assert.deepEqual(new Set(parts), new Set(names("2026-10-20T00:00Z", "2026-10-20T06:00Z")));
  });
});
