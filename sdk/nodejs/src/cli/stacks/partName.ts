import { createHash } from "node:crypto";

/** What comes between the name of a stack and the key of a registration. */
const SEPARATOR = ".";

/**
 * The name of the stack that one registration of a stack's list has: `<stack>.<registration key>`.
 *
 * Two keys never share a stack, whatever of them a stack's name can hold, and whatever the disk makes of letter case. Nor do
 * two stacks: a key's dots become dashes, so that the last dot ends the name of the stack.
 */
export function partName(stack: string, key: string): string {
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9_-]/g, "-");
  if (plain === key) return `${stack}${SEPARATOR}${key}`;
  const sum = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return `${stack}${SEPARATOR}${plain}-${sum}`;
}

/** Whether a stack's name may be that of one registration of another stack's list; only its mark tells. */
export function mayBePart(whole: string, stack: string): boolean {
  return shortName(stack).startsWith(`${shortName(whole)}${SEPARATOR}`);
}

/** The name of a stack without its organization and project. */
export function shortName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}
