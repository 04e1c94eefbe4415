/** The Node release that is installed where the machine's own is too old. */
export const nodeVersion = "24.21.0";

/** The oldest Node that runs TypeScript sources without a flag and loads an ES module through `require`. */
export const oldestNode = "22.18.0";

/** The Pulumi CLI that every run uses; `@pulumi/pulumi` in package.json has the same version. */
export const pulumiVersion = "3.276.0";

/** Whether the dotted version `actual` is `wanted` or later; a pre-release counts as its release. */
export function isAtLeast(actual, wanted) {
  const have = numbersOf(actual);
  const need = numbersOf(wanted);
  for (let place = 0; place < need.length; place += 1) {
    const difference = (have[place] ?? 0) - need[place];
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbersOf(version) {
  return version
    .replace(/^\D+/, "")
    .split(/[.+-]/, 3)
    .map((part) => Number.parseInt(part, 10));
}
