import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createHubClient, parseRegistrationId } from "@azurestack-csp/provider";
import { createHubSource, openStore } from "@azurestack-csp/usage";
import { getUsage } from "azurestack-csp";
import type { Report } from "../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../support/usage/stores.ts";
import { clientsOf, environmentOf } from "./emulatedClients.ts";

const NOW = "2026-11-04T12:30:00Z";

describe("a sync of an emulated Hub, over HTTPS", () => {
  const newFolder = storeFolders();
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator({ usage: { months: 1, until: new Date("2026-11-03T00:00:00Z") }, now: () => new Date(NOW) });
  });

  after(() => emulator.close());

  function source() {
    const [hub] = emulator.hubs;
    assert(hub);
    const access = { adminEndpoint: hub.admin.resourceManager, caFile: emulator.caCertificate ?? "" };
    return { access };
  }
  it("placeholder", () => { void source; void createHubClient; void parseRegistrationId; void createHubSource; void openStore; void getUsage; void clientsOf; void plainSums; void storedSums; void sync; void newFolder; const r: readonly Report[] = []; void r; });
});
