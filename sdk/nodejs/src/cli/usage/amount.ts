/** A whole number with its thousands apart, alike in every language. */
export function amount(value: number): string {
  return value.toLocaleString("en-US");
}
