import assert from "node:assert/strict";
import { type TenantList, toDeclarations } from "@azurestack-csp/provider";
import { guid, HUBS, parseYaml } from "./sample.ts";

function listOf(...tenants: readonly string[]): TenantList {
  const { list, issues } = parseYaml(`${HUBS}tenants:\n${tenants.map((tenant) => `  - { ${tenant} }\n`).join("")}`);
  assert.deepEqual(issues, []);
  assert.ok(list);
  return list;
}

const CONTOSO = `tenantId: ${guid(0xab).toUpperCase()}, customerSubscriptionId: ${guid(2)}, registrations: [paris, lyon]`;
const FABRIKAM = `name: Fabrikam, tenantId: ${guid(3)}, customerSubscriptionId: ${guid(4)}, registrations: [paris]`;

describe("toDeclarations", () => {
  it("declares each tenant on each of its registrations, with ids as the list spells them", () => {
    const [lyon, paris] = toDeclarations(listOf(`name: Contoso, labels: { a: b }, ${CONTOSO}`));

    assert.deepEqual(lyon, {
      name: `lyon/${guid(0xab)}`,
      registrationKey: "lyon",
      tenantName: "Contoso",
      labels: { a: "b" },
      state: "active",
      id: {
        registration: {
          registrationSubscriptionId: guid(0xa2),
          resourceGroup: "azurestack",
          registrationName: "hub-lyon",
        },
        customerSubscriptionId: guid(2),
      },
      inputs: {
        registrationSubscriptionId: guid(0xa2),
        resourceGroup: "azurestack",
        registrationName: "hub-lyon",
        customerSubscriptionId: guid(2),
        tenantId: guid(0xab).toUpperCase(),
      },
      place: { file: "tenants.yaml", line: 9, column: 5, row: 1, path: "tenants[0]" },
    });
    assert.equal(paris?.name, `paris/${guid(0xab)}`);
  });

  it("passes on what may be displaced, and the date until which a mapping stays", () => {
    const [declaration] = toDeclarations(listOf(`${FABRIKAM}, overwrite: [${guid(9)}], retainUntil: 2026-12-31`));

    assert.deepEqual(declaration?.inputs.overwrite, [guid(9)]);
    assert.equal(declaration?.inputs.retainUntil, "2026-12-31");
  });

  it("passes on how a registration is reached", () => {
    const { list } = parseYaml(
      `${HUBS.replace("paris:", "paris:\n    cloud: china\n    credentialPrefix: PARIS")}tenants:\n  - { name: Contoso, ${CONTOSO} }\n`,
    );

    const [lyon, paris] = list ? toDeclarations(list) : [];
    assert.deepEqual([paris?.inputs.cloud, paris?.inputs.credentialPrefix], ["china", "PARIS"]);
    assert.ok(lyon && !("cloud" in lyon.inputs) && !("credentialPrefix" in lyon.inputs));
  });

  it("does not depend on the order of rows, nor names on what customers are called", () => {
    const before = toDeclarations(listOf(`name: Contoso, ${CONTOSO}`, FABRIKAM));
    const reordered = toDeclarations(listOf(FABRIKAM, `name: Contoso, ${CONTOSO}`));
    const renamed = toDeclarations(listOf(`name: Contoso Retail, ${CONTOSO}`, FABRIKAM));

    const bare = (declarations: typeof before) => declarations.map(({ name, inputs }) => ({ name, inputs }));
    assert.deepEqual(bare(reordered), bare(before));
    assert.deepEqual(bare(renamed), bare(before));
  });
});
