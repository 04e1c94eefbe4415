/** Writes `docs/errors.md` from the error catalogue. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ErrorEntry, errorCatalogue } from "../../provider/src/domain/errors/catalogue.ts";

/** The committed page. */
export const errorsPageFile = fileURLToPath(new URL("../../docs/errors.md", import.meta.url));

const FAMILIES = new URL("../../provider/src/domain/errors/", import.meta.url);

const INTRODUCTION = `# Errors

Every error has a code that keeps its meaning for ever, states the fact with its values, says what that leads to, and what
to do about it. Where Azure answered, its own status, code, message and correlation id follow. Words in braces stand for
values of the case at hand.

The kind says who can cure it: *input* and *install* whoever wrote the program, *usage* whoever typed the command,
*access* whoever grants rights, *conflict* whoever knows the customers, *notFound* and *refused* whoever owns the
registration; *throttled* and *service* pass, and the next run goes on where this one stopped.

This page is generated from the catalogue; \`CONTRIBUTING.md\` says how.
`;

/** The errors of one file of the catalogue. */
interface Family {
  readonly title: string;
  /** The sentence that stands at the head of the file. */
  readonly about: string;
  readonly codes: readonly string[];
}

/** The page as Markdown: a section per file of the catalogue, sections and errors in the catalogue's order. */
export function errorsPage(): string {
  const order = Object.keys(errorCatalogue);
  const families = readdirSync(FAMILIES)
    .filter((file) => file.endsWith("Errors.ts"))
    .map((file) => readFamily(file, order))
    .toSorted((left, right) => order.indexOf(left.codes[0] ?? "") - order.indexOf(right.codes[0] ?? ""));
  return [INTRODUCTION, ...families.map(familySection)].join("\n");
}

function readFamily(file: string, order: readonly string[]): Family {
  const source = readFileSync(new URL(file, FAMILIES), "utf8");
  const words = file.replace(/\.ts$/, "").replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return {
    title: words.charAt(0).toUpperCase() + words.slice(1),
    about: headSentence(source),
    codes: order.filter((code) => source.includes(`  ${code}: {`)),
  };
}

function headSentence(source: string): string {
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(source) ?? [];
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\*/, "").trim());
  const [sentence = ""] = lines.join("\n").trim().split("\n\n");
  return sentence.replaceAll("\n", " ");
}

function familySection({ title, about, codes }: Family): string {
  const entries: Readonly<Record<string, ErrorEntry>> = errorCatalogue;
  const sections = codes.flatMap((code) => (entries[code] ? [errorSection(code, entries[code])] : []));
  return [`## ${title}`, "", about, "", ...sections].join("\n");
}

function errorSection(code: string, { kind, fact, leadsTo, remedy }: ErrorEntry): string {
  const lines = [fact, `**Leads to:** ${leadsTo}`, `**To do:** ${remedy}`].map(escapeAngles);
  return [`### ${code}`, "", `*${kind}*`, "", lines.join("\n\n"), ""].join("\n");
}

/** Outside of code spans Markdown takes `<id>` for a tag and shows nothing. */
function escapeAngles(text: string): string {
  return text
    .split("`")
    .map((part, at) => (at % 2 === 0 ? part.replaceAll("<", "\\<") : part))
    .join("`");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(errorsPageFile, errorsPage());
