import fc from "fast-check";
import type { RegistrationsClient } from "../../../../../../provider/src/clients/registrations/registrationsClient.ts";
import type { UpOptions } from "../engine.ts";

const NAMES = ["a", "b", "c"];
const TENANTS = [1, 2, 3];

/** The numbers of the subscriptions that rows may name. */
export const SUBSCRIPTIONS = [1, 2, 3, 4];

/** A row of a program: its resource's name, and the numbers of tenant and subscriptions. */
export interface Row {
  readonly name: string;
  readonly t: number;
  readonly s: number;
  readonly overwrite: readonly number[];
}

/** What happens to a stack: a run, a refresh, a change by somebody else, or a failure of the service. */
export type Command =
  | { readonly kind: "up"; readonly rows: readonly Row[]; readonly options?: UpOptions }
  | { readonly kind: "refresh" }
  | { readonly kind: "outside"; readonly t: number | undefined; readonly s: number }
  | { readonly kind: "lose"; readonly operation: keyof RegistrationsClient; readonly when: "before" | "after" };

/** Any row, be it at odds with others or not. */
export const row = fc.record({
  name: fc.constantFrom(...NAMES),
  t: fc.constantFrom(...TENANTS),
  s: fc.constantFrom(...SUBSCRIPTIONS),
  overwrite: fc.subarray(SUBSCRIPTIONS),
});

/** Rows as a list that was checked has them: one per name, per tenant and per subscription. */
export const consistentRows = fc
  .uniqueArray(row, { selector: ({ name }) => name })
  .map((rows) => rows.filter((one, at) => !rows.slice(0, at).some(({ t, s }) => t === one.t || s === one.s)));

/** A run of a program of these rows. */
export const up = (rows: fc.Arbitrary<Row[]>): fc.Arbitrary<Command> =>
  fc.record({ kind: fc.constant("up" as const), rows });

/**
 * A run that goes on past failures, and replaces resources on request; it leaves some out, or deletes some first.
 *
 * Not both: what was deleted first and is then not so much as asked for, nobody can keep.
 */
export const upAtAnyCost = (rows: fc.Arbitrary<Row[]>): fc.Arbitrary<Command> => {
  const names = fc.subarray(NAMES);
  const options = fc.oneof(
    fc.record({ replace: names, leftOut: names }),
    fc.record({ replace: names, deleteBeforeReplace: names }),
  );
  return fc.record({
    kind: fc.constant("up" as const),
    rows,
    options: options.map((chosen) => ({ ...chosen, continueOnError: true })),
  });
};

/** A mapping that somebody else writes, or removes. */
export const outside: fc.Arbitrary<Command> = fc.record({
  kind: fc.constant("outside" as const),
  t: fc.constantFrom(undefined, ...TENANTS),
  s: fc.constantFrom(...SUBSCRIPTIONS),
});

/** A refresh of all resources. */
export const refresh: fc.Arbitrary<Command> = fc.constant({ kind: "refresh" });

/** A request that fails once, before or after it was carried out. */
export const lose: fc.Arbitrary<Command> = fc.record({
  kind: fc.constant("lose" as const),
  operation: fc.constantFrom(
    "putCustomerSubscription" as const,
    "deleteCustomerSubscription" as const,
    "getCustomerSubscription" as const,
    "listCustomerSubscriptions" as const,
  ),
  when: fc.constantFrom("before" as const, "after" as const),
});
