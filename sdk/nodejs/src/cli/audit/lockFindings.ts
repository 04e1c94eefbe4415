import { isReadable, type RegistrationFacts, type RegistrationPlan } from "@azurestack-csp/provider";
import { registrationNameOf } from "../plan/planWording.ts";
import type { Finding } from "./finding.ts";

/**
 * The locks that requests under each registration meet.
 *
 * A `ReadOnly` lock is a finding, because no customer can be registered there; `CanNotDelete` is a note.
 */
export function lockFindings(
  registrations: readonly RegistrationPlan[],
  live: readonly RegistrationFacts[],
): readonly Finding[] {
  return registrations.flatMap((registration, index) => {
    const facts = live[index];
    if (!facts || !isReadable(facts) || !facts.lockFacts || "problem" in facts.lockFacts) return [];
    return facts.lockFacts.locks.map(({ name, level, scope }): Finding => {
      const isReadOnly = level.toLowerCase() === "readonly";
      return {
        kind: "lock",
        severity: isReadOnly ? "finding" : "note",
        registration: registrationNameOf(registration),
        message: `lock "${name}" (${level}) on ${scope}`,
      };
    });
  });
}
