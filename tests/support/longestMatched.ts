/**
 * The length of the longest text that a regular expression is given while `act` runs, in characters.
 *
 * Every use of one, `replaceAll` and `search` included, goes through its `exec` (ECMA-262, RegExpExec). So a text that has
 * to be cut before any pattern sees it is watched without a clock.
 */
export function longestMatched(act: () => void): number {
  const { exec } = RegExp.prototype;
  let longest = 0;
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    longest = Math.max(longest, text.length);
    return exec.call(this, text);
  };
  try {
    act();
  } finally {
    RegExp.prototype.exec = exec;
  }
  return longest;
}
