import fc from "fast-check";
import { type CustomerSubscriptionId, NIL_GUID, type RegistrationId } from "../../../../provider/src/domain/ids.ts";
import { UNKNOWN_VALUE } from "../../../../provider/src/domain/unknown.ts";

/** GUIDs in lower case, without the two that stand for something else. */
export const guid: fc.Arbitrary<string> = fc.uuid().filter((text) => text !== NIL_GUID && text !== UNKNOWN_VALUE);

const NAME_CHARACTERS = [..."abcXYZ019-_()"];

/** Names that both resource groups and registrations may have. */
const name = fc.string({ unit: fc.constantFrom(...NAME_CHARACTERS), minLength: 1, maxLength: 40 });

export const registrationId: fc.Arbitrary<RegistrationId> = fc.record(
  { registrationSubscriptionId: guid, resourceGroup: name, registrationName: name },
  { noNullPrototype: true },
);

export const customerSubscriptionId: fc.Arbitrary<CustomerSubscriptionId> = fc.record(
  { registration: registrationId, customerSubscriptionId: guid },
  { noNullPrototype: true },
);

/** The same text in any letter case. */
export function recased(text: string): fc.Arbitrary<string> {
  return fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter.toLowerCase())).join(""));
}

/** A day between 2000 and 2100, as `YYYY-MM-DD`. */
export const day: fc.Arbitrary<string> = fc
  .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) })
  .map((instant) => new Date(instant).toISOString().slice(0, 10));

/** Inputs of a customer subscription without a problem, in both forms and any letter case. */
export const declaration: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .record({
    registration: registrationId,
    byId: fc.boolean(),
    customerSubscriptionId: guid.chain(recased),
    tenantId: fc.option(guid.chain(recased), { nil: undefined }),
    overwrite: fc.option(fc.array(guid.chain(recased), { maxLength: 3 }), { nil: undefined }),
    retainUntil: fc.option(day, { nil: undefined }),
  })
  .map(({ registration, byId, ...rest }) => {
    const { registrationSubscriptionId, resourceGroup, registrationName } = registration;
    const path = `/subscriptions/${registrationSubscriptionId}/resourceGroups/${resourceGroup}`;
    const byName = { registrationSubscriptionId, resourceGroup, registrationName };
    const registrationId = `${path}/providers/Microsoft.AzureStack/registrations/${registrationName}`;
    return { ...(byId ? { registrationId } : byName), ...rest };
  });
