import {
  codeForService,
  didYouMean,
  type ErrorDefinition,
  type ErrorFamily,
  nearWords,
  ProviderError,
} from "@azurestack-csp/provider";
import type { Command } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import type { TextLayout } from "../console/terminal.ts";
import { wrap } from "../console/text.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { errorFamilies } from "../errors/errorFamilies.ts";

/** How many codes an unknown one is answered with. */
const MOST_NEAR = 3;

const EXAMPLES = `
Examples:
  $ azurestack-csp explain CSP_GUARD_REMOVALS             what it means, what it leads to, what to do
  $ azurestack-csp explain csp_list_encoding --json       the same for a program
  $ azurestack-csp explain RequestEndTimeIsInFuture       what a Hub's or Azure's own code means here
`;

/** Adds `explain`: the page of an error's code, without network. */
export function addExplainCommand(program: Command, run: RunCommand): void {
  program
    .command("explain")
    .summary("say what an error's code means and what to do, without network")
    .description(
      "Says what an error's code means, what it leads to and what to do about it, as docs/errors.md does. Needs no network.",
    )
    .argument(
      "<code>",
      "the code from the brackets in front of a message, or Microsoft's own from an answer or the Hub's portal, in any letter case",
    )
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", EXAMPLES)
    .action((code: string, { json }: { json?: true }) =>
      run(
        async ({ terminal }) => {
          const found = findError(code);
          terminal.data(json ? JSON.stringify(toDocument(found)) : toText(found, terminal));
          return exitCodes.ok;
        },
        { json },
      ),
    );
}

interface FoundError {
  readonly family: ErrorFamily;
  readonly error: ErrorDefinition;
}

/** @throws ProviderError `CSP_COMMAND_CODE_UNKNOWN` */
function findError(text: string): FoundError {
  // Who copies a code from a message often takes its brackets along.
  const code = text.trim().replace(/^\[(.*)\]$/, "$1");
  const all = errorFamilies.flatMap((family) => Object.values(family.errors).map((error) => ({ family, error })));
  const own = codeForService(code) ?? code.toUpperCase();
  const found = all.find(({ error }) => error.code === own);
  if (found) return found;
  const codes = all.map(({ error }) => error.code);
  const near = didYouMean(nearWords(code, codes).slice(0, MOST_NEAR));
  throw new ProviderError(commandErrors.CSP_COMMAND_CODE_UNKNOWN, { code, nearest: near });
}

function toDocument({ family, error }: FoundError) {
  const { code, kind, fact, leadsTo, remedy } = error;
  return { version: 1, code, kind, family: family.title, fact, leadsTo, remedy };
}

function toText({ family, error }: FoundError, { width, colours }: TextLayout): string {
  const { code, kind, fact, leadsTo, remedy } = error;
  const paragraph = (text: string) => wrap(text, { width, indent: "  " });
  const hasPlaceholder = /\{\w+\}/.test(`${fact}${leadsTo}${remedy}`);
  return [
    `${colours.bold(code)}  ${colours.dim(`${kind}, of the ${family.title.toLowerCase()}`)}`,
    `${colours.bold("Means")}\n${paragraph(fact)}`,
    `${colours.bold("Leads to")}\n${paragraph(leadsTo)}`,
    `${colours.bold("To do")}\n${paragraph(remedy)}`,
    ...(hasPlaceholder ? [colours.dim("Words in braces stand for values of the case at hand.")] : []),
  ].join("\n\n");
}
