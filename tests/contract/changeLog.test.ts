import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { mappingEntry } from "../../provider/src/clients/registrations/mappingChange.ts";
import { hasCode } from "../../provider/src/domain/errors/providerError.ts";
import { formatRegistrationId } from "../../provider/src/domain/ids.ts";
import { sample } from "../emulator/support/sample.ts";
import { createEmulatedClients } from "./emulatedClients.ts";

const paris = {
  registrationSubscriptionId: sample.paris.subscriptionId,
  resourceGroup: sample.paris.resourceGroup,
  registrationName: sample.paris.name,
};
const delmas = { registration: paris, customerSubscriptionId: sample.delmas.subscriptionId };
const beaumont = { registration: paris, customerSubscriptionId: sample.beaumont.subscriptionId };

describe("the change log of createAzureClients", () => {
  let emulator: Emulator;
  let folder: string;

  beforeEach(async () => {
    emulator = await createEmulator();
    folder = await mkdtemp(join(tmpdir(), "change-log-"));
  });

  afterEach(async () => {
    await emulator.close();
    await rm(folder, { recursive: true });
  });

  it("names principal and correlation id of a write", async () => {
    const path = join(folder, "changes.jsonl");
    const { registrations, changeLog } = createEmulatedClients(emulator, { AZURESTACK_CSP_CHANGE_LOG: path });
    await registrations.putCustomerSubscription(delmas, sample.delmas.tenantId);
    const entry = mappingEntry({
      operation: "put",
      registration: formatRegistrationId(paris),
      customerSubscriptionId: sample.delmas.subscriptionId,
      oldTenantId: undefined,
      newTenantId: sample.delmas.tenantId,
      oldCustomerSubscriptionId: undefined,
      outcome: "done",
    });
    await changeLog.record(entry);
    const line = JSON.parse(await readFile(path, "utf8"));
    const put = emulator.journal().find(({ method }) => method === "PUT");
    assert.equal(line.principal, sample.csp.clientId);
    assert.equal(line.correlationId, put?.correlationId);
  });

  it("stops the run before anything is written where it cannot be kept", async () => {
    const path = join(folder, "missing", "changes.jsonl");
    const { registrations } = createEmulatedClients(emulator, { AZURESTACK_CSP_CHANGE_LOG: path });
    const isUnwritable = (error: unknown) => hasCode(error, "CSP_CHANGE_LOG_UNWRITABLE");
    await assert.rejects(registrations.putCustomerSubscription(delmas, sample.delmas.tenantId), isUnwritable);
    await assert.rejects(registrations.deleteCustomerSubscription(beaumont), isUnwritable);
    assert.deepEqual(emulator.journal(), []);
  });
});
