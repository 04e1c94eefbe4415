import { InvalidArgumentError } from "commander";

/** The name of a stack, and no option that somebody forgot to separate. */
export function toName(text: string): string {
  if (/^[\w./-]+$/.test(text) && !text.startsWith("-")) return text;
  throw new InvalidArgumentError("It is the name of a stack.");
}
