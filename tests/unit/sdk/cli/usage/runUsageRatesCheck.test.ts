import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInProcess } from "../commands/runInProcess.ts";

describe("usage rates check", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "rates-"));
    file = join(folder, "rates.yaml");
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const card = (price: string) => `currency: EUR
markup: 10%
rates:
  - { meter: PageBlobCapacity, unit: GB*hours, price: ${price}, free: 5, cost: none }
  - { meter: TableCapacity, unit: GB*hours, price: 0.1 }
`;

  it("shows what a unit of each meter costs, after its markup", async () => {
    await writeFile(file, card("0.20"));

    const { exitCode, written, said } = await runInProcess("usage", "rates", "check", file);

    assert.equal(exitCode, 0);
    const lines = written.split("\n").map((line) => line.trim().split(/ {2,}/));
    assert.deepEqual(lines, [
      ["METER", "UNIT", "PRICE EUR", "QUANTITY", "COST", "TENANT", "FROM", "TO"],
      ["PageBlobCapacity", "GB*hours", "free", "0 to 5", "none"],
      ["PageBlobCapacity", "GB*hours", "0.22", "5 to …", "none"],
      ["TableCapacity", "GB*hours", "0.11", "not known"],
    ]);
    assert.deepEqual(said, [
      "The rate card is right: 2 rates of 2 meters in EUR. Prices are exact. 1 meter without `cost`: what Microsoft charges is not known.",
    ]);
  });

  it("prints decimals as texts in its document", async () => {
    await writeFile(file, card('"0.20"'));

    const { exitCode, written } = await runInProcess("usage", "rates", "check", file, "--json");

    assert.equal(exitCode, 0);
    const { ok, currency, tariffs, issues } = JSON.parse(written);
    assert.deepEqual([ok, currency, issues], [true, "EUR", []]);
    assert.deepEqual(tariffs[0], {
      meterId: "b5c15376-6c94-4fdd-b655-1a69d138aca3",
      cost: "none",
      slots: [
        { tier: 0, from: "0", to: "5", unitPrice: "0" },
        { tier: 1, from: "5", unitPrice: "0.22" },
      ],
    });
  });

  it("names every slip with its place, and shows no price", async () => {
    await writeFile(file, card("-1"));

    const text = await runInProcess("usage", "rates", "check", file);
    const json = await runInProcess("usage", "rates", "check", file, "--json");

    assert.deepEqual([text.exitCode, json.exitCode], [3, 3]);
    assert.equal(text.written, "");
    assert.match(text.said[0] ?? "", /rates\.yaml:4:\d+: \[CSP_RATES_NEGATIVE\] `rates\[0\]\.price` is -1/);
    assert.equal(text.said[1], "The rate card is not usable: 1 error.");
    const { ok, issues, tariffs } = JSON.parse(json.written);
    assert.deepEqual([ok, tariffs], [false, undefined]);
    assert.deepEqual([issues[0].code, issues[0].line, issues[0].path], ["CSP_RATES_NEGATIVE", 4, "rates[0].price"]);
  });

  it("says so where there is no card", async () => {
    const { exitCode, said } = await runInProcess("usage", "rates", "check", join(folder, "none.yaml"));

    assert.equal(exitCode, 3);
    assert.match(said[0] ?? "", /\[CSP_RATES_FILE_UNREADABLE\] .*there is no such file/);
  });
});
