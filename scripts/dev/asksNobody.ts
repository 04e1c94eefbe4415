/** The commands of `azurestack-csp usage` that read the store or a file alone. */
const OF_USAGE: readonly string[] = ["status", "meters", "rates"];

/** Whether a command of our own reaches neither Azure nor a Hub, so that it needs no emulator. */
export function asksNobody([first, second = ""]: readonly string[]): boolean {
  return first === "explain" || (first === "usage" && OF_USAGE.includes(second));
}
