import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, formatPlace, nearWords, type Place, ProviderError } from "@azurestack-csp/provider";
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { CommandContext } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { CommandFailure, messageOf } from "../console/failures.ts";
import { settingsErrors } from "../errors/settingsErrors.ts";

/** The file of the working folder that stands in for options. */
const FILE = "azurestack-csp.yaml";

/** What the file says; an option beats a variable, a variable this file, and this file Pulumi's configuration. */
export interface CommandSettings {
  /** The paths or patterns of the list, as seen from the working folder. */
  readonly list?: readonly string[];
  readonly stack?: string;
  readonly stackPerRegistration?: boolean;
}

/** Something that is wrong in the file. */
interface SettingsIssue extends Place {
  readonly code: string;
  readonly message: string;
}

/**
 * Reads `azurestack-csp.yaml` of the working folder, where there is one.
 *
 * @throws CommandFailure with the exit code for input and all that is wrong, each said with `file:line:column`
 */
export function readSettingsFile({ folder, terminal }: Pick<CommandContext, "folder" | "terminal">): CommandSettings {
  const path = join(folder, FILE);
  if (!existsSync(path)) return {};
  const { settings, issues } = parseSettings(readText(path));
  if (issues.length === 0) return settings;
  for (const issue of issues) terminal.say(`${formatPlace(issue)}: ${issue.message}`);
  throw new CommandFailure(exitCodes.input, `${FILE} is not usable, and nothing was done.`, { issues });
}

/** What the text of the file says, and all that is wrong with it. */
export function parseSettings(text: string | { readonly unreadable: string }): {
  readonly settings: CommandSettings;
  readonly issues: readonly SettingsIssue[];
} {
  const issues: SettingsIssue[] = [];
  const lines = new LineCounter();
  const report = (offset: number, path: string, { code, message }: ProviderError) => {
    const { line, col } = lines.linePos(offset);
    issues.push({ file: FILE, line: Math.max(line, 1), column: Math.max(col, 1), path, code, message });
  };
  const unreadable = (offset: number, reason: string) =>
    report(offset, "", new ProviderError(settingsErrors.CSP_SETTINGS_UNREADABLE, { reason }));
  const settings: Record<string, unknown> = {};

  if (typeof text !== "string") unreadable(0, text.unreadable);
  else {
    // All values are texts: a stack may be called 007, or no.
    const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, prettyErrors: false });
    for (const { pos, message } of document.errors) unreadable(pos[0], message);
    const { contents } = document;
    if (isMap<Node, Node | null>(contents)) for (const pair of pairsOf(contents)) readSetting(pair);
    else if (contents && !isEmpty(contents)) unreadable(offsetOf(contents), "it is no map of settings");
  }
  return { settings: issues.length === 0 ? settings : {}, issues };

  function readSetting({ key, value }: Pair<Node, Node | null>): void {
    const name = isScalar(key) ? String(key.value) : "";
    const setting = SETTINGS.get(name);
    if (!setting) {
      const known = [...SETTINGS.keys()];
      const near = didYouMean(nearWords(name, known).slice(0, 1));
      const details = { key: name, nearest: near, known: known.join(", ") };
      report(offsetOf(key), name, new ProviderError(settingsErrors.CSP_SETTINGS_UNKNOWN_KEY, details));
      return;
    }
    const read = setting.read(value);
    if (read !== undefined) settings[name] = read;
    else {
      const details = { key: name, given: describe(value), expected: setting.expected };
      const place = value && !isEmpty(value) ? value : key;
      report(offsetOf(place), name, new ProviderError(settingsErrors.CSP_SETTINGS_VALUE, details));
    }
  }
}

function readText(path: string): Parameters<typeof parseSettings>[0] {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

/** What a setting takes; `read` gives `undefined` for anything else. */
interface Setting {
  readonly expected: string;
  readonly read: (value: Node | null) => unknown;
}

const SETTINGS: ReadonlyMap<string, Setting> = new Map([
  ["list", { expected: "a path or pattern of the list's files, or a list of them", read: readPaths }],
  ["stack", { expected: "the name of a stack", read: readStack }],
  ["stackPerRegistration", { expected: "true or false", read: readBoolean }],
] satisfies [keyof CommandSettings, Setting][]);

function readPaths(value: Node | null): readonly string[] | undefined {
  const items = isSeq<Node | null>(value) ? value.items : [value];
  const paths = items.map((item) => textOf(item));
  return paths.length > 0 && paths.every((path) => path !== undefined) ? paths : undefined;
}

function readStack(value: Node | null): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^[\w./-]+$/.test(text) && !text.startsWith("-") ? text : undefined;
}

function readBoolean(value: Node | null): boolean | undefined {
  const text = textOf(value);
  return text === "true" || text === "false" ? text === "true" : undefined;
}

function textOf(value: Node | null): string | undefined {
  const text = isScalar(value) && typeof value.value === "string" ? value.value.trim() : "";
  return text === "" ? undefined : text;
}

function pairsOf(map: YAMLMap<Node, Node | null>): readonly Pair<Node, Node | null>[] {
  return map.items;
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && (node.value === null || node.value === "");
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function describe(value: Node | null): string {
  if (isMap(value)) return "a map";
  if (isSeq(value)) return value.items.length === 0 ? "an empty list" : "a list of other things";
  const text = textOf(value);
  return text === undefined ? "empty" : `"${text}"`;
}
