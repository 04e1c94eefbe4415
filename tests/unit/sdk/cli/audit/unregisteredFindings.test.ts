import assert from "node:assert/strict";
import {
  formatRegistrationId,
  type LocalSubscription,
  type Problem,
  planTenantList,
  type RegistrationFacts,
} from "@azurestack-csp/provider";
import type { LocalFacts } from "../../../../../sdk/nodejs/src/cli/audit/lookAtHubs.ts";
import { unregisteredFindings } from "../../../../../sdk/nodejs/src/cli/audit/unregisteredFindings.ts";
import { factsOf, idsOf } from "../plan/plans.ts";

const HOME = "c0000000-0000-4000-8000-000000000000";
const PROBLEM: Problem = { code: "CSP_NOT_AUTHORIZED", message: "[CSP_NOT_AUTHORIZED] …" };

function local(tenantId: string | undefined, changes: Partial<LocalSubscription> = {}): LocalSubscription {
  const told = { owner: undefined, offerId: undefined, externalReferenceId: undefined, ...changes };
  return { subscriptionId: "l-1", displayName: "Production", tenantId, state: "Enabled", ...told };
}

interface World {
  readonly declared?: readonly number[];
  readonly live?: readonly number[];
  /** Members of the registration's facts that are otherwise. */
  readonly facts?: object;
  readonly registrationId?: string;
}

function find(subscriptions: readonly LocalSubscription[] | LocalFacts, world: World = {}) {
  const { declared = [], live: mapped = [], facts: changes = {}, registrationId } = world;
  const { list, live, managed } = factsOf({ declared, live: mapped, managed: [] });
  const read = live.map((each) => ({ ...each, ...changes }) as RegistrationFacts);
  const { registrations } = planTenantList({ list, live: read, managed, today: "2026-11-21" });
  const [first] = live;
  assert(first);
  const activation = {
    registrationId: registrationId ?? formatRegistrationId(first.registration).toUpperCase(),
    cloud: undefined,
    expiration: undefined,
    usageReportingEnabled: true,
    provisioningState: undefined,
  };
  const facts: LocalFacts =
    "length" in subscriptions
      ? { subscriptions, operatorSubscriptionId: "p-1", homeTenantId: HOME.toUpperCase() }
      : subscriptions;
  const hubs = [{ key: "paris", activation, otherCloudId: undefined, local: facts }];
  return unregisteredFindings({ registrations, live: read, hubs, list });
}

describe("unregisteredFindings", () => {
  const { tenantId } = idsOf(9);

  it("finds a tenant that nobody registered, once, with its subscriptions and the row to add", () => {
    const [found, ...others] = find([
      local(tenantId),
      local(tenantId.toUpperCase(), { subscriptionId: "l-2", displayName: "Archives", state: "Disabled" }),
    ]);

    assert.deepEqual(others, []);
    assert.deepEqual([found?.kind, found?.severity, found?.registration], ["unregistered", "finding", "paris"]);
    assert.equal(found?.tenantId, tenantId);
    assert.match(
      found?.message ?? "",
      /"Production" \(l-1\), "Archives" \(l-2\): usage is billed to the registration's/,
    );
    assert.match(found?.message ?? "", new RegExp(`add its row: .*tenantId: ${tenantId}.*registrations: \\[paris\\]`));
  });

  it("leaves out who is live or in the list for this Hub, in any letter case, and the operator's own", () => {
    const own = [
      local(HOME),
      local("d0000000-0000-4000-8000-000000000000", { subscriptionId: "P-1" }),
      local(idsOf(1).tenantId.toUpperCase()),
      local(idsOf(2).tenantId),
    ];

    assert.deepEqual(find(own, { declared: [1], live: [2] }), []);
  });

  it("takes the operator's directory from its own subscription where the Hub tells it nowhere else", () => {
    const subscriptions = [local(HOME, { subscriptionId: "p-1" }), local(HOME)];

    assert.deepEqual(find({ subscriptions, operatorSubscriptionId: "P-1", homeTenantId: undefined }), []);
  });

  it("says of who is in the list for other Hubs alone what is to be added to the row", () => {
    const { list, live, managed } = factsOf({ declared: [9], live: [], managed: [] });
    const elsewhere = list.tenants.map((tenant) => ({
      ...tenant,
      mappings: tenant.mappings.map((each) => ({ ...each, registrationKey: "lyon" })),
    }));
    const { registrations } = planTenantList({ list, live, managed, today: "2026-11-21" });
    const [first] = live;
    assert(first);
    const activation = {
      registrationId: formatRegistrationId(first.registration),
      cloud: undefined,
      expiration: undefined,
      usageReportingEnabled: true,
      provisioningState: undefined,
    };
    const facts = { subscriptions: [local(tenantId)], operatorSubscriptionId: "p-1", homeTenantId: HOME };
    const hubs = [{ key: "paris", activation, otherCloudId: undefined, local: facts }];

    const [found] = unregisteredFindings({ registrations, live, hubs, list: { tenants: elsewhere } });

    assert.match(found?.message ?? "", /add paris to the registrations of its row$/);
  });

  it("only notes who has nothing but disabled subscriptions, which report no usage", () => {
    const [found] = find([local(tenantId, { state: "Disabled" })]);

    assert.equal(found?.severity, "note");
    assert.match(found?.message ?? "", /once enabled, usage is billed to the registration's own subscription/);
  });

  it("does not take for fine what is not known", () => {
    const [untold] = find([local(undefined)]);
    const [unread] = find({ problem: "[CSP_HUB_NOT_AUTHORIZED] …" });
    const mappings = [{ customerSubscriptionId: idsOf(1).customerSubscriptionId, tenantId: undefined }];
    const [unsure] = find([local(tenantId)], { facts: { mappings } });

    assert.match(untold?.message ?? "", /whether the tenant is registered is not known/);
    assert.match(unread?.message ?? "", /is not known: \[CSP_HUB_NOT_AUTHORIZED\]/);
    assert.match(unsure?.message ?? "", /as far as Azure tells the tenants of its mappings/);
    for (const each of [untold, unread, unsure]) assert.equal(each?.severity, "finding");
  });

  it("says nothing more of a registration that was not read, or of a Hub that another one registers", () => {
    assert.deepEqual(find([local(tenantId)], { facts: { problem: PROBLEM } }), []);
    const other = "/subscriptions/s/resourceGroups/g/providers/Microsoft.AzureStack/registrations/other";
    assert.deepEqual(find([local(tenantId)], { registrationId: other }), []);
  });
});
