import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { lyon, paris, registrationIdOf } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { createListFolder, type ListFolder, runCommand, startCommand } from "./runCommand.ts";

interface SyncDocument {
  readonly hubs: readonly {
    readonly key: string;
    readonly windows: number;
    readonly rows: number;
    readonly missing: number;
  }[];
}

interface StatusDocument {
  readonly hubs: readonly {
    readonly keys: readonly string[];
    readonly days: readonly { readonly day: string; readonly state: string; readonly rows: number }[];
  }[];
}

describe("azurestack-csp usage", () => {
  let azure: HoldingEmulator;
  let folder: ListFolder;
  const days = ["--from", "2026-10-28", "--to", "2026-10-29"];

  beforeEach(async () => {
    azure = await createHoldingEmulator({ usage: { months: 1, until: new Date("2026-11-01T00:00:00Z") } });
    folder = await createListFolder(azure);
    const endpoint = (name: string) => azure.hubs.find((hub) => hub.name === name)?.admin.resourceManager;
    const registrations = {
      paris: { registrationId: registrationIdOf(paris), hub: { adminEndpoint: endpoint("paris") } },
      lyon: { registrationId: registrationIdOf(lyon) },
    };
    await folder.write("tenants.json", JSON.stringify({ registrations, tenants: [] }));
  });

  afterEach(async () => {
    await folder.remove();
    await azure.close();
  });

  it("brings usage into a store once, and tells what is there", async () => {
    const first = await runCommand(folder, "usage", "sync", "--json", ...days);
    const again = await runCommand(folder, "usage", "sync", ...days);
    const status = await runCommand(folder, "usage", "status", "--json");
    const meters = await runCommand(folder, "usage", "meters");

    assert.equal(first.code, 0, first.stderr);
    const [hub] = (JSON.parse(first.stdout) as SyncDocument).hubs;
    assert.deepEqual([hub?.key, hub?.windows, hub?.missing], ["paris", 48, 0]);
    assert.match(again.stdout, /paris +0 +0 +0 +0 +0 +done/);
    const found = (JSON.parse(status.stdout) as StatusDocument).hubs[0]?.days ?? [];
    assert.equal(
      found.reduce((sum, { rows }) => sum + rows, 0),
      hub?.rows,
    );
    const states = found.map(({ day, state }) => `${day} ${state}`);
    for (const state of ["2026-10-27 partial", "2026-10-28 missing"]) assert.ok(states.includes(state), states.join());
    assert.equal(status.code, 7);
    const counts = [...meters.stdout.matchAll(/^ {2}\S{36} {2}(\d[\d,]*) /gm)].map(([, rows = ""]) =>
      Number(rows.replaceAll(",", "")),
    );
    assert.ok(counts.length > 1);
    assert.deepEqual(
      counts,
      counts.toSorted((one, other) => other - one),
    );
    assert.match(meters.stdout, /6dab500f-a4fd-49c4-956d-229bb9c8c793 +[\d,]+ +Compute +VM hours/);
  });

  it("refuses a registration without a Hub, and times that are none", async () => {
    const without = await runCommand(folder, "usage", "sync", "--hub", "lyon");
    const month = await runCommand(folder, "usage", "sync", "--month", "2026-13");
    const status = await runCommand(folder, "usage", "status");

    assert.equal(without.code, 3);
    assert.match(without.stderr, /\[CSP_HUB_NOT_LISTED\]/);
    assert.equal(month.code, 2);
    assert.match(month.stderr, /\[CSP_SYNC_RANGE\]/);
    assert.equal(status.code, 3);
    assert.match(status.stderr, /\[CSP_STORE_MISSING\]/);
  });

  it("checks a rate card, the example's for one", async () => {
    const example = new URL("../../../examples/usage/rates.yaml", import.meta.url);
    await folder.write("rates.yaml", readFileSync(example, "utf8"));
    await folder.write("rates.csv", "meter,unit,price,currency\nVM size hours,VM hours,1e-5,EUR\n");

    const right = await runCommand(folder, "usage", "rates", "check");
    const wrong = await runCommand(folder, "usage", "rates", "check", "rates.csv", "--json");
    const help = await runCommand(folder, "usage", "rates", "check", "--help");

    assert.equal(right.code, 0, right.stderr);
    assert.match(right.stdout, /Windows VM Size Hours +Virtual core hours +0\.062 +0\.046\n/);
    assert.equal(wrong.code, 3);
    const [issue] = (JSON.parse(wrong.stdout) as { readonly issues: readonly { readonly code: string }[] }).issues;
    assert.equal(issue?.code, "CSP_RATES_NUMBER");
    assert.match(wrong.stderr, /^rates\.csv:2:24: \[CSP_RATES_NUMBER\]/);
    assert.match(help.stdout, /Examples:\n {2}\$ azurestack-csp usage rates check/);
  });

  it("ends with Ctrl-C, and the next one goes on from there", async () => {
    await runCommand(folder, "usage", "sync", "--from", "2026-10-28", "--to", "2026-10-28");
    const reached = azure.hold({ match: { path: "subscriberUsageAggregates" } });
    const run = startCommand(folder, "usage", "sync", "--json", ...days);
    const ended = once(run, "close");
    const [said, written]: [string[], string[]] = [[], []];
    run.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
    run.stdout.on("data", (chunk: Buffer) => written.push(chunk.toString()));
    await reached;
    run.kill("SIGINT");
    const [code] = await ended;
    azure.release();

    const rest = await runCommand(folder, "usage", "sync", "--json", ...days);

    assert.equal(code, 130);
    assert.match(said.join(""), /^Interrupted after 0 of 24 windows\. .* kept in the store; run the command again/m);
    assert.equal(JSON.parse(written.join("")).error.code, "CSP_COMMAND_INTERRUPTED");
    const [hub] = (JSON.parse(rest.stdout) as SyncDocument).hubs;
    assert.deepEqual([rest.code, hub?.windows, hub?.missing], [0, 24, 0]);
  });
});
