import {
  type DeclaredLock,
  declaredLockCommand,
  isDeclaredLock,
  isReadable,
  type LockFacts,
  type Problem,
  type RegistrationFacts,
  type RegistrationPlan,
  type TenantList,
} from "@azurestack-csp/provider";
import { registrationNameOf } from "../plan/planWording.ts";
import type { Finding } from "./finding.ts";

/** What locks are held against. */
export interface LocksRequest {
  readonly registrations: readonly RegistrationPlan[];
  readonly live: readonly RegistrationFacts[];
  readonly list: Pick<TenantList, "registrations">;
}

/**
 * The locks that requests under each registration meet, and those that the list declares and that are not there.
 *
 * A `ReadOnly` lock is a finding, because no customer can be registered there, unless the list declares it; others are notes.
 */
export function lockFindings({ registrations, live, list }: LocksRequest): readonly Finding[] {
  const declared = new Map(list.registrations.map(({ key, lock }) => [key, lock]));
  return registrations.flatMap((registration, index) => {
    const facts = live[index];
    if (!facts || !isReadable(facts)) return [];
    return findingsOn(registration, { lockFacts: facts.lockFacts, declared: declared.get(registration.key ?? "") });
  });
}

function findingsOn(
  plan: RegistrationPlan,
  { lockFacts, declared }: { readonly lockFacts: LockFacts; readonly declared: DeclaredLock | undefined },
): readonly Finding[] {
  if (!lockFacts) return [];
  if ("problem" in lockFacts) return [unknownLocks(plan, { declared, problem: lockFacts.problem })];
  const { locks } = lockFacts;
  const registration = registrationNameOf(plan);
  const isThere = declared && locks.some((lock) => isDeclaredLock(declared, lock));
  const missing: readonly Finding[] = declared && !isThere ? [missingLock(plan, declared)] : [];
  const found = locks.map((lock): Finding => {
    const { name, level, scope } = lock;
    const isMeant = declared !== undefined && isDeclaredLock(declared, lock);
    const isFinding = level.toLowerCase() === "readonly" && !isMeant;
    const message = `lock "${name}" (${level}) on ${scope}`;
    return { kind: "lock", severity: isFinding ? "finding" : "note", registration, message };
  });
  return [...missing, ...found];
}

/** A lock that was lifted for a removal and never put back; one on a group or a subscription may not be seen from here. */
function missingLock(plan: RegistrationPlan, lock: DeclaredLock): Finding {
  const message = `lock "${lock.name}" (${lock.level}) is declared and not among the locks that can be read; where it was lifted, set it again: ${declaredLockCommand(lock, plan.registration)}`;
  return { kind: "lock", severity: "finding", registration: registrationNameOf(plan), message };
}

/** Locks that may not be read may be there or not. */
function unknownLocks(
  plan: RegistrationPlan,
  { declared, problem: { message } }: { readonly declared: DeclaredLock | undefined; readonly problem: Problem },
): Finding {
  const severity = declared ? "finding" : "note";
  const registration = registrationNameOf(plan);
  return { kind: "lock", severity, registration, message: `whether it is locked is not known: ${message}` };
}
