import { createHubClient, type HubAccess, type ListedRegistration, ProviderError } from "@azurestack-csp/provider";
import type { HubOutcome } from "@azurestack-csp/usage";
import { hubOf, requireHub } from "../../tenantList/hubOf.ts";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { CommandFailure, describeError, exitCodeOf } from "../console/failures.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { createClients } from "../input/clients.ts";
import { loadTenantList } from "../input/loadTenantList.ts";
import { requireRegistrations } from "../input/requireRegistrations.ts";
import { knownStack } from "../input/stackAndList.ts";
import { dueText } from "./dueText.ts";
import { distinctProblems, problemLines } from "./hubProblems.ts";
import { watchSync } from "./syncProgress.ts";
import { syncText } from "./syncText.ts";
import { loadUsage, storeFolder } from "./usagePart.ts";

/** What `usage sync` is asked. */
export interface UsageSyncRequest {
  /** The paths or patterns of the list; none where the default is meant. */
  readonly files: readonly string[];
  /** The stack whose configuration names the list. */
  readonly stack: string | undefined;
  readonly store: string | undefined;
  /** Keys of registrations; none where all that have a Hub are meant. */
  readonly hubs: readonly string[];
  /** Reported time, as it was typed. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly month: string | undefined;
  readonly again: string | undefined;
  readonly maxRowsLost: number;
  readonly granularity: "hourly" | "daily" | undefined;
  readonly delayHours: number;
  readonly lagHours: number;
  readonly keepPages: boolean;
  readonly json: boolean;
}

/**
 * Brings the usage of the list's Hubs into the store.
 *
 * @returns the exit code of the first Hub that failed, else `drift` where rows were set aside
 */
export async function runUsageSync(context: CommandContext, request: UsageSyncRequest): Promise<ExitCode> {
  const { terminal, signal } = context;
  const { runSync, createHubSource, readAgain, readStretch, requireBegun } = await loadUsage();
  const { delayHours, lagHours, granularity, keepPages, maxRowsLost, json } = request;
  const stretch = readStretch(request, lagHours);
  const begun = Date.now();
  requireBegun(request, stretch, begun);
  const again = request.again === undefined ? undefined : readAgain(request.again);
  const store = storeFolder(context, request.store);
  const clients = createClients(context);
  const sources = chooseHubs(context, request).map(({ key, registration, access = {}, hub }) =>
    createHubSource({
      key,
      registration,
      hub: createHubClient(context.env, hub, { say: terminal.say, abortSignal: signal }),
      registrations: clients(access).registrations,
    }),
  );
  const undue = dueText({ stretch, delayHours, now: begun });
  if (undue !== undefined) terminal.say(undue);
  const { watch, stop, leftText } = watchSync(terminal);
  let outcomes: readonly HubOutcome[];
  try {
    outcomes = await runSync({
      store,
      sources,
      stretch,
      again,
      maxRowsLost,
      granularity,
      delayHours,
      lagHours,
      keepPages,
      signal,
      now: Date.now,
      watch,
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CommandFailure(exitCodes.interrupted, leftText(), { cause: error });
  } finally {
    stop();
  }
  for (const line of problemLines(outcomes)) terminal.say(line);
  const described = outcomes.map(({ problems, ...outcome }) => ({
    ...outcome,
    problems: distinctProblems(problems).map((problem) => describeError(problem)),
  }));
  if (json) terminal.data(JSON.stringify({ version: 1, store, hubs: described }));
  else terminal.data(syncText(outcomes, terminal));
  return syncExitCode(outcomes);
}

type RegistrationWithHub = ListedRegistration & { readonly hub: HubAccess };

/** The registrations that are meant, and how their Hubs are reached. */
function chooseHubs(context: CommandContext, request: UsageSyncRequest): readonly RegistrationWithHub[] {
  const { files, stack, hubs } = request;
  const { list } = loadTenantList(context, { files, stack: knownStack(context, stack) });
  requireRegistrations(hubs, list);
  if (hubs.length > 0) {
    const named = list.registrations.filter(({ key }) => hubs.includes(key));
    return named.map((registration) => ({ ...registration, hub: requireHub(registration, context.folder) }));
  }
  const found = list.registrations.flatMap((registration) => {
    const hub = hubOf(registration, context.folder);
    return hub === undefined ? [] : [{ ...registration, hub }];
  });
  if (found.length === 0)
    throw new ProviderError(commandErrors.CSP_COMMAND_NO_HUBS, { count: String(list.registrations.length) });
  return found;
}

function syncExitCode(outcomes: readonly HubOutcome[]): ExitCode {
  const codes = outcomes.flatMap(({ problems }) => problems.map(exitCodeOf));
  const first = codes.find((code) => code !== exitCodes.failed) ?? codes[0];
  if (first !== undefined) return first;
  return outcomes.some(({ setAside }) => setAside > 0) ? exitCodes.drift : exitCodes.ok;
}
