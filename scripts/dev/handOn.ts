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
  const goOn = () => void from.resume();
  // Whatever has become of the stream, the child's exit code tells how its work has ended.
  to.on("error", goOn).on("close", goOn);
  from.on("data", (chunk: Buffer) => {
    if (to.destroyed || to.write(chunk)) return;
    from.pause();
    to.once("drain", goOn);
  });
}
