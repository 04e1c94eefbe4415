import type { RegistrationPlace } from "@azurestack-csp/emulator";
import {
  type Customer,
  delmas,
  garance,
  grenoble,
  grenobleSecond,
  horizon,
  lyon,
  marchal,
  paris,
  vasseur,
} from "../../support/customers.ts";
import type { Row } from "../../support/tenantStack.ts";

/** What the list that is killed among changes of the one before. */
export type Change = "adds" | "removes" | "moves" | "mixes";

/** What becomes of the list before the next run. */
export type NextList = "kept" | "reverted" | "changed";

/** What is registered before a run that is killed. */
export const rowsBefore: readonly Row[] = [
  on(delmas, "paris"),
  on(grenoble, "paris", "lyon"),
  on(marchal, "paris"),
  on(vasseur, "lyon"),
];

const without = (...gone: readonly Customer[]) =>
  rowsBefore.filter(({ name }) => !gone.some((row) => row.name === name));
const added = on(garance, "paris", "lyon");

/** What the run that is killed is to bring about. */
export const rowsWanted: Readonly<Record<Change, readonly Row[]>> = {
  adds: [...rowsBefore, added, on(horizon, "paris")],
  removes: without(delmas, marchal, vasseur),
  moves: [...without(grenoble, marchal), on(grenobleSecond, "paris", "lyon"), on(garance, "paris")],
  mixes: [...without(marchal, vasseur), added],
};

/** How many writes of a method each run sends at least, so that one of them can be waited for. */
export const writesOfChange: Readonly<Record<Change, Readonly<Record<"PUT" | "DELETE", number>>>> = {
  adds: { PUT: 3, DELETE: 0 },
  removes: { PUT: 0, DELETE: 3 },
  moves: { PUT: 3, DELETE: 1 },
  mixes: { PUT: 2, DELETE: 2 },
};

/** What somebody makes of the list who does not know how far the killed run has come. */
const rowsChanged: readonly Row[] = [...without(delmas), on(horizon, "lyon")];

/** What the next run is given. */
export function rowsOfNext(change: Change, next: NextList): readonly Row[] {
  return { kept: rowsWanted[change], reverted: rowsBefore, changed: rowsChanged }[next];
}

/** The mappings of rows, as `mappingName` has them. */
export function mappingsOf(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) => placesOf(row).map(({ name }) => mappingName({ registration: name, ...row })));
}

/** The registrations of a row. */
export function placesOf({ registrations = ["paris"] }: Row): readonly RegistrationPlace[] {
  const places = { paris, lyon };
  return registrations.map((key) => places[key]);
}

/** A mapping in words that can be compared. */
export function mappingName(mapping: {
  readonly registration: string;
  readonly customerSubscriptionId: string;
  readonly tenantId: string;
}): string {
  const { registration, customerSubscriptionId, tenantId } = mapping;
  return `${registration}: ${tenantId} → ${customerSubscriptionId}`.toLowerCase();
}

function on(customer: Customer, ...registrations: readonly ("paris" | "lyon")[]): Row {
  return { ...customer, registrations };
}
