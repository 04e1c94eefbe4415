import { isGuid } from "../../domain/ids.ts";

/** One challenge of a `WWW-Authenticate` header, its scheme and parameter names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const BARE = /[^\s,"]+/y;
const SPACE = /\s*/y;
const SEPARATOR = /[\s,]*/y;

/**
 * The challenges of a `WWW-Authenticate` header (RFC 9110, 11.6.1), in any order and spacing.
 *
 * A name followed by `=` is a parameter of the challenge before it; any other name begins a challenge. What cannot be
 * read ends the list.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  const scanner = createScanner(header);
  while (scanner.take(SEPARATOR) !== undefined && !scanner.atEnd()) {
    const name = scanner.take(TOKEN)?.toLowerCase();
    if (name === undefined) break;
    scanner.take(SPACE);
    const current = challenges.at(-1);
    if (!scanner.takeText("=")) challenges.push({ scheme: name, parameters: {} });
    else if (current) current.parameters[name] = readValue(scanner);
    else break;
  }
  return challenges;
}

/**
 * The directory that ARM's challenge names, in lower case.
 *
 * ARM writes `Bearer authorization_uri="https://login.windows.net/<tenant>"`; other services write `authorization`.
 *
 * @returns `undefined` where the header names none, or names no GUID, such as `common`.
 */
export function directoryIn(header: string | undefined): string | undefined {
  for (const { scheme, parameters } of parseChallenges(header ?? "")) {
    if (scheme !== "bearer") continue;
    const uri = parameters.authorization_uri ?? parameters.authorization ?? "";
    const segment = URL.canParse(uri) ? new URL(uri).pathname.split("/").find((each) => each !== "") : undefined;
    if (segment !== undefined && isGuid(segment)) return segment.toLowerCase();
  }
  return undefined;
}

interface Scanner {
  atEnd(): boolean;
  take(pattern: RegExp): string | undefined;
  takeText(text: string): boolean;
}

function readValue(scanner: Scanner): string {
  scanner.take(SPACE);
  const quoted = scanner.take(QUOTED);
  if (quoted !== undefined) return quoted.slice(1, -1).replaceAll(/\\(.)/g, "$1");
  return scanner.take(BARE) ?? "";
}

function createScanner(text: string): Scanner {
  let position = 0;
  return {
    atEnd: () => position >= text.length,
    take(pattern) {
      pattern.lastIndex = position;
      const found = pattern.exec(text)?.[0];
      position += found?.length ?? 0;
      return found;
    },
    takeText(expected) {
      const found = text.startsWith(expected, position);
      position += found ? expected.length : 0;
      return found;
    },
  };
}
