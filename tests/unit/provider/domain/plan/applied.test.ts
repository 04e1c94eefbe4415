import assert from "node:assert/strict";
import {
  formatRegistrationId,
  inspectTenantList,
  type Plan,
  parseTenantList,
  readManagedMappings,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import fc from "fast-check";
import {
  createMemoryRegistrationsClient,
  type MemoryRegistrationsClient,
} from "../../../../support/memory/memoryRegistrationsClient.ts";
import { createEngine, type Engine, type Program } from "../../lifecycle/customerSubscription/engine.ts";
import { guid } from "../tenantList/sample.ts";
import { PARIS, TODAY } from "./scenario.ts";

const LYON = { ...PARIS, registrationName: "hub-lyon" };
const HUBS = { paris: PARIS, lyon: LYON };

/** Which customer subscription each tenant has on each Hub, by digits; few of both, so that they get into each other's way. */
interface Draft {
  readonly paris: readonly Pair[];
  readonly lyon: readonly Pair[];
  /** Whether every row may displace whatever is live. */
  readonly mayDisplace: boolean;
  /** Whether every row has to stay. */
  readonly isRetained: boolean;
}

type Pair = readonly [tenant: number, subscription: number];

const pair: fc.Arbitrary<Pair> = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 11, max: 16 }));
const pairs = fc
  .uniqueArray(pair, { selector: ([tenant]) => tenant, maxLength: 5 })
  .map((all) => all.filter(([, one], index) => all.findIndex(([, other]) => other === one) === index));
const draft: fc.Arbitrary<Draft> = fc.record({
  paris: pairs,
  lyon: pairs,
  mayDisplace: fc.boolean(),
  isRetained: fc.constantFrom(true, false, false, false),
});
/** Writes by hand, past the stack. */
const tampering = fc.array(fc.tuple(fc.constantFrom("paris", "lyon"), pair, fc.boolean()), { maxLength: 3 });

function listOf({ paris, lyon, mayDisplace, isRetained }: Draft): TenantList {
  const rows = Object.entries({ paris, lyon }).flatMap(([key, all]) =>
    all.map(([tenant, subscription]) => ({
      name: `Customer ${tenant}`,
      tenantId: guid(tenant),
      customerSubscriptionId: guid(subscription),
      registrations: [key],
      overwrite: mayDisplace ? [11, 12, 13, 14, 15, 16].map(guid) : [],
      ...(isRetained ? { retainUntil: "9999-12-31" } : {}),
    })),
  );
  const text = JSON.stringify({ registrations: HUBS, tenants: rows });
  const { list, issues } = parseTenantList([{ file: "tenants.json", text }]);
  assert.ok(list, issues.map(({ message }) => message).join("\n"));
  return list;
}

function programOf(list: TenantList): Program {
  return Object.fromEntries(toDeclarations(list).map(({ name, inputs }) => [name, { ...inputs }]));
}

function stateOf({ state, pending }: Engine): unknown {
  const type = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
  const resources = [...state].map(([name, { id, outputs }]) => ({
    urn: `urn:pulumi:dev::hub::${type}::${name}`,
    type,
    id,
    outputs,
  }));
  const toDelete = pending.map(({ id, outputs }) => ({ urn: `urn:${id}`, type, id, outputs, delete: true }));
  return { resources: [...resources, ...toDelete] };
}

function inspect(client: MemoryRegistrationsClient, list: TenantList, engine: Engine) {
  const managed = readManagedMappings(stateOf(engine));
  return inspectTenantList(() => client, { list, managed, today: TODAY });
}

function liveOn(client: MemoryRegistrationsClient): readonly string[] {
  return Object.values(HUBS)
    .flatMap((hub) =>
      client.mappings(hub).map(({ customerSubscriptionId, tenantId }) => key(hub, customerSubscriptionId, tenantId)),
    )
    .sort();
}

function wanted(list: TenantList, { registrations }: Plan): readonly string[] {
  const declared = toDeclarations(list).map(({ inputs }) =>
    key(inputs, inputs.customerSubscriptionId, inputs.tenantId),
  );
  const extras = registrations.flatMap(({ registration, extras }) =>
    extras.map(({ customerSubscriptionId, tenantId }) => key(registration, customerSubscriptionId, tenantId)),
  );
  return [...declared, ...extras].sort();
}

function key(hub: typeof PARIS, customerSubscriptionId: string, tenantId: string | undefined): string {
  return `${formatRegistrationId(hub)} ${customerSubscriptionId} ${tenantId}`;
}

function errorsOf({ issues }: Plan): readonly string[] {
  return issues.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

describe("planTenantList, applied", () => {
  it("gives what the list declares, from any list and any tampering, and nothing is left to do", async () => {
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(draft, tampering, draft, async (before, writes, after) => {
        const client = createMemoryRegistrationsClient({ registrations: [PARIS, LYON] });
        const engine = createEngine(client);
        await engine.up(programOf(listOf(before)));
        for (const [hub, [tenant, subscription], removes] of writes) {
          const id = { registration: hub === "paris" ? PARIS : LYON, customerSubscriptionId: guid(subscription) };
          if (removes) await client.deleteCustomerSubscription(id);
          else await client.putCustomerSubscription(id, guid(tenant));
        }
        const list = listOf(after);
        const { plan } = await inspect(client, list, engine);
        await engine.refresh();
        const { errors } = await engine.up(programOf(list));
        if (errorsOf(plan).length > 0) return;
        applied += 1;

        assert.deepEqual(errors, []);
        assert.deepEqual(liveOn(client), wanted(list, plan));
        const { plan: next } = await inspect(client, list, engine);
        assert.deepEqual(
          next.registrations.flatMap(({ changes }) => changes),
          [],
        );
      }),
      { numRuns: 400 },
    );
    assert.ok(applied > 100, `only ${applied} of the cases could be applied`);
  });

  it("refuses at least what a run would refuse", async () => {
    await fc.assert(
      fc.asyncProperty(draft, draft, async (before, after) => {
        const client = createMemoryRegistrationsClient({ registrations: [PARIS, LYON] });
        const engine = createEngine(client);
        await engine.up(programOf(listOf(before)));
        const list = listOf(after);
        const { plan } = await inspect(client, list, engine);
        const { errors } = await engine.up(programOf(list));

        if (errors.length > 0) assert.notDeepEqual(errorsOf(plan), []);
      }),
      { numRuns: 200 },
    );
  });
});
