import type { Access, HubAccess, Tenant, TenantList } from "@azurestack-csp/provider";
import fc from "fast-check";
import { unprintableIn } from "../../../../../provider/src/domain/printable.ts";
import { guid } from "./sample.ts";

/** A tenant without its places. */
export type BareTenant = Omit<Tenant, "place" | "mappings"> & {
  readonly mappings: readonly { readonly registrationKey: string; readonly customerSubscriptionId: string }[];
};

/** A list without the places of its rows, which depend on how it is written. */
export interface BareList {
  readonly registrations: readonly {
    readonly key: string;
    readonly registration: object;
    readonly access?: Access;
    readonly hub?: HubAccess;
  }[];
  readonly tenants: readonly BareTenant[];
}

/** The list without places. */
export function withoutPlaces({ registrations, tenants }: TenantList): BareList {
  return {
    registrations: registrations.map(({ place: _, ...registration }) => registration),
    tenants: tenants.map(({ place: _, ...tenant }) => ({
      ...tenant,
      mappings: tenant.mappings.map(({ place: __, ...mapping }) => mapping),
    })),
  };
}

/** Texts as people and their tools write them, YAML's traps among them; never empty, never padded. */
const text = fc
  .oneof(
    fc.constantFrom(
      "no",
      "~x",
      "1e3",
      "007",
      "true",
      "null!",
      "a: b",
      "# c",
      "- d",
      "'",
      '"',
      "é",
      "a,b;c",
      "=1+1",
      "*e",
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  )
  .map((value) => value.replaceAll(/[\r\0\uFFFD]/g, "").trim())
  .filter((value) => value !== "" && unprintableIn(value).length === 0);

const id = fc.uuid({ version: 4 });
const date = fc.constantFrom("2026-02-28", "2028-02-29", "2026-12-31");

const access: fc.Arbitrary<Access> = fc.record(
  {
    cloud: fc.constantFrom("public", "usgovernment", "china"),
    credentialPrefix: fc.stringMatching(/^[A-Z][A-Z0-9_]{0,5}$/),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const reach = fc.record(
  {
    credentialPrefix: fc.stringMatching(/^[A-Z][A-Z0-9_]{0,5}$/),
    caFile: text,
  },
  { requiredKeys: [], noNullPrototype: true },
);

const hubs = fc.array(fc.option(fc.tuple(fc.boolean(), reach), { nil: undefined }), { minLength: 3, maxLength: 3 });

/** Lists that are right, of up to three registrations and eight tenants. */
export const arbitraryList: fc.Arbitrary<BareList> = fc
  .record({
    keys: fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,7}$/), { minLength: 1, maxLength: 3 }),
    accesses: fc.array(access, { minLength: 3, maxLength: 3 }),
    hubs,
    ids: fc.uniqueArray(id, { minLength: 32, maxLength: 32 }),
    drafts: fc.array(
      fc.record({
        name: text,
        labels: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
        isSuspended: fc.boolean(),
        retainUntil: fc.option(date, { nil: undefined }),
        overwrite: fc.array(id, { maxLength: 2 }),
        uses: fc.tuple(fc.boolean(), fc.boolean()),
        differs: fc.boolean(),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ keys, accesses, hubs, ids, drafts }) => ({
    registrations: keys.map((key, index) => ({
      key,
      registration: registrationOf(index),
      ...accessAt(accesses, index),
      ...hubAt(hubs, index),
    })),
    tenants: drafts.map(({ uses, differs, isSuspended, retainUntil, ...draft }, index): BareTenant => {
      const [usual = "", other = "", tenantId = ""] = ids.slice(index * 3);
      const until = isSuspended ? (retainUntil ?? "2027-01-01") : retainUntil;
      return {
        ...draft,
        name: `${draft.name} ${index}`,
        tenantId,
        mappings: keys
          .filter((_, place) => place === 0 || uses[place - 1])
          .map((registrationKey, place) => ({
            registrationKey,
            customerSubscriptionId: differs && place > 0 ? other : usual,
          })),
        state: isSuspended ? "suspended" : "active",
        ...(until === undefined ? {} : { retainUntil: until }),
      };
    }),
  }));

function accessAt(accesses: readonly Access[], index: number): { readonly access?: Access } {
  const { [index]: found = {} } = accesses;
  return Object.keys(found).length === 0 ? {} : { access: found };
}

type Reach = Pick<HubAccess, "credentialPrefix" | "caFile">;

/** Each has a host of its own, since no two registrations have one Hub. */
function hubAt(hubs: readonly ([boolean, Reach] | undefined)[], index: number): { readonly hub?: HubAccess } {
  const { [index]: found } = hubs;
  if (!found) return {};
  const [isOperator, rest] = found;
  const endpoint = `https://hub${index}.example:8443${isOperator ? "/" : ""}`;
  return { hub: isOperator ? { adminEndpoint: endpoint, ...rest } : { userEndpoint: endpoint, ...rest } };
}

function registrationOf(index: number) {
  return {
    registrationSubscriptionId: guid(0xa0 + index),
    resourceGroup: "azurestack",
    registrationName: `hub ${index}`,
  };
}
