/** Writes `docs/errors.md` from the families of errors. */

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ErrorDefinition, ErrorFamily } from "@azurestack-csp/provider";
import { errorFamilies } from "../../sdk/nodejs/src/cli/errors/errorFamilies.ts";

/** The committed page. */
export const errorsPageFile = fileURLToPath(new URL("../../docs/errors.md", import.meta.url));

const INTRODUCTION = `# Errors

Every error has a code that keeps its meaning for ever, states the fact with its values, says what that leads to, and what
to do about it. Where Azure answered, its own status, code, message and correlation id follow. Words in braces stand for
values of the case at hand.

The kind says who can cure it: *input* and *install* whoever wrote the program, *usage* whoever typed the command,
*access* whoever grants rights, *conflict* whoever knows the customers, *notFound* and *refused* whoever owns the
registration; *throttled* and *service* pass, and the next run goes on where this one stopped.

This page is generated from the catalogue; \`CONTRIBUTING.md\` says how.
`;

/** The page as Markdown: a section per family, in the order of the families and of their errors. */
export function errorsPage(families = errorFamilies): string {
  return [INTRODUCTION, ...families.map(familySection)].join("\n");
}

function familySection({ title, about, errors }: ErrorFamily): string {
  return [`## ${title}`, "", about, "", ...Object.values(errors).map(errorSection)].join("\n");
}

function errorSection({ code, kind, fact, leadsTo, remedy }: ErrorDefinition): string {
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
