import assert from "node:assert/strict";
import type { RegistrationsClient } from "../../../../../provider/src/clients/registrations/registrationsClient.ts";
import { registrationKey } from "../../../../../provider/src/domain/ids.ts";
import { UNKNOWN_VALUE } from "../../../../../provider/src/domain/unknown.ts";
import {
  accepted,
  createWorld,
  declaration,
  mapping,
  notAuthorized,
  paris,
  refusal,
  startRun,
  stored,
  subscription,
  type TestRun,
  tenant,
  writes,
} from "./harness.ts";

const unchanged = { changes: false, replaces: [] };
const changed = { changes: true, replaces: [] };

/** What the program saw on Paris, by the numbers of subscription and tenant. */
function saw({ deps }: TestRun, pairs: readonly (readonly [subscription: number, tenant: string])[]): void {
  const mappings = Object.fromEntries(pairs.map(([s, tenantId]) => [subscription(s), tenantId]));
  deps.run.findings.note({ [registrationKey(paris)]: mappings });
}

/** The first customer as the state holds it, and as it is declared. */
function declared({ lifecycle }: TestRun, options: Parameters<typeof declaration>[2] = {}) {
  return { ...stored(1), inputs: accepted(lifecycle, declaration(1, 1, options), declaration(1, 1)) };
}

describe("a mapping that the state holds and that the program has not seen live", () => {
  it("is a change where it is gone, and is written again", async () => {
    const client = createWorld();
    const run = startRun(client);
    saw(run, []);
    const kept = declared(run);

    assert.deepEqual(await run.lifecycle.diff(kept), changed);
    assert.deepEqual(await run.lifecycle.update(kept), { tenantId: tenant(1) });

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    assert.match(run.said.join(""), new RegExp(`^Tenant ${tenant(1)} is not mapped to .*${subscription(1)}`));
  });

  it("is written again beside a change that is the state's alone, such as a day", async () => {
    const client = createWorld();
    const run = startRun(client);
    saw(run, []);
    const kept = declared(run, { retainUntil: "2027-01-31" });

    assert.deepEqual(await run.lifecycle.diff(kept), changed);
    await run.lifecycle.update(kept);

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("is left as it is where the program's list only lagged, also where the service gives no tenant", async () => {
    for (const tenantId of [tenant(1), undefined]) {
      const client = createWorld([mapping(1, 1)]);
      const getCustomerSubscription: RegistrationsClient["getCustomerSubscription"] = async (id) => {
        const { tenantId: _, ...live } = await client.getCustomerSubscription(id);
        return { ...live, tenantId };
      };
      const run = startRun({ ...client, getCustomerSubscription });
      saw(run, []);

      assert.deepEqual(await run.lifecycle.diff(declared(run)), unchanged);

      const asked = client.calls.map(({ operation }) => operation);
      assert.deepEqual(asked, ["getCustomerSubscription"]);
      assert.deepEqual(run.said, []);
    }
  });

  it("is refused where another tenant holds the customer subscription by now", async () => {
    const client = createWorld([mapping(2, 1)]);
    const run = startRun(client);
    saw(run, [[1, tenant(2)]]);
    const kept = declared(run);

    assert.deepEqual(await run.lifecycle.diff(kept), changed);
    await refusal(run.lifecycle.update(kept), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");

    assert.deepEqual(writes(client), []);
  });

  it("is refused where the tenant has another customer subscription by now", async () => {
    const client = createWorld([mapping(1, 2)]);
    const run = startRun(client);
    saw(run, [[2, tenant(1)]]);
    const kept = declared(run);

    assert.deepEqual(await run.lifecycle.diff(kept), changed);
    await refusal(run.lifecycle.update(kept), "CSP_TENANT_MAPPED_ELSEWHERE");
  });

  it("does not count as unchanged where it may not be read", async () => {
    const client = createWorld();
    client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });
    const run = startRun(client);
    saw(run, []);

    await refusal(run.lifecycle.diff(declared(run)), "CSP_NOT_AUTHORIZED");
  });
});

describe("a mapping that nothing is known against", () => {
  it("is not asked for: it was seen, its tenant is not given, or nobody has looked", async () => {
    const client = createWorld();
    for (const pairs of [[[1, tenant(1)]], [[1, ""]], undefined] as const) {
      const run = startRun(client);
      if (pairs) saw(run, pairs);

      assert.deepEqual(await run.lifecycle.diff(declared(run)), unchanged);
    }
    assert.deepEqual(client.calls, []);
  });

  it("is not asked for where a preview does not know its inputs, or where it is written anyway", async () => {
    const client = createWorld();
    const run = startRun(client);
    saw(run, []);
    const unknown = [{ tenantId: UNKNOWN_VALUE }, { credentialPrefix: UNKNOWN_VALUE }, { tenantId: tenant(3) }];

    for (const inputs of unknown) {
      const kept = { ...stored(1), inputs: { ...declaration(1, 1), ...inputs } };
      assert.deepEqual(await run.lifecycle.diff(kept), changed);
    }
    assert.deepEqual(client.calls, []);
  });
});
