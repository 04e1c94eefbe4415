import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createEstate } from "../../../../emulator/src/usage/estate/createEstate.ts";
import { createUsagePager } from "../../../../emulator/src/usage/usagePages.ts";
import type { UsageRow } from "../../../../emulator/src/usage/usageRows.ts";
import { deletedId, END, estate, FIRST, hub, rowsOf } from "./support.ts";

const month = { from: FIRST, to: FIRST + 720 };
const resourceOf = ({ of }: UsageRow) => JSON.parse(of.instanceData)["Microsoft.Resources"];

describe("createEstate", () => {
  const rows = rowsOf(estate(), { reported: month, granularity: "hourly" });
  const some = (fits: (row: UsageRow) => boolean) => rows.some(fits);

  it("is the same for the same seed and Hub, on every machine and at every time", () => {
    const query = { reported: { from: FIRST + 100, to: FIRST + 101 }, granularity: "hourly" } as const;
    const pager = createUsagePager({ source: estate(), callerSubscriptionId: hub.providerSubscriptionId });
    const { body } = pager.page(query, { linkTo: () => "" });

    assert.equal(createHash("sha256").update(body).digest("hex").slice(0, 16), "136585c3eca47301");
  });

  it("is another for another seed, and for another Hub", () => {
    const query = { reported: { from: FIRST + 100, to: FIRST + 101 }, granularity: "hourly" } as const;
    const texts = [estate(), estate(8), estate(7, { ...hub, cloudId: hub.homeTenantId })].map((source) =>
      rowsOf(source, query)
        .map(({ quantity }) => quantity)
        .join(),
    );

    assert.equal(new Set(texts).size, 3);
  });

  it("has a reported day of more than 1,000 hourly rows with five subscriptions", () => {
    const day = rowsOf(estate(), { reported: { from: FIRST + 240, to: FIRST + 264 }, granularity: "hourly" });

    assert.ok(day.length > 1_000, `${day.length}`);
  });

  it("writes meter ids as their resource providers do: small, in capitals, and without dashes", () => {
    assert.ok(some(({ of }) => of.meterId === "6dab500f-a4fd-49c4-956d-229bb9c8c793"));
    assert.ok(some(({ of }) => of.meterId === "B5C15376-6C94-4FDD-B655-1A69D138ACA3"));
    assert.ok(some(({ of }) => /^[0-9A-F]{32}$/.test(of.meterId)));
  });

  it("has names that repeat within one hour", () => {
    const names = rows.map(({ subscriptionId, of, start }) => `${subscriptionId}-${of.meterId}-${start}`);

    assert.ok(new Set(names).size < names.length);
  });

  it("tells a virtual machine on two meters, hours and cores, in the same hours", () => {
    const machines = rows.filter((row) => resourceOf(row).resourceUri.includes("/virtualMachines/vm-app-"));
    const byHour = Map.groupBy(machines, (row) => `${row.start} ${resourceOf(row).resourceUri}`);
    const isCorrected = (quantities: readonly string[]) => quantities.some((quantity) => quantity.startsWith("-"));

    assert.ok(byHour.size > 1_000);
    for (const [hour, own] of byHour) {
      if (!isCorrected(own.map(({ quantity }) => quantity)))
        assert.equal(new Set(own.map(({ of }) => of.meterId)).size, 2, hour);
    }
    assert.ok(some(({ of, quantity }) => of.meterId.startsWith("9cd92d4c") && quantity === "4.0"));
    assert.ok(some((row) => JSON.parse(resourceOf(row).additionalInfo || "{}").ServiceType === "Standard_F2s"));
  });

  it("counts a managed disk as the 744th part of a month", () => {
    assert.ok(some(({ of, quantity }) => of.meterId.startsWith("380874f9") && quantity === "0.0013440860215053765"));
  });

  it("spells resources and tags in all the ways that were recorded", () => {
    assert.ok(some((row) => resourceOf(row).resourceUri.includes("/resourcegroups/")));
    assert.ok(some((row) => resourceOf(row).resourceUri.includes("/resourceGroups/RG-APP-")));
    assert.ok(some((row) => resourceOf(row).resourceUri.startsWith("\\subscriptions\\")));
    const tags = new Set(rows.map((row) => resourceOf(row).tags));
    for (const text of ["", "null", '{"costCenter":"4711"}']) assert.ok(tags.has(text), text);
    assert.ok([...tags].every((text) => typeof text === "string"));
  });

  it("has doubles of 17 digits, exponents, and corrections below zero", () => {
    assert.ok(some(({ quantity }) => quantity.replace(/\D|^0\.0*/g, "").length >= 17));
    assert.ok(some(({ quantity }) => /e-0[5-9]$/.test(quantity)));
    assert.ok(some(({ quantity }) => quantity.startsWith("-")));
  });

  it("has rows that were reported up to two days after the use, and none later", () => {
    const lags = new Set<number>();
    for (let from = FIRST + 100; from < FIRST + 400; from += 1) {
      for (const { start } of rowsOf(estate(), { reported: { from, to: from + 1 }, granularity: "hourly" }))
        lags.add(from - start);
    }

    assert.ok([0, 1, 2, 3].every((lag) => lags.has(lag)));
    assert.ok([...lags].some((lag) => lag > 24));
    assert.ok(Math.max(...lags) <= 48);
  });

  it("reports App Service's own machines against the operator's subscription alone", () => {
    const workers = rows.filter(({ of }) => of.meterId === "190C935E-9ADA-48FF-9AB8-56EA1CF9ADAA");

    assert.ok(workers.length > 0);
    assert.deepEqual([...new Set(workers.map(({ subscriptionId }) => subscriptionId))], [hub.providerSubscriptionId]);
  });

  it("ends the usage of a deleted subscription, and keeps what there was", () => {
    const own = rowsOf(estate(), {
      reported: { from: FIRST, to: END },
      granularity: "daily",
      subscriptionId: deletedId,
    });
    const last = Math.max(...own.map(({ end }) => end));

    assert.ok(own.length > 100);
    assert.ok(last > FIRST + 300 && last < END - 300);
  });

  it("ends it at the same hour whenever the emulator starts in a month", () => {
    const usage = [END + 250, END + 500].map((last) => {
      const source = createEstate({ hub, seed: 7, first: FIRST, last, end: last + 1 });
      const reported = { from: FIRST, to: END + 250 };
      return rowsOf(source, { reported, granularity: "daily", subscriptionId: deletedId }).map(
        ({ quantity }) => quantity,
      );
    });

    assert.deepEqual(usage[0], usage[1]);
  });
});
