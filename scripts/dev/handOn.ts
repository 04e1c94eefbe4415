import type { Readable, Writable } from "node:stream";

/**
 * Writes what a child prints to a stream of ours, for as long as somebody reads that.
 *
 * A reader that has seen enough, as `head` has, ends nothing then: what the child goes on to print is passed over. With our
 * stream for its own, Pulumi would be killed by its next line in the middle of an update, and leave the stack locked.
 *
 * @param from the child's stream; `null` where it has ours
 */
export function handOn(from: Readable | null, to: Writable): void {
  if (from === null) return;
  to.on("error", (error: NodeJS.ErrnoException) => {
    from.unpipe(to);
    from.resume();
    if (error.code !== "EPIPE") throw error;
  });
  from.pipe(to, { end: false });
}
