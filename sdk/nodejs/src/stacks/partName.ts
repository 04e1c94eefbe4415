import { createHash } from "node:crypto";

/** What comes between the name of a stack and the key of a registration. */
const SEPARATOR = ".";

/**
 * The name of the stack that one registration of a stack's list has: `<stack>.<registration key>`.
 *
 * Two keys never share a stack, whatever of them a stack's name can hold, and whatever the disk makes of letter case.
 */
export function partName(stack: string, key: string): string {
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9._-]/g, "-");
  if (plain === key) return `${stack}${SEPARATOR}${key}`;
  const sum = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return `${stack}${SEPARATOR}${plain}-${sum}`;
}

/**
 * Whether a stack, with these mappings in it, is that of one registration of another stack's list.
 *
 * Its name alone does not tell: `production.eu` may be somebody's own. Its mappings are named by the registration's key.
 */
export function isPartOf(stack: string, part: { readonly stack: string; readonly names: readonly string[] }): boolean {
  const whole = shortName(stack);
  const own = shortName(part.stack);
  return part.names.length > 0 && part.names.every((name) => partName(whole, keyIn(name)) === own);
}

/** The name of a stack without its organization and project. */
export function shortName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}

/** A mapping is named `<registration key>/<tenant id>`. */
function keyIn(name: string): string {
  return name.slice(0, name.lastIndexOf("/"));
}
