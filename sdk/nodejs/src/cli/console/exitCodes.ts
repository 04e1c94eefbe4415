/**
 * What a command's exit code says; a contract with pipelines, spelled out in docs/command-line.md.
 *
 * A number keeps its meaning for ever; new outcomes get new numbers.
 */
export const exitCodes = {
  /** What was asked for is done, or nothing was to be done. */
  ok: 0,
  /** An error in this program. */
  unexpected: 1,
  /** Arguments that cannot be used, or a part that is not installed. */
  usage: 2,
  /** The list, or another input, cannot be used as it stands; nothing was changed. */
  input: 3,
  /** No sign-in, a refused one, or a missing right; nothing counts as gone. */
  credentials: 4,
  /** The guard on removals and moves stopped the run: before its first write, unless the error says what was done. */
  guard: 5,
  /** `plan --detailed-exitcode`: a run would change something. */
  changes: 6,
  /** What is live is not what is declared. */
  drift: 7,
  /** Azure, the network or Pulumi refused; what was done is said in the error. */
  failed: 8,
  /** Ctrl-C or SIGTERM; the next run goes on from there. */
  interrupted: 130,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
