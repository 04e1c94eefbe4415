import assert from "node:assert/strict";
import {
  type Access,
  limitTenantList,
  type ManagedMapping,
  parseTenantList,
  planTenantList,
  type RegistrationFacts,
  type RegistrationId,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import fc from "fast-check";
import { cases, randomSeed } from "../../../../support/effort.ts";
import { guid } from "../tenantList/sample.ts";
import { managedOf, PARIS, TODAY } from "./scenario.ts";

const LYON: RegistrationId = { ...PARIS, registrationName: "hub-lyon" };
const NICE: RegistrationId = { ...PARIS, registrationName: "hub-nice" };

/** Tenants and their customer subscriptions on one registration, by digits; some of them retained. */
type Pairs = readonly (readonly [tenant: number, subscription: number, isRetained: boolean])[];

const pairs: fc.Arbitrary<Pairs> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 11, max: 15 }), fc.boolean()), {
    selector: ([tenant]) => tenant,
    maxLength: 4,
  })
  .map((all) => all.filter(([, one], index) => all.findIndex(([, other]) => other === one) === index));
const access: fc.Arbitrary<Access> = fc.constantFrom({}, { credentialPrefix: "OTHER" }, { cloud: "china" });
/** What one registration has in the state, under a key, and in the list. */
const hub = fc.record({
  held: pairs,
  rows: pairs,
  live: pairs,
  heldBy: access,
  reachedBy: access,
  isRenamed: fc.boolean(),
});

function listOf(
  hubs: Readonly<Record<string, { registration: RegistrationId; rows: Pairs; access: Access }>>,
): TenantList {
  const registrations = Object.fromEntries(
    Object.entries(hubs).map(([key, each]) => [key, { ...each.registration, ...each.access }]),
  );
  const tenants = Object.entries(hubs).flatMap(([key, { rows }]) =>
    rows.map(([tenant, subscription, isRetained]) => ({
      name: `Customer ${tenant}`,
      tenantId: guid(tenant),
      customerSubscriptionId: guid(subscription),
      registrations: [key],
      ...(isRetained ? { retainUntil: "2030-01-31" } : {}),
    })),
  );
  const text = JSON.stringify({ registrations, tenants });
  const { list, issues } = parseTenantList([{ file: "tenants.json", text }]);
  assert.ok(list, issues.map(({ message }) => message).join("\n"));
  return list;
}

function heldOn(registration: RegistrationId, key: string, request: { held: Pairs; heldBy: Access }) {
  return request.held.map(([tenant, subscription, isRetained]) => {
    const name = `${key}/${guid(tenant)}`;
    return managedOf(subscription, tenant, {
      urn: `urn:${name}`,
      name,
      id: { registration, customerSubscriptionId: guid(subscription) },
      retainUntil: isRetained ? "2031-01-31" : undefined,
      access: request.heldBy,
    });
  });
}

function factsOf(registration: RegistrationId, live: Pairs): RegistrationFacts {
  const mappings = live.map(([tenant, subscription]) => ({
    customerSubscriptionId: guid(subscription),
    tenantId: guid(tenant),
  }));
  return { registration, billingModel: "PayAsYouUse", cloudId: undefined, mappings };
}

const parameters = { seed: randomSeed(), numRuns: cases(500, 10_000) };

describe(`limitTenantList (seed ${parameters.seed})`, () => {
  it("plans nothing outside the chosen registration, and inside what the whole list plans", () => {
    fc.assert(
      fc.property(hub, hub, hub, (paris, lyon, nice) => {
        const list = listOf({
          paris: { registration: PARIS, rows: paris.rows, access: paris.reachedBy },
          lyon: { registration: LYON, rows: lyon.rows, access: lyon.reachedBy },
        });
        const managed = [
          ...heldOn(PARIS, paris.isRenamed ? "évry" : "paris", paris),
          ...heldOn(LYON, lyon.isRenamed ? "bron" : "lyon", lyon),
          ...heldOn(NICE, "nice", nice),
        ];
        const live = [factsOf(PARIS, paris.live), factsOf(LYON, lyon.live), factsOf(NICE, nice.live)];

        const limited = limitTenantList({ list, managed, keys: ["paris"] });

        assert.deepEqual(limited.unkept, []);
        const seen = live.filter(({ registration }) => limited.isLookedAt(registration));
        assert.deepEqual(
          seen.map(({ registration }) => registration),
          [PARIS],
        );
        const whole = planTenantList({ list, live, managed, today: TODAY }).registrations[0];
        const [own, ...others] = planTenantList({
          list: limited.list,
          live: seen,
          managed,
          today: TODAY,
        }).registrations;
        assert.deepEqual(own, whole);
        assert.deepEqual(
          others.flatMap(({ changes }) => changes),
          [],
        );
        const names = managed.filter((mapping) => !limited.isChosen(mapping)).map(({ name }) => name);
        const declared = toDeclarations(limited.list).filter(({ id }) => !limited.isLookedAt(id.registration));
        assert.deepEqual(declared.map(({ name }) => name).sort(), names.sort());
      }),
      parameters,
    );
  });

  const list = listOf({
    paris: { registration: PARIS, rows: [[1, 11, false]], access: {} },
    lyon: { registration: LYON, rows: [[1, 11, false]], access: {} },
  });
  const onLyon = (tenant: number, more: Partial<ManagedMapping> = {}) =>
    heldOn(LYON, "lyon", { held: [[tenant, tenant + 10, false]], heldBy: {} }).map((each) => ({ ...each, ...more }));

  for (const [what, more] of [
    ["is left to be deleted", { isPendingDelete: true }],
    ["is protected", { isProtected: true }],
    ["was written and not confirmed", { isUnconfirmed: true }],
    ["has no tenant in the state", { tenantId: undefined }],
    ["has a name that no list gives", { name: "lyon/delmas" }],
    ["has a name without a key", { name: guid(2) }],
    ["has a name of a chosen registration", { name: `paris/${guid(2)}` }],
    ["is another provider's", { provider: "azure-native" }],
    ["is reached otherwise than what else has its key", { access: { cloud: "china" } }],
  ] as const satisfies readonly (readonly [string, Partial<ManagedMapping>])[]) {
    it(`names what ${what}, because no list declares that`, () => {
      const managed = [...onLyon(1), ...onLyon(2, more)];

      const { unkept } = limitTenantList({ list, managed, keys: ["paris"] });

      assert.deepEqual(unkept, managed.slice(1));
      assert.deepEqual(limitTenantList({ list, managed, keys: ["paris", "lyon"] }).unkept, []);
    });
  }

  it("chooses what is left of the key's old registration, which a Hub that was registered anew leaves behind", () => {
    const old = heldOn(NICE, "paris", { held: [[1, 11, false]], heldBy: {} });

    const { isChosen, isLookedAt, unkept } = limitTenantList({ list, managed: old, keys: ["paris"] });

    assert.deepEqual([old.every(isChosen), isLookedAt(NICE), isLookedAt(LYON), unkept], [true, true, false, []]);
  });
});
