import assert from "node:assert/strict";
import { formatRegistrationId, type ManagementLock, parseTenantList } from "@azurestack-csp/provider";
import { declareLocks, type LockClients } from "../../../../../sdk/nodejs/src/cli/adopt/declareLocks.ts";
import { printList } from "../../../../../sdk/nodejs/src/cli/adopt/printList.ts";
import { createMemoryRegistrationsClient } from "../../../../support/memory/memoryRegistrationsClient.ts";
import type { MemoryLock } from "../../../../support/memory/memoryWorld.ts";
import {
  createLockedWorld,
  lyon,
  notAuthorized,
  paris,
} from "../../../provider/lifecycle/customerSubscription/harness.ts";

const script: MemoryLock = { name: "RegistrationResourceLock", level: "CanNotDelete", notes: "Set by the script" };
const readOnly: MemoryLock = { name: "frozen", level: "ReadOnly" };
const registrations = [{ key: "paris", registration: paris }];

/** The lock that is declared of Paris, and what is said. */
async function declaredFor(client: LockClients["registrations"]) {
  const said: string[] = [];
  const terminal = { say: (line: string) => said.push(line) };
  const declared = await declareLocks(() => ({ registrations: client }), { registrations, terminal });
  return { locks: declared.map(({ lock }) => lock), declared, said };
}

describe("declareLocks", () => {
  it("declares the lock of a registration in the form that the list is read in", async () => {
    const { declared, said } = await declaredFor(createLockedWorld([script]));

    const { list, issues } = parseTenantList(
      printList({ registrations: declared, rows: [], file: "tenants.yaml", today: "2026-11-30" }),
    );
    assert.deepEqual(issues, []);
    assert.deepEqual(list?.registrations[0]?.lock, script);
    assert.deepEqual(said, []);
  });

  it("declares no lock that a registration inherits", async () => {
    const own = formatRegistrationId(paris);
    const scopes = [own.slice(0, own.indexOf("/providers")), own.slice(0, own.indexOf("/resourceGroups"))];
    const inherited = scopes.map(
      (scope): ManagementLock => ({ ...script, notes: undefined, scope, id: `${scope}/providers/x` }),
    );

    assert.deepEqual((await declaredFor({ listLocks: async () => inherited })).locks, [undefined]);
  });

  it("declares of several the one that forbids removals alone, and names the others", async () => {
    const { locks, said } = await declaredFor(createLockedWorld([readOnly, script]));

    assert.deepEqual(locks, [script]);
    assert.deepEqual(said, ['warning: paris has lock "frozen" (ReadOnly) too; a list declares one, and not this one.']);
  });

  it("writes no notes, and no lock, that the list could not be read with", async () => {
    const notes = await declaredFor(createLockedWorld([{ ...script, notes: "two\nlines" }]));
    const name = await declaredFor(createLockedWorld([{ ...script, name: "\u202Eeman" }]));

    assert.deepEqual(notes.locks, [{ name: script.name, level: script.level }]);
    assert.deepEqual(name.locks, [undefined]);
  });

  it("declares nothing where locks may not be read, and says so once", async () => {
    const client = createMemoryRegistrationsClient({ registrations: [{ ...paris, locks: [script] }, lyon] });
    client.fail({ operation: "listLocks", when: "before", error: notAuthorized(), times: 2 });
    const said: string[] = [];

    const declared = await declareLocks(() => ({ registrations: client }), {
      registrations: [...registrations, { key: "lyon", registration: lyon }],
      terminal: { say: (line) => said.push(line) },
    });

    assert.deepEqual(
      declared.map(({ lock }) => lock),
      [undefined, undefined],
    );
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^warning: whether paris, lyon has a lock is not known.*\[CSP_NOT_AUTHORIZED\]/);
  });

  it("does not swallow an error that is none of the catalogue", async () => {
    const client = createLockedWorld([script]);
    client.fail({ operation: "listLocks", when: "before", error: new TypeError("a fault of our own") });

    await assert.rejects(declaredFor(client), TypeError);
  });
});
