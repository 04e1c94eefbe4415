import assert from "node:assert/strict";
import {
  parseTenantList,
  type TenantListFile,
  type WritableTenantList,
  writeTenantList,
} from "@azurestack-csp/provider";
import fc from "fast-check";
import { cases } from "../../../../../support/effort.ts";
import { arbitraryList, type BareList, withoutPlaces } from "../arbitraryList.ts";
import { guid } from "../sample.ts";

const FORMATS = ["yaml", "json", "csv"] as const;

/** The files of a list; CSV has the registrations, and a list without tenants, in a file beside it. */
function write(list: WritableTenantList, format: (typeof FORMATS)[number]): readonly TenantListFile[] {
  if (format !== "csv") return [{ file: `list.${format}`, text: writeTenantList(list, { format }) }];
  const hubs = { file: "hubs.yaml", text: writeTenantList({ ...list, tenants: [] }, { format: "yaml" }) };
  return list.tenants.length === 0 ? [hubs] : [hubs, { file: "list.csv", text: writeTenantList(list, { format }) }];
}

const HUB = { registrationSubscriptionId: guid(0xa1), resourceGroup: "azurestack", registrationName: "hub" };

describe("writeTenantList", () => {
  for (const format of FORMATS) {
    it(`writes ${format} that reads as the same list`, () => {
      fc.assert(
        fc.property(arbitraryList, (written: BareList) => {
          const { list, issues } = parseTenantList(write(written as WritableTenantList, format));

          assert.deepEqual(issues, []);
          assert.deepEqual(list && withoutPlaces(list), written);
        }),
        { numRuns: cases(100, 3000) },
      );
    });

    it(`keeps the order of registrations in ${format} whose keys look like numbers`, () => {
      const registrations = ["7", "1"].map((key) => ({ key, registration: { ...HUB, registrationName: `hub${key}` } }));
      const tenant = {
        name: "Contoso",
        tenantId: guid(1),
        mappings: registrations.map(({ key }, index) => ({
          registrationKey: key,
          customerSubscriptionId: guid(10 + index),
        })),
        labels: {},
        state: "active" as const,
        overwrite: [],
      };

      const { list } = parseTenantList(write({ registrations, tenants: [tenant] }, format));

      assert.deepEqual(
        list?.registrations.map(({ key }) => key),
        ["7", "1"],
      );
      assert.deepEqual(
        list?.tenants[0]?.mappings.map(({ registrationKey }) => registrationKey),
        ["7", "1"],
      );
    });
  }

  it("puts a comment on top of YAML", () => {
    const text = writeTenantList({ registrations: [], tenants: [] }, { format: "yaml", comment: "one\ntwo" });

    assert.equal(text, "# one\n# two\n\ntenants: []\n");
  });

  it("indents JSON by two spaces", () => {
    const list = { registrations: [{ key: "paris", registration: HUB }], tenants: [] };

    assert.match(writeTenantList(list, { format: "json" }), /^\{\n {2}"registrations": \{\n {4}"paris": \{\n {6}"/);
  });
});
