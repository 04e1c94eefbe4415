import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RegistrationPlace } from "@azurestack-csp/emulator";
import { delmas, garance, lyon, paris } from "../../support/customers.ts";
import {
  assertFailed,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  tenantList,
} from "../../support/tenantStack.ts";
import { prefixedCredentials, twoPrincipals } from "../../support/twoPrincipals.ts";

const rows = [{ ...delmas, registrations: ["paris", "lyon"] as const }, garance];

describe("a list whose registrations have credentials of their own", () => {
  let stack: TenantStack;

  before(async () => {
    stack = await createTenantStack({ world: twoPrincipals, rows, env: prefixedCredentials });
  });

  after(() => stack.remove());

  const tenantsOn = (registration: RegistrationPlace) =>
    stack.azure.facts.customerSubscriptions(registration).map(({ tenantId }) => tenantId);

  async function declare(prefixes: Readonly<Record<string, string>>): Promise<void> {
    const list = JSON.parse(tenantList(rows)) as { registrations: Record<string, object> };
    for (const [key, credentialPrefix] of Object.entries(prefixes)) {
      list.registrations[key] = { ...list.registrations[key], credentialPrefix };
    }
    await writeFile(join(stack.program, "tenants.yaml"), JSON.stringify(list));
  }

  it("is refused before anything is written where variables are missing", async () => {
    await declare({ paris: "PARIS", lyon: "NANTES" });

    assert.match(assertFailed(await stack.up()), /CSP_CREDENTIAL_INCOMPLETE.*NANTES_CLIENT_ID/s);
    assert.ok(!tenantsOn(paris).includes(delmas.tenantId));
  });

  it("is registered by each registration's own application", async () => {
    await declare({ paris: "PARIS", lyon: "LYON" });

    assertSucceeded(await stack.up());

    assert.ok(tenantsOn(paris).includes(delmas.tenantId));
    assert.ok(tenantsOn(paris).includes(garance.tenantId));
    assert.ok(tenantsOn(lyon).includes(delmas.tenantId));
  });

  it("is refreshed and found unchanged", async () => {
    assertSucceeded(await stack.run(["refresh", "--yes", "--skip-preview", "--expect-no-changes"]));
    assertSucceeded(await stack.up("--expect-no-changes"));
  });

  it("is removed by the applications that the state names", async () => {
    assertSucceeded(await stack.run(["destroy", "--yes", "--skip-preview"]));

    assert.ok(!tenantsOn(paris).includes(delmas.tenantId));
    assert.ok(!tenantsOn(lyon).includes(delmas.tenantId));
  });
});
