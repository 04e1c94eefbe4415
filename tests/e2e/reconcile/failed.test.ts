import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, horizon } from "../../support/customers.ts";
import { assertFailed, assertLive } from "../../support/tenantStack.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile } from "./support/reconcileCommand.ts";

describe("azurestack-csp reconcile that fails", () => {
  let azure: Emulator;
  let place: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    place = await createListFolder(azure, [delmas, garance, horizon]);
  });

  afterEach(async () => {
    await place.remove();
    await azure.close();
  });

  it("names customer and Hub, says what was done, and keeps Pulumi's other messages in a file", async () => {
    azure.addFault({
      match: { method: "PUT", path: garance.customerSubscriptionId },
      what: { status: 400, code: "InvalidCustomer" },
    });

    const result = await reconcile(place, "--stack", "test");

    const said = assertFailed(result);
    assert.equal(result.code, 8);
    assert.match(said, /^Éditions Garance on paris: \[CSP_REQUEST_REFUSED\] /m);
    assert.match(said, /^After \d+ s: 2 registered or adopted; 1 failed\.$/m);
    assert.equal(said.match(/\[CSP_\w+\]|error:|failed with/g)?.length, 1, said);
    const [, count, file = ""] = /^What else Pulumi reports, (\d+) messages?, is in (\S+)\.$/m.exec(said) ?? [];
    assert.equal((await readFile(file, "utf8")).trim().split("\n").length, Number(count));
    assertLive(azure, [delmas, horizon]);
  });
});
