import { ProviderError } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { CommandFailure } from "../console/failures.ts";
import { count } from "../console/text.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { createClients } from "../input/clients.ts";
import { type Inspected, inspect, planExitCode, sayPlanIssues } from "../plan/inspect.ts";
import { unreadIn } from "../plan/planWording.ts";
import { changeStack } from "./changeStack.ts";
import { createFiles } from "./createFiles.ts";
import { declareLocks } from "./declareLocks.ts";
import { findAdoptable, type ImportFile, importFile } from "./importFile.ts";
import { type KeyedRegistration, readLiveRows } from "./liveRows.ts";
import { printList } from "./printList.ts";
import { sayLeftOut } from "./sayLeftOut.ts";
import { findReplaced } from "./takeOver.ts";

/** What `adopt` is asked. */
export interface AdoptRequest {
  readonly files: readonly string[];
  readonly registrations: readonly KeyedRegistration[];
  /** The file that the list is written to. */
  readonly out: string;
  readonly stack?: string | undefined;
  readonly createStack: boolean;
  readonly fromState: boolean;
  /** The file that the import file is written to, instead of importing. */
  readonly importFile?: string | undefined;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Writes the list where registrations are named, and brings what it declares under management; writes nothing to Azure. */
export async function runAdopt(context: CommandContext, request: AdoptRequest): Promise<ExitCode> {
  const written = request.registrations.length > 0 ? await writeList(context, request) : undefined;
  const files = written ? written.files : request.files;
  const { stack, createStack } = request;
  const inspected = await inspect(context, { files, stack, mayCreateStack: createStack });
  sayPlanIssues(context, inspected.plan);
  const { changes, wrong, ofAzureNative } = findAdoptable(inspected, request);
  const file = importFile(inspected, changes);
  const isImported = await bringIn(context, request, { inspected, file, mappings: changes.length });
  for (const { holder, ids } of inspected.held) {
    context.terminal.say(`${count(ids.length, "mapping")} left with stack ${holder}, which manages them.`);
  }
  if (ofAzureNative.length > 0 && !request.fromState) {
    context.terminal.say(
      `${count(ofAzureNative.length, "mapping")} left with @pulumi/azure-native; adopt --from-state takes them over.`,
    );
  }
  const adopted = isImported ? changes.map(({ name }) => name) : [];
  if (wrong.length > 0) {
    const names = wrong.map(({ name }) => name).join(", ");
    context.terminal.say(`${count(wrong.length, "mapping")} left out (CSP_DIRECTORY_MISMATCH): ${names}.`);
  }
  report(context, request, {
    written,
    adopted,
    found: changes.length,
    wrong: wrong.map(({ name }) => name),
    unread: unreadIn(inspected.plan),
    stack: inspected.origin.stack,
  });
  return planExitCode(inspected.plan);
}

interface WrittenList {
  readonly file: string;
  /** All files of the list: for CSV the registrations stand in one of their own. */
  readonly files: readonly string[];
  readonly tenants: number;
}

async function writeList(context: CommandContext, request: AdoptRequest): Promise<WrittenList> {
  const { terminal, folder, today } = context;
  const { out } = request;
  const progress = terminal.progress(`Reading ${count(request.registrations.length, "registration")}`);
  try {
    const clientsOf = createClients(context);
    const live = await readLiveRows(clientsOf, { registrations: request.registrations, progress });
    const registrations = await declareLocks(clientsOf, { registrations: request.registrations, terminal });
    const printed = printList({ registrations, rows: live.rows, file: out, today: today() });
    await createFiles(printed, { folder, option: "--out" });
    sayLeftOut(terminal, live);
    return { file: out, files: printed.map(({ file }) => file), tenants: live.rows.length };
  } finally {
    progress.stop();
  }
}

/** Imports, or writes the import file; `false` where there is nothing to do it with. */
async function bringIn(
  context: CommandContext,
  request: AdoptRequest,
  {
    inspected,
    file,
    mappings,
  }: { readonly inspected: Inspected; readonly file: ImportFile; readonly mappings: number },
): Promise<boolean> {
  if (request.importFile !== undefined) {
    const text = `${JSON.stringify(file, undefined, 2)}\n`;
    const place = { folder: context.folder, option: "--import-file" };
    await createFiles([{ file: request.importFile, text }], place);
    return false;
  }
  const { stack } = inspected.origin;
  if (stack === undefined) {
    if (!request.fromState) return false;
    throw new ProviderError(commandErrors.CSP_COMMAND_STACK_NEEDED, { purpose: "move mappings in" });
  }
  const replaced = request.fromState ? findReplaced(inspected.state?.managed ?? []).size : 0;
  if (mappings === 0 && replaced === 0) return false;
  const { missing } = inspected.state ?? {};
  if (missing !== undefined && !request.createStack) throw missing;
  await confirmed(context, request, { mappings, stack });
  const { createStack, fromState } = request;
  await changeStack(context, { stack, file, mappings, createStack, fromState });
  return true;
}

async function confirmed(
  { terminal, signal }: CommandContext,
  { yes }: AdoptRequest,
  { mappings, stack }: { readonly mappings: number; readonly stack: string },
): Promise<void> {
  if (yes) return;
  if (!terminal.isInteractive)
    throw new ProviderError(commandErrors.CSP_ADOPT_UNCONFIRMED, { count: String(mappings), stack });
  const { default: confirm } = await import("@inquirer/confirm");
  const message = `Bring ${count(mappings, "mapping")} under management of stack ${stack}? Nothing is written to Azure.`;
  const answer = await confirm({ message, default: true }, { signal, output: process.stderr });
  if (!answer) throw new CommandFailure(exitCodes.interrupted, "Nothing was brought under management.");
}

interface AdoptResult {
  readonly written: WrittenList | undefined;
  /** The names of the resources that were imported. */
  readonly adopted: readonly string[];
  readonly found: number;
  /** The names of the resources that were left out, because their rows are wrong. */
  readonly wrong: readonly string[];
  /** The registrations of which nothing is known, as people call them. */
  readonly unread: readonly string[];
  readonly stack: string | undefined;
}

function report({ terminal }: CommandContext, request: AdoptRequest, result: AdoptResult): void {
  const { written, adopted, found, wrong, unread, stack } = result;
  if (request.json) {
    const { importFile } = request;
    terminal.data(JSON.stringify({ version: 1, stack, list: written, adopted, importFile, found, wrong, unread }));
    return;
  }
  const lines = [
    ...(written ? writtenLines(written) : []),
    adopted.length > 0
      ? `Stack ${stack} manages ${count(adopted.length, "more mapping")}; nothing was written to Azure.`
      : "",
    request.importFile && found > 0
      ? `Import ${count(found, "mapping")}: pulumi import --file ${request.importFile} --generate-code=false --protect=false`
      : "",
    adopted.length === 0 && found > 0 && !request.importFile
      ? `${count(found, "mapping")} can come under management: azurestack-csp adopt --stack NAME`
      : "",
    found === 0 && wrong.length === 0 && unread.length === 0 ? "Nothing is left to adopt." : "",
    wrong.length > 0 ? `Left out until its row is corrected: ${wrong.join(", ")}.` : "",
    unread.length > 0 ? `Not read, so that nothing is known of what is left to adopt: ${unread.join(", ")}.` : "",
  ];
  terminal.data(lines.filter(Boolean).join("\n"));
}

function writtenLines({ file, files, tenants }: WrittenList): readonly string[] {
  const [last = file] = files.slice(-1);
  const beside = files.filter((each) => each !== last);
  return [
    `${last} holds what is live: ${count(tenants, "customer")}.`,
    beside.length > 0
      ? `${beside.join(", ")} defines the registrations, for which CSV has no place. Name both: azurestack-csp plan ${files.join(" ")}`
      : "",
  ];
}
