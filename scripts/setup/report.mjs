/** Says in one line what the set-up does and why; on standard error, because standard output belongs to the job. */
export function say(text) {
  process.stderr.write(`set-up: ${text}\n`);
}
