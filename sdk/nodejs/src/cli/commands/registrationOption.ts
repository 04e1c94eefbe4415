import { judgeRegistrationId } from "@azurestack-csp/provider";
import { InvalidArgumentError } from "commander";
import type { KeyedRegistration } from "../adopt/liveRows.ts";

/** Reads `--registration`, `ID` or `KEY=ID`. */
export function toRegistration(text: string, others: readonly KeyedRegistration[]): readonly KeyedRegistration[] {
  const at = text.indexOf("=");
  const id = text.slice(at + 1);
  const { registration, problems } = judgeRegistrationId("registrationId", id);
  if (!registration) throw new InvalidArgumentError("It is the ARM id of a registration, or KEY=ID.");
  const [problem] = problems;
  if (problem) throw new InvalidArgumentError(problem.message);
  const key = at === -1 ? registration.registrationName : text.slice(0, at);
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(key)) {
    throw new InvalidArgumentError(`"${key}" cannot be a key; name one: KEY=ID, of letters, digits, ".", "-" and "_".`);
  }
  if (others.some((other) => other.key === key)) throw new InvalidArgumentError(`The key "${key}" is given twice.`);
  return [...others, { key, registration }];
}
