import { type Command, InvalidArgumentError } from "commander";

/** How much a run may take away, as the command line says it. */
export interface GuardOptions {
  readonly maxRemovals?: string;
  readonly maxMoves?: string;
}

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

function toLimit(text: string): string {
  const parts = text.split(",");
  if (parts.length <= 2 && parts.every((part) => /^\d+(\.\d+)?%$|^\d+$/.test(part))) return text;
  throw new InvalidArgumentError('Write a number, a share, or both: 5, 10% or "5,10%".');
}
