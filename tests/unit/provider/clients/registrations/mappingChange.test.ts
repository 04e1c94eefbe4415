import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mappingEntry } from "../../../../../provider/src/clients/registrations/mappingChange.ts";
import { createChangeLog } from "../../../../../provider/src/clients/wire/changeLog.ts";

const registration =
  "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/azurestack-hub-paris";
const customerSubscriptionId = "f4168c91-41b3-44da-b15a-9c86b382a0ba";
const newTenantId = "64b7da04-bacd-47ba-ad27-f9b41106797e";

describe("mappingEntry", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "change-log-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("gives the line that every release has written, and finds its write in whatever letter case that went out", async () => {
    const path = join(folder, "changes.jsonl");
    const log = createChangeLog({ path, now: () => Date.parse("2026-03-01T12:00:00Z") });
    const resource = `${registration}/customerSubscriptions/${customerSubscriptionId}`.toUpperCase();
    log.observe({ resource, principal: "p", correlationId: "c" });

    await log.record(
      mappingEntry({
        outcome: "done",
        newTenantId,
        oldTenantId: undefined,
        oldCustomerSubscriptionId: undefined,
        customerSubscriptionId,
        registration,
        operation: "put",
      }),
    );

    assert.equal(
      await readFile(path, "utf8"),
      `{"time":"2026-03-01T12:00:00.000Z","principal":"p","correlationId":"c","operation":"put","registration":"${registration}","customerSubscriptionId":"${customerSubscriptionId}","oldTenantId":null,"newTenantId":"${newTenantId}","oldCustomerSubscriptionId":null,"outcome":"done"}\n`,
    );
  });
});
