import assert from "node:assert/strict";
import {
  parseTenantList,
  planTenantList,
  registrationKey,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import fc from "fast-check";
import { cases, randomSeed } from "../../../../../support/effort.ts";
import { arbitraryList, type BareList, withoutPlaces } from "../arbitraryList.ts";
import { csvPrinter, type ListPrinter, printJson, printYaml } from "../printList.ts";
import { assertExplained } from "./explained.ts";
import { type ListText, readPlainly } from "./plainReading.ts";

const parameters = { seed: randomSeed(), numRuns: cases(150, 3500) };

interface Damage {
  readonly at: number;
  readonly length: number;
  readonly inserted: string;
}

const slips = [
  "",
  "\t",
  "\n",
  '"',
  "'",
  ":",
  ": ",
  "- ",
  "&a ",
  "*a",
  "[",
  "{",
  "---\n",
  ";",
  ",",
  "=",
  "\0",
  "\uFEFF",
];
const tags = ["!!set ", "!!binary ", "!x ", "<<: ", "? ", "| ", "> ", "# ", "%YAML 1.1\n", "\u2028", "null", "~"];

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.nat(3), fc.nat(400)),
  inserted: fc.oneof(fc.constantFrom(...slips, ...tags), fc.string({ unit: "binary", maxLength: 6 })),
});

const print = fc.constantFrom<ListPrinter>(printYaml, printJson, csvPrinter(";", "\r\n"), csvPrinter(",", "\n"));

/** Cuts a piece out of the text and puts another in its place; what a file cannot hold, half a character, is left out. */
function mangle(text: string, { at, length, inserted }: Damage): string {
  const start = Math.floor(at * text.length);
  return (text.slice(0, start) + inserted + text.slice(start + length)).toWellFormed();
}

function textsOf(list: BareList, printer: ListPrinter): readonly ListText[] {
  return printer(list).flatMap((source) => ("text" in source ? [source] : []));
}

/** Asserts that the files give what they say, or errors that are complete; never part of a list. */
function assertRightOrExplained(files: readonly ListText[]): TenantList | undefined {
  const { list, issues } = parseTenantList(files);
  for (const issue of issues) assertExplained(issue, files);
  assert.equal(
    list === undefined,
    issues.some(({ severity }) => severity === "error"),
  );
  if (list) assert.deepEqual(withoutPlaces(list), readPlainly(files));
  return list;
}

/** Mappings as `registration subscription`, and the tenants of each registration. */
function claimsOf(list: TenantList) {
  return toDeclarations(list).map(({ inputs }) => {
    const registration = registrationKey(inputs);
    const subscription = `${registration} ${inputs.customerSubscriptionId.toLowerCase()}`;
    return { inputs, subscription, tenant: `${registration} ${inputs.tenantId.toLowerCase()}` };
  });
}

/** Asserts that a plan removes the mappings whose tenant and subscription the damaged list no longer has, and no other. */
function assertRemovesNoOther(before: TenantList, after: TenantList): void {
  const managed = toDeclarations(before).map(({ name, inputs }) => {
    const { registrationSubscriptionId, resourceGroup, registrationName, customerSubscriptionId, tenantId } = inputs;
    const registration = { registrationSubscriptionId, resourceGroup, registrationName };
    return {
      urn: name,
      name,
      provider: "azurestack-csp" as const,
      id: { registration, customerSubscriptionId },
      tenantId,
      retainUntil: undefined,
      isPendingDelete: false,
      isProtected: false,
      isUnconfirmed: false,
      access: {},
    };
  });
  const { registrations } = planTenantList({ list: after, live: [], managed, today: "2026-11-21" });
  const removed = registrations.flatMap(({ registration, changes }) =>
    changes
      .filter(({ kind }) => kind === "offboard")
      .map((change) => `${registrationKey(registration)} ${change.customerSubscriptionId.toLowerCase()}`),
  );
  const kept = new Set(claimsOf(after).flatMap(({ subscription, tenant }) => [subscription, tenant]));
  const gone = claimsOf(before).filter(({ subscription, tenant }) => !kept.has(subscription) && !kept.has(tenant));
  assert.deepEqual(removed.sort(), gone.map(({ subscription }) => subscription).sort());
}

describe(`parseTenantList on mangled files (seed ${parameters.seed})`, () => {
  it("gives what the files say, or errors with code, value, place and remedy; and nobody is removed by it", () => {
    const damages = fc.array(damage, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(arbitraryList, print, damages, (bare, printer, all) => {
        const files = textsOf(bare, printer);
        const before = assertRightOrExplained(files);
        assert.ok(before);
        const after = assertRightOrExplained(files.map(({ file, text }) => ({ file, text: all.reduce(mangle, text) })));
        if (after) assertRemovesNoOther(before, after);
      }),
      parameters,
    );
  });

  it("points at the value that is wrong, whichever it is", () => {
    const wrong = fc.record({
      field: fc.constantFrom(
        "tenantId",
        "customerSubscriptionId",
        "state",
        "retainUntil",
        "overwrite",
        "registrationKey",
      ),
      value: fc.stringMatching(/^wrong[a-z0-9]{8}$/),
      at: fc.nat(),
    });
    fc.assert(
      fc.property(arbitraryList, print, wrong, (bare, printer, { field, value, at }) => {
        fc.pre(bare.tenants.length > 0);
        const files = textsOf(withWrongValue(bare, { field, value, at: at % bare.tenants.length }), printer);

        const { list, issues } = parseTenantList(files);

        assert.equal(list, undefined);
        for (const issue of issues) assertExplained(issue, files);
        const places = files.flatMap(({ file, text }) => linesWith(value, text).map((line) => `${file}:${line}`));
        const named = issues.filter(({ message }) => message.includes(`"${value}"`));
        assert.deepEqual([...new Set(named.map(({ file, line }) => `${file}:${line}`))], places);
      }),
      parameters,
    );
  });

  it("gives a list, or errors with their places, for any text at all", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc
        .array(fc.constantFrom(...slips, ...tags, "tenants", "registrations", "name", "tenantId", " ", "a"), {
          maxLength: 40,
        })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(fc.constantFrom("a.yaml", "a.json", "a.csv"), text, (file, source) => {
        assertRightOrExplained([{ file, text: source }]);
      }),
      parameters,
    );
  });
});

function withWrongValue(
  list: BareList,
  { field, value, at }: { readonly field: string; readonly value: string; readonly at: number },
): BareList {
  const tenants = list.tenants.map((tenant, index) => {
    if (index !== at) return tenant;
    if (field === "overwrite") return { ...tenant, overwrite: [...tenant.overwrite, value] };
    const [first, ...rest] = tenant.mappings;
    if (field === "registrationKey" && first)
      return { ...tenant, mappings: [{ ...first, registrationKey: value }, ...rest] };
    if (field === "customerSubscriptionId" && first) {
      return { ...tenant, mappings: [{ ...first, customerSubscriptionId: value }, ...rest] };
    }
    return { ...tenant, [field]: value };
  });
  return { ...list, tenants };
}

function linesWith(value: string, text: string): readonly number[] {
  return text.split(/\r\n?|\n/).flatMap((line, index) => (line.includes(value) ? [index + 1] : []));
}
