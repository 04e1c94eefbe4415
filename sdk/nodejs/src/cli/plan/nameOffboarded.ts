import { type Loss, type LossNames, type Plan, type PlannedChange, registrationKey } from "@azurestack-csp/provider";
import pMap from "p-map";
import type { NameSource } from "../input/clients.ts";
import { registrationNameOf } from "./planWording.ts";

/** How many names are asked for, at most: nobody reads more, and the guard lets through far fewer. */
const ASKED = 200;

/** How many at one time. */
const CONCURRENCY = 8;

/**
 * Gives customers a name that the list has no longer: the display name of their subscription, where Azure tells it.
 *
 * One GET each, of those that are offboarded alone.
 */
export async function nameOffboarded(plan: Plan, nameOf: NameSource): Promise<Plan> {
  const nameless = plan.registrations.flatMap(({ access, changes }) =>
    changes.filter(isNameless).map((change) => ({ access, change })),
  );
  const names = new Map(
    await pMap(
      nameless.slice(0, ASKED),
      async ({ access, change }) => [change, await nameOf(access, change.customerSubscriptionId)] as const,
      { concurrency: CONCURRENCY },
    ),
  );
  const registrations = plan.registrations.map((registration) => ({
    ...registration,
    changes: registration.changes.map((change) => ({ ...change, tenantName: change.tenantName ?? names.get(change) })),
  }));
  return { ...plan, registrations };
}

function isNameless({ kind, tenantName }: PlannedChange): boolean {
  return kind === "offboard" && tenantName === undefined;
}

/** Customer and Hub of those who lose a mapping, as far as the plan knows them. */
export function lossNames({ registrations }: Plan): LossNames {
  const names = new Map(
    registrations.flatMap((registration) =>
      registration.changes.map(({ tenantId = "", tenantName }) => [
        `${registrationKey(registration.registration)} ${tenantId.toLowerCase()}`,
        `${tenantName ?? "a customer"} on ${registrationNameOf(registration)}`,
      ]),
    ),
  );
  return ({ registration, tenantId }: Loss) => names.get(`${registration} ${tenantId}`);
}
