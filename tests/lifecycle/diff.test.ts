import assert from "node:assert/strict";
import {
  armIdOf,
  delmas,
  grenoble,
  grenobleSecond,
  inputsOf,
  lyon,
  paris,
  registrationIdOf,
} from "../support/customers.ts";
import { type DynamicHost, startDynamicHost, UNKNOWN } from "../support/dynamicHost.ts";

const id = armIdOf(paris, grenoble);
const inputs = inputsOf(paris, grenoble);
const olds = { ...inputs, name: `${paris.name}/${grenoble.customerSubscriptionId}` };

describe("diff, in the dynamic host", () => {
  let host: DynamicHost;

  before(async () => {
    host = await startDynamicHost();
  });

  after(() => host.stop());

  const rows: readonly [string, Readonly<Record<string, unknown>>, "none" | "some", readonly string[]][] = [
    ["says outright that nothing changes", inputs, "none", []],
    ["sees no change in the letter case of ids", { ...inputs, tenantId: grenoble.tenantId.toUpperCase() }, "none", []],
    ["sees no change in a tenant that is left out", { ...inputs, tenantId: undefined }, "none", []],
    ["sees no change in `overwrite` alone", { ...inputs, overwrite: [delmas.customerSubscriptionId] }, "none", []],
    ["changes the tenant in place", { ...inputs, tenantId: delmas.tenantId }, "some", []],
    ["keeps a date in place", { ...inputs, retainUntil: "2030-01-31" }, "some", []],
    [
      "replaces for another subscription",
      { ...inputs, customerSubscriptionId: grenobleSecond.customerSubscriptionId },
      "some",
      ["customerSubscriptionId"],
    ],
    [
      "replaces for another registration",
      { ...inputs, registrationId: registrationIdOf(lyon) },
      "some",
      ["registrationId"],
    ],
    [
      "replaces for a registration that is not known yet",
      { ...inputs, registrationId: UNKNOWN },
      "some",
      ["registrationId"],
    ],
    ["changes a tenant that is not known yet in place", { ...inputs, tenantId: UNKNOWN }, "some", []],
  ];

  for (const [title, news, changes, replaces] of rows) {
    it(title, async () => {
      const known = Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined));

      assert.deepEqual(await host.diff(id, olds, known), { changes, replaces, deleteBeforeReplace: false });
    });
  }

  it("sees no change in a text of `__provider` that an earlier build wrote", async () => {
    const __provider = 'exports.handler = () => require("azurestack-csp/dynamic").v1("CustomerSubscription");';

    const { changes } = await host.diff(id, { ...olds, __provider }, inputs);

    assert.equal(changes, "none");
  });

  it("sends nothing to Azure", () => {
    assert.deepEqual(host.azure.journal(), []);
  });
});
