import assert from "node:assert/strict";
import type { RegistrationsClient } from "../../provider/src/clients/registrations/registrationsClient.ts";
import type { ErrorCode } from "../../provider/src/domain/errors/catalogue.ts";
import { hasCode } from "../../provider/src/domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  type RegistrationId,
} from "../../provider/src/domain/ids.ts";
import { sample } from "../emulator/support/sample.ts";

/** A client over the sample world, made anew for each test. */
export interface Subject {
  readonly client: RegistrationsClient;
  /** Whether the answer to a PUT describes what was written. */
  readonly describesWrites: boolean;
  close(): Promise<void>;
}

/** A subscription that no directory of the world has. */
export const UNKNOWN_SUBSCRIPTION = "11111111-2222-4333-8444-555555555555";

const paris = registration(sample.paris);
const lyon = registration(sample.lyon);
const marseille = registration(sample.marseille);
const lille = registration(sample.lille);
const vanished: RegistrationId = { ...paris, registrationName: "azurestack-hub-vanished" };

/** What every registrations client does, whatever is behind it. */
export function describeRegistrationsClient(name: string, open: () => Promise<Subject>): void {
  describe(`RegistrationsClient: ${name}`, () => {
    let subject: Subject;
    let client: RegistrationsClient;

    beforeEach(async () => {
      subject = await open();
      client = subject.client;
    });

    afterEach(() => subject.close());

    const tenants = async (of: RegistrationId) =>
      (await client.listCustomerSubscriptions(of)).map(({ customerSubscriptionId, tenantId }) => [
        customerSubscriptionId,
        tenantId,
      ]);

    describe("reads", () => {
      it("describe a registration", async () => {
        const found = await client.getRegistration(paris);
        assert.equal(found.id, formatRegistrationId(paris));
        assert.equal(found.name, "azurestack-hub-paris");
        assert.equal(found.billingModel, "PayAsYouUse");
        assert.equal(found.cloudId, "9bfbb73a-a0ef-4910-ba8f-0ab502742722");
      });

      it("tell a registration that is not there from one that may not be read", async () => {
        await rejects(client.getRegistration(vanished), "CSP_RESOURCE_NOT_FOUND", "CSP_REGISTRATION_NOT_FOUND");
      });

      it("list the registrations of a subscription", async () => {
        const names = (await client.listRegistrations(paris.registrationSubscriptionId)).map(({ name }) => name);
        assert.deepEqual(names.sort(), ["azurestack-hub-marseille", "azurestack-hub-paris"]);
      });

      it("list the customer subscriptions of a registration", async () => {
        assert.deepEqual(await tenants(lyon), [[sample.alpes.subscriptionId, sample.alpes.tenantId]]);
      });

      it("hand on ids that can be asked for as they are", async () => {
        const [listed] = await client.listCustomerSubscriptions(lyon);
        assert.ok(listed);
        assert.deepEqual(listed.registration, lyon);
        assert.deepEqual(await client.getCustomerSubscription(listed), listed);

        const [found] = await client.listRegistrations(lyon.registrationSubscriptionId);
        assert.ok(found);
        assert.deepEqual(await client.getRegistration(found), found);
      });

      it("refuse to list under a registration that is not there", async () => {
        await rejects(client.listCustomerSubscriptions(vanished), "CSP_REGISTRATION_NOT_FOUND", "CSP_PARENT_NOT_FOUND");
      });

      it("tell a customer subscription that is not registered", async () => {
        const id = customer(paris, sample.delmas.subscriptionId);
        await rejects(
          client.getCustomerSubscription(id),
          "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND",
          "CSP_RESOURCE_NOT_FOUND",
        );
      });

      it("tell a customer subscription whose registration is not there", async () => {
        const id = customer(vanished, sample.delmas.subscriptionId);
        await rejects(client.getCustomerSubscription(id), "CSP_REGISTRATION_NOT_FOUND", "CSP_PARENT_NOT_FOUND");
      });

      it("name the lock on a registration, and none where there is none", async () => {
        const [lock, ...others] = await client.listLocks(lyon);
        assert.equal(lock?.name, "RegistrationResourceLock");
        assert.equal(lock?.level, "CanNotDelete");
        assert.equal(lock?.scope.toLowerCase(), formatRegistrationId(lyon).toLowerCase());
        assert.deepEqual(others, []);
        assert.deepEqual(await client.listLocks(paris), []);
      });

      it("give a subscription's directory without any right to it", async () => {
        assert.equal(await client.getDirectory(sample.delmas.subscriptionId), sample.delmas.tenantId);
        assert.equal(await client.getDirectory(UNKNOWN_SUBSCRIPTION), undefined);
      });
    });

    describe("putCustomerSubscription", () => {
      it("maps a tenant, and says so where the service does", async () => {
        const id = customer(paris, sample.delmas.subscriptionId);
        const answer = await client.putCustomerSubscription(id, sample.delmas.tenantId);
        assert.equal(answer === undefined, !subject.describesWrites);
        const found = await client.getCustomerSubscription(id);
        assert.equal(found.id, formatCustomerSubscriptionId(id));
        assert.equal(found.customerSubscriptionId, sample.delmas.subscriptionId);
        assert.equal(found.tenantId, sample.delmas.tenantId);
        if (answer) assert.deepEqual(answer, found);
      });

      it("takes the tenant's earlier mapping away", async () => {
        const id = customer(paris, sample.beaumont.secondSubscriptionId);
        await client.putCustomerSubscription(id, sample.beaumont.tenantId);
        const before = customer(paris, sample.beaumont.subscriptionId);
        await rejects(client.getCustomerSubscription(before), "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND");
      });

      it("writes the same mapping twice without harm", async () => {
        const id = customer(paris, sample.beaumont.subscriptionId);
        const before = await tenants(paris);
        await client.putCustomerSubscription(id, sample.beaumont.tenantId);
        assert.deepEqual(await tenants(paris), before);
      });

      it("finds an id in another letter case, and keeps it as first written", async () => {
        const upper = customer(paris, sample.delmas.subscriptionId.toUpperCase());
        await client.putCustomerSubscription(upper, sample.delmas.tenantId);
        const lower = customer(paris, sample.delmas.subscriptionId);
        await client.putCustomerSubscription(lower, sample.delmas.tenantId);
        const found = await client.getCustomerSubscription(lower);
        assert.equal(found.customerSubscriptionId, sample.delmas.subscriptionId.toUpperCase());
      });

      it("is let through by a lock against deletion", async () => {
        const id = customer(lyon, sample.delmas.subscriptionId);
        await client.putCustomerSubscription(id, sample.delmas.tenantId);
        assert.equal((await client.getCustomerSubscription(id)).tenantId, sample.delmas.tenantId);
      });

      for (const [what, id, code] of [
        [
          "a registration that is not there",
          customer(vanished, sample.delmas.subscriptionId),
          "CSP_REGISTRATION_NOT_FOUND",
        ],
        [
          "a capacity-billed registration",
          customer(marseille, sample.delmas.subscriptionId),
          "CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED",
        ],
        [
          "a registration without approval",
          customer(lille, sample.delmas.subscriptionId),
          "CSP_UNAUTHORIZED_CSP_REGISTRATION",
        ],
        ["an unknown subscription", customer(paris, UNKNOWN_SUBSCRIPTION), "CSP_INVALID_CUSTOMER_SUBSCRIPTION_ID"],
        ["a subscription of no partner", customer(paris, sample.ugine.subscriptionId), "CSP_INVALID_CSP_SUBSCRIPTION"],
        [
          "another partner's subscription",
          customer(paris, sample.thevenin.subscriptionId),
          "CSP_BAD_CUSTOMER_SUBSCRIPTION_ID",
        ],
      ] as const) {
        it(`refuses ${what}`, () => rejects(client.putCustomerSubscription(id, sample.delmas.tenantId), code));
      }
    });

    describe("deleteCustomerSubscription", () => {
      it("removes a mapping, and knows when there is none", async () => {
        const id = customer(paris, sample.beaumont.subscriptionId);
        assert.equal(await client.deleteCustomerSubscription(id), "deleted");
        assert.equal(await client.deleteCustomerSubscription(id), "unproven");
        await rejects(client.getCustomerSubscription(id), "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND");
      });

      it("is stopped by a lock, which the error names with the commands that lift and restore it", async () => {
        const id = customer(lyon, sample.alpes.subscriptionId);
        await assert.rejects(client.deleteCustomerSubscription(id), (error) => {
          assert(hasCode(error, "CSP_SCOPE_LOCKED"));
          assert.match(error.message, /"RegistrationResourceLock" \(CanNotDelete\)/);
          assert.match(error.message, /az lock delete --ids \/subscriptions\//);
          assert.match(
            error.message,
            /az lock create --name RegistrationResourceLock --lock-type CanNotDelete --resource /,
          );
          return true;
        });
        assert.equal((await client.getCustomerSubscription(id)).tenantId, sample.alpes.tenantId);
      });
    });
  });
}

function registration(place: { subscriptionId: string; resourceGroup: string; name: string }): RegistrationId {
  return {
    registrationSubscriptionId: place.subscriptionId,
    resourceGroup: place.resourceGroup,
    registrationName: place.name,
  };
}

function customer(of: RegistrationId, customerSubscriptionId: string): CustomerSubscriptionId {
  return { registration: of, customerSubscriptionId };
}

async function rejects(act: Promise<unknown>, ...codes: ErrorCode[]): Promise<void> {
  await assert.rejects(act, (error) => {
    assert(hasCode(error, ...codes), `${codes.join(" or ")} expected, got ${error}`);
    return true;
  });
}
