import { type Limit, parseLimit } from "@azurestack-csp/provider";
import { type Command, InvalidArgumentError } from "commander";

/** Adds `--max-removals` and `--max-moves`. */
export function addGuardOptions(command: Command): Command {
  return command
    .option(
      "--max-removals <limit>",
      'removals that are permitted: a number, a share, or both: 5, 10%, "5,10%"',
      toLimit,
    )
    .option("--max-moves <limit>", "moves that are permitted, written alike", toLimit);
}

/** A limit as the command line takes it. */
export function toLimit(text: string): Limit {
  const limit = parseLimit(text);
  if (limit) return limit;
  throw new InvalidArgumentError('Write a number, a share up to 100%, or both: 5, 10% or "5,10%".');
}
