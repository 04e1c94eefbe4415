/** A world or state file that the emulator cannot use; the message says where and why. */
export class WorldError extends Error {
  override readonly name = "WorldError";
}
