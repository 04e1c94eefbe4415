import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { parse } from "yaml";
import { ROOT_KEYS } from "../../../../../provider/src/domain/tenantList/parseTenantList.ts";
import { HUB_KEYS } from "../../../../../provider/src/domain/tenantList/readHub.ts";
import { LOCK_KEYS, REGISTRATION_KEYS } from "../../../../../provider/src/domain/tenantList/readRegistrations.ts";
import { DEFAULTS_KEYS, TENANT_KEYS } from "../../../../../provider/src/domain/tenantList/readTenants.ts";
import { arbitraryList } from "./arbitraryList.ts";
import { printYaml } from "./printList.ts";
import { guid } from "./sample.ts";

const ROOT = new URL("../../../../../", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("schemas/tenant-list.schema.json", ROOT), "utf8"));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

function errorsOf(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

describe("tenant-list.schema.json", () => {
  it("accepts the sample", () => {
    const sample = readFileSync(new URL("tenants.yaml", ROOT), "utf8");

    assert.match(sample, /^# yaml-language-server: \$schema=\.\/schemas\/tenant-list\.schema\.json\n/);
    assert.deepEqual(errorsOf(parse(sample)), []);
  });

  it("accepts every list that the parser reads", () => {
    fc.assert(
      fc.property(arbitraryList, (list) => {
        const [file] = printYaml(list);

        assert.deepEqual(errorsOf(parse(file && "text" in file ? file.text : "")), []);
      }),
    );
  });

  it("knows the keys that the parser knows", () => {
    const { properties, definitions } = schema;

    assert.deepEqual(Object.keys(properties).sort(), [...ROOT_KEYS].sort());
    assert.deepEqual(Object.keys(properties.defaults.properties).sort(), [...DEFAULTS_KEYS].sort());
    assert.deepEqual(Object.keys(definitions.registration.properties).sort(), [...REGISTRATION_KEYS].sort());
    const { lock } = definitions.registration.properties;
    assert.deepEqual(Object.keys(lock.properties).sort(), [...LOCK_KEYS].sort());
    assert.deepEqual(Object.keys(definitions.hub.properties).sort(), [...HUB_KEYS].sort());
    assert.deepEqual(Object.keys(definitions.tenant.properties).sort(), [...TENANT_KEYS].sort());
  });

  const tenant = { name: "Contoso", tenantId: guid(1), customerSubscriptionId: guid(2), registrations: ["paris"] };
  const refused: readonly (readonly [string, object, string])[] = [
    ["a misspelled key", { ...tenant, tenantID: guid(1) }, "/tenants/0 additionalProperties"],
    ["an id that is none", { ...tenant, tenantId: "contoso" }, "/tenants/0/tenantId pattern"],
    ["a nil id", { ...tenant, tenantId: "00000000-0000-0000-0000-000000000000" }, "/tenants/0/tenantId not"],
    ["another state", { ...tenant, state: "closed" }, "/tenants/0/state enum"],
    ["suspension without a date", { ...tenant, state: "suspended" }, "/tenants/0 required"],
  ];
  for (const [what, row, error] of refused) {
    it(`marks ${what}`, () => {
      assert.ok(errorsOf({ tenants: [row] }).includes(error));
    });
  }
});
