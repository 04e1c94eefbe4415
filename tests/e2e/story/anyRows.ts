import fc from "fast-check";
import { customer } from "../dangerous/support/smallWorld.ts";
import type { Row, Rows } from "./twoHubs.ts";

/** Which of a customer's two subscriptions is used on a Hub, if any. */
const use = fc.constantFrom(undefined, "first" as const, "second" as const);

/** Any rows of the first so many customers over both Hubs. */
export function anyRows(customers: number): fc.Arbitrary<Rows> {
  return fc.array(fc.tuple(use, use), { minLength: customers, maxLength: customers }).map((uses) => {
    const rows = uses.map(([hub, other], number): readonly [number, Row] => {
      const sold = customer(number);
      return [number, { ...(hub ? { hub: sold[hub] } : {}), ...(other ? { other: sold[other] } : {}) }];
    });
    return new Map(rows.filter(([, row]) => Object.keys(row).length > 0));
  });
}
