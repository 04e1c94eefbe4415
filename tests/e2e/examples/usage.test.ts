import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createHubClient } from "@azurestack-csp/provider";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { paris, registrationIdOf } from "../../support/customers.ts";
import { createListFolder, type ListFolder } from "../commands/runCommand.ts";

const run = promisify(execFile);
const WINDOW = { start: "2026-11-01T00:00:00Z", end: "2026-11-02T00:00:00Z" };

describe("examples/usage", () => {
  let azure: Emulator;
  let folder: ListFolder;

  before(async () => {
    azure = await createEmulator({ usage: { months: 1, until: new Date("2026-11-03T00:00:00Z") } });
    folder = await createListFolder(azure);
  });

  after(async () => {
    await folder.remove();
    await azure.close();
  });

  it("sums a window by subscription and meter to the last digit", async () => {
    const adminEndpoint = azure.hubs.find(({ name }) => name === "paris")?.admin.resourceManager ?? "";
    const hub = { adminEndpoint, caFile: "hub.pem" };
    await folder.write("hub.pem", azure.caPem ?? "");
    const registrations = { paris: { registrationId: registrationIdOf(paris), hub } };
    await folder.write("tenants.json", JSON.stringify({ registrations, tenants: [] }));

    const program = join(workspaceRoot, "examples", "usage", "index.ts");
    const args = [program, "tenants.json", "paris", "2026-11-01", "2026-11-02"];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: folder.cwd, env: folder.env });

    assert.equal(stderr, "");
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      "subscriptionId,meterId,quantity",
      ...(await expected(adminEndpoint)),
    ]);
  });

  /** The same sums, of pages that are asked for one by one. */
  async function expected(adminEndpoint: string): Promise<readonly string[]> {
    const client = createHubClient(folder.env, { adminEndpoint, caFile: azure.caCertificate ?? "" });
    const quantities: (readonly [string, string])[] = [];
    let link: string | undefined;
    do {
      const { rows, nextLink } = await client.usagePage({ window: WINDOW, granularity: "daily" }, link);
      for (const { subscriptionId, meterId, quantity } of rows)
        quantities.push([`${subscriptionId},${meterId}`, quantity]);
      link = nextLink;
    } while (link !== undefined);
    const byKey = Map.groupBy(quantities, ([key]) => key);
    return [...byKey].map(([key, all]) => `${key},${sumOf(all.map(([, quantity]) => quantity))}`).toSorted();
  }
});

/** The exact sum: all digits in units of the smallest power of ten that any of the quantities has. */
function sumOf(quantities: readonly string[]): string {
  const parts = quantities.map((quantity) => {
    const [mantissa = "", exponent = "0"] = quantity.toLowerCase().split("e");
    const [, fraction = ""] = mantissa.split(".");
    return { digits: BigInt(mantissa.replace(".", "")), power: Number(exponent) - fraction.length };
  });
  const smallest = Math.min(0, ...parts.map(({ power }) => power));
  const sum = parts.reduce((total, { digits, power }) => total + digits * 10n ** BigInt(power - smallest), 0n);
  const text = (sum < 0n ? -sum : sum).toString().padStart(1 - smallest, "0");
  const point = text.length + smallest;
  const plain = `${text.slice(0, point)}.${text.slice(point)}`.replace(/0+$/, "").replace(/\.$/, "");
  return sum < 0n ? `-${plain}` : plain;
}
