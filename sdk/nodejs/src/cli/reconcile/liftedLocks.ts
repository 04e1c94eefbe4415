import {
  declaredLockCommand,
  type Inspection,
  isDeclaredLock,
  isReadable,
  registrationKey,
  type TenantList,
} from "@azurestack-csp/provider";

/** A declared lock that a run did not meet where it would have: somebody has lifted it. */
export interface LiftedLock {
  /** The registration's key in the list. */
  readonly registration: string;
  readonly name: string;
  /** The command of the Azure CLI that puts it back. */
  readonly command: string;
}

/** The declared locks that were not there where a run removed or moved something, by what was looked at before it. */
export function liftedLocks(list: TenantList, live: Inspection["live"]): readonly LiftedLock[] {
  const facts = new Map(live.map((each) => [registrationKey(each.registration), each]));
  return list.registrations.flatMap(({ key, registration, lock }) => {
    const found = facts.get(registrationKey(registration));
    const lockFacts = found && isReadable(found) ? found.lockFacts : undefined;
    if (!lock || !lockFacts || "problem" in lockFacts) return [];
    if (lockFacts.locks.some((each) => isDeclaredLock(lock, each))) return [];
    return [{ registration: key, name: lock.name, command: declaredLockCommand(lock, registration) }];
  });
}
