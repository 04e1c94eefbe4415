import { setMaxListeners } from "node:events";
import { ProviderError } from "@azurestack-csp/provider";
import type { WriteNotes } from "@azurestack-csp/provider/lifecycle";
import { HOST_RECORDS, openHostJournal } from "../journal/hostJournal.ts";
import { findNotesFolder } from "../journal/notesPlace.ts";
import { systemCodeOf } from "../processes/wholeFile.ts";
import { askForStack } from "./engineRoot.ts";
import { hostErrors } from "./hostErrors.ts";
import { engineAddressIn, watchEngine } from "./watchEngine.ts";
import { createNotes, type NotesRequest } from "./writeNotes.ts";

/** The run of an engine, as its dynamic host has a part in it. */
export interface HostRun {
  /** Fires when the engine is gone, and nobody hears any more what becomes of a resource. */
  readonly engineGone: AbortSignal;
  /** Keeps what the run writes; absent in a run of `reconcile`, whose journal does. */
  readonly notes: WriteNotes | undefined;
  /**
   * Carries out an operation on a resource, whose end the process waits for.
   *
   * @throws ProviderError `CSP_HOST_UNRECORDED`, before anything is done
   */
  during<Result>(operate: () => Promise<Result>): Promise<Result>;
}

/** The process that the host is. */
export type HostProcess = Pick<NodeJS.Process, "argv" | "cwd" | "env" | "exit"> & {
  once(event: NodeJS.Signals, listener: () => void): unknown;
};

/** What names the provider of mappings in a state, and who hears of what could not be noted. */
export type JoinRequest = Pick<NotesRequest, "provider" | "say">;

/** How long an operation can take to its end at most, once it may send nothing more: an answer of ARM's takes 65 s. */
const LONGEST_END_IN_MS = 75_000;

/**
 * Joins the run that a process was started for.
 *
 * Once the engine is gone nothing more is to be sent, for nobody writes down what comes of it. What is on its way then is
 * waited for, so that whoever sees the process end knows that all it has sent is answered.
 */
export function joinRun(host: HostProcess, request: JoinRequest): HostRun {
  const gone = new AbortController();
  // As many requests wait as the engine has resources under way.
  setMaxListeners(0, gone.signal);
  const records = host.env[HOST_RECORDS];
  const noted = note(records);
  const address = engineAddressIn(host.argv.slice(2));
  const notes = records ? undefined : createNotes({ ...request, ...notesOf(host, address) });
  let underWay = 0;

  // The engine sends one of these when it has no more work, and kills after five seconds; nobody else sends them here.
  for (const signal of ["SIGINT", "SIGBREAK"] as const) {
    host.once(signal, () => {
      if (underWay === 0) notes?.end();
      host.exit(0);
    });
  }

  const endIfIdle = () => {
    if (gone.signal.aborted && underWay === 0) host.exit(0);
  };
  if (address !== undefined) {
    watchEngine(address, () => {
      gone.abort();
      setTimeout(() => host.exit(0), LONGEST_END_IN_MS).unref();
      endIfIdle();
    });
  }

  return {
    engineGone: gone.signal,
    notes,
    async during(operate) {
      underWay += 1;
      try {
        const failure = await noted;
        if (failure) throw failure;
        return await operate();
      } finally {
        underWay -= 1;
        endIfIdle();
      }
    },
  };
}

function notesOf(
  { cwd, env }: HostProcess,
  address: string | undefined,
): Pick<NotesRequest, "find" | "skipsCheckpoints"> {
  return {
    skipsCheckpoints: /^(1|true)$/i.test(env.PULUMI_SKIP_CHECKPOINTS ?? ""),
    async find() {
      const name = address === undefined ? undefined : await askForStack(address);
      return name && (await findNotesFolder({ ...name, env, folder: cwd() }));
    },
  };
}

/** Notes the process where `reconcile` asks for it, and gives back what kept it from that. */
async function note(folder: string | undefined): Promise<ProviderError | undefined> {
  if (!folder) return undefined;
  try {
    await openHostJournal(folder);
    return undefined;
  } catch (cause) {
    const reason = systemCodeOf(cause) ?? String(cause);
    return new ProviderError(hostErrors.CSP_HOST_UNRECORDED, { folder, reason }, { cause });
  }
}
