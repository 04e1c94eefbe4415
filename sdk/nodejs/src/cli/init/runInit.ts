import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Access, type ExportedCustomer, formatRegistrationId, ProviderError } from "@azurestack-csp/provider";
import { writeWhole } from "../../processes/wholeFile.ts";
import { createFiles } from "../adopt/createFiles.ts";
import { declareLocks } from "../adopt/declareLocks.ts";
import { type KeyedRegistration, type LiveRows, readLiveRows } from "../adopt/liveRows.ts";
import { sayLeftOut } from "../adopt/sayLeftOut.ts";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { CommandFailure } from "../console/failures.ts";
import { count } from "../console/text.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { createClients } from "../input/clients.ts";
import { readList, sayIssues } from "../input/loadTenantList.ts";
import { writing } from "../stacks/writing.ts";
import { type FoundRegistration, findRegistrations } from "./findRegistrations.ts";
import { type FirstList, firstList } from "./firstList.ts";
import { createQuestions, type Questions } from "./questions.ts";
import { readCustomerFile } from "./readCustomerFile.ts";

/** What `init` is asked. */
export interface InitRequest {
  /** The registrations that are named; none where they are to be found. */
  readonly registrations: readonly KeyedRegistration[];
  /** How those are reached that are to be found. */
  readonly access: Access;
  /** Partner Center's export of the customers. */
  readonly customers: string | undefined;
  /** The file that the list is written to. */
  readonly output: string;
  /** Whether a file that is there is written over. */
  readonly overwrite: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Writes a first list: of registrations that are named or found by signing in, of what is live on them, and of Partner
 * Center's customers. Asks on the way unless told not to; sends no write to Azure, and changes no stack.
 *
 * @returns the exit code: `ok`, or `input` where something about what is live keeps the list from being usable as it is.
 * @throws ProviderError `CSP_COMMAND_FILE_EXISTS`, `CSP_INIT_UNATTENDED`, `CSP_INIT_NO_REGISTRATIONS`, and what Azure refuses
 */
export async function runInit(context: CommandContext, request: InitRequest): Promise<ExitCode> {
  const { terminal } = context;
  const questions = createQuestions(context, request);
  const overwrites = await mayOverwrite(context, { request, questions });
  const clientsOf = createClients(context);
  const named = request.registrations;
  const chosen =
    named.length > 0 ? named : await choose(questions, await find(context, clientsOf(request.access), request));
  const exported = readExported(context, await customerFile(request, questions));
  const { live, registrations } = await readLive(context, { clientsOf, registrations: chosen });
  const { output: file } = request;
  const list = firstList({ registrations, live: live.rows, exported, file, today: context.today() });
  const about = `${count(registrations.length, "registration")} and ${count(list.tenants, "customer")}`;
  if (!(await questions.confirm(`Write ${file} with ${about}?`, true)))
    throw new CommandFailure(exitCodes.interrupted, "Nothing was written.");
  await write(context, { file, text: list.text, overwrites });
  const { list: usable, issues } = readList(context, { files: [file], stack: undefined });
  sayIssues(context, issues);
  if (request.json) {
    const keys = registrations.map(({ key }) => key);
    const { tenants, open } = list;
    terminal.data(JSON.stringify({ version: 1, file, registrations: keys, tenants, open, issues }));
  } else terminal.data(report(file, list, registrations.length));
  return usable ? exitCodes.ok : exitCodes.input;
}

/** A file that is there is looked at first, so that nobody answers questions in vain. */
async function mayOverwrite(
  { folder }: CommandContext,
  { request, questions }: { readonly request: InitRequest; readonly questions: Questions },
): Promise<boolean> {
  const { output, overwrite, yes } = request;
  const path = resolve(folder, output);
  if (!existsSync(path)) return false;
  if (overwrite || (!yes && (await questions.confirm(`${output} is there already. Write over it?`, false))))
    return true;
  throw new ProviderError(commandErrors.CSP_COMMAND_FILE_EXISTS, { file: path, option: "--output" });
}

async function find(
  { terminal }: CommandContext,
  clients: Parameters<typeof findRegistrations>[0],
  { access }: InitRequest,
): Promise<readonly FoundRegistration[]> {
  const progress = terminal.progress("Looking for registrations");
  try {
    return await findRegistrations(clients, { access, terminal });
  } finally {
    progress.stop();
  }
}

async function choose(
  questions: Questions,
  found: readonly FoundRegistration[],
): Promise<readonly KeyedRegistration[]> {
  const chosen: KeyedRegistration[] = [];
  for (const { billingModel = "unknown billing model", subscription, ...registration } of found) {
    const id = formatRegistrationId(registration.registration);
    const question = `Take ${registration.key} into the list? It is in "${subscription}", ${billingModel}: ${id}`;
    if (await questions.confirm(question, true)) chosen.push(registration);
  }
  if (chosen.length > 0) return chosen;
  throw new CommandFailure(exitCodes.interrupted, "Nothing was written: a list needs a registration.");
}

async function customerFile({ customers }: InitRequest, questions: Questions): Promise<string | undefined> {
  if (customers !== undefined) return customers;
  const answer = await questions.text("Partner Center's export of the customers, a CSV file (Enter for none):");
  return answer === "" ? undefined : answer;
}

function readExported(context: CommandContext, file: string | undefined): readonly ExportedCustomer[] {
  return file === undefined ? [] : readCustomerFile(context, file);
}

async function readLive(
  { terminal }: CommandContext,
  {
    clientsOf,
    registrations,
  }: {
    readonly clientsOf: Parameters<typeof readLiveRows>[0];
    readonly registrations: readonly KeyedRegistration[];
  },
): Promise<{ readonly live: LiveRows; readonly registrations: readonly KeyedRegistration[] }> {
  const progress = terminal.progress(`Reading ${count(registrations.length, "registration")}`);
  try {
    const live = await readLiveRows(clientsOf, { registrations, progress });
    const locked = await declareLocks(clientsOf, { registrations, terminal });
    sayLeftOut(terminal, live);
    return { live, registrations: locked };
  } finally {
    progress.stop();
  }
}

async function write(
  { folder }: CommandContext,
  { file, text, overwrites }: { readonly file: string; readonly text: string; readonly overwrites: boolean },
): Promise<void> {
  if (!overwrites) return await createFiles([{ file, text }], { folder, option: "--output" });
  const path = resolve(folder, file);
  await writing(path, async () => await writeWhole(path, text, { mode: 0o666 }));
}

function report(file: string, { tenants, open }: FirstList, registrations: number): string {
  const named = file === "tenants.yaml" ? "" : ` ${file}`;
  return [
    `${file} declares what is live: ${count(tenants, "customer")} on ${count(registrations, "registration")}.`,
    ...(open > 0
      ? [`As comments, because their subscriptions are not known: ${count(open, "customer")} of Partner Center's.`]
      : []),
    `Next: azurestack-csp plan${named} compares it with Azure, azurestack-csp adopt${named} --stack NAME --create-stack brings it under management.`,
  ].join("\n");
}
