/** A number with its noun: `1 mapping`, `2 mappings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
