/**
 * Chance that is the same on every machine and at every call: a number of 32 bits made of the numbers given.
 *
 * Only 32-bit operations, so that no engine rounds otherwise.
 */
export function draw(first: number, second: number, third = 0): number {
  let bits = Math.imul(first ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(second + 0x7f4a7c15, 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 15) ^ third, 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** The same as a part of one, from 0 up to below 1. */
export function drawPart(first: number, second: number, third = 0): number {
  return draw(first, second, third) / 4_294_967_296;
}

/** A number of 32 bits that stands for a text (FNV-1a). */
export function seedOf(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  return bits >>> 0;
}
