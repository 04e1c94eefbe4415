import type { WriteNotes } from "@azurestack-csp/provider/lifecycle";
import {
  createStriker,
  type HostJournal,
  type OpenHostJournal,
  openHostJournal,
  readHostJournals,
} from "../journal/hostJournal.ts";
import { writeKey } from "../journal/intendedWrite.ts";
import { isDead, isSeen, type Machine, thisMachine } from "../processes/machine.ts";
import { systemCodeOf } from "../processes/wholeFile.ts";

/** What notes are kept with. */
export interface NotesRequest {
  /** Finds the folder of the stack's notes; `undefined` without a program, rejects where the backend is not found. */
  readonly find: () => Promise<string | undefined>;
  /** The text that names the provider of mappings in a state. */
  readonly provider: string;
  /** Whether the engine writes its state only after its hosts have ended. */
  readonly skipsCheckpoints: boolean;
  readonly say: (message: string) => void;
}

/** The notes of one process. */
export interface HostNotes extends WriteNotes {
  /** The engine has no more work: what was written stands in its state, or will at once. */
  end(): void;
}

/**
 * Keeps beside the stack what this process writes, for a run that is killed before its engine has written it down.
 *
 * What cannot be kept is said once, and the run goes on: Pulumi's own commands have never promised more.
 */
export function createNotes({ find, provider, skipsCheckpoints, say }: NotesRequest): HostNotes {
  const machine = thisMachine();
  let folder: Promise<string | undefined> | undefined;
  let opened: Promise<OpenHostJournal | undefined> | undefined;
  let journal: OpenHostJournal | undefined;
  let strikers: Promise<readonly ((key: string) => void)[]> | undefined;

  const findOnce = () => (folder ??= find());

  async function open(): Promise<OpenHostJournal | undefined> {
    const found = await findOnce();
    if (!found) return undefined;
    journal = await openHostJournal(found, machine);
    return journal;
  }

  function giveUp(error: unknown): undefined {
    journal = undefined;
    if (opened !== NEVER) {
      say(
        `What this run is about to write cannot be noted beside the stack (${reasonOf(error)}). Should it be killed, look for mappings that no state holds with \`azurestack-csp audit\`.`,
      );
    }
    opened = NEVER;
  }

  async function readLeft(): Promise<readonly HostJournal[]> {
    const found = await findOnce();
    return found ? await readHostJournals(found) : [];
  }

  async function findLeft(): Promise<readonly ((key: string) => void)[]> {
    const left = await readLeft().catch(() => []);
    return left.filter((each) => hasEnded(each, machine)).map(createStriker);
  }

  return {
    async about(write) {
      try {
        opened ??= open();
        const inputs = { ...write.inputs, __provider: provider };
        await (await opened)?.add({ id: write.id, urn: "", parent: "", inputs });
      } catch (error) {
        giveUp(error);
      }
    },
    refused: (write) => journal?.forget(writeKey(write)),
    async held({ id, tenantId }) {
      strikers ??= findLeft();
      for (const strike of await strikers) strike(writeKey({ id, inputs: { tenantId } }));
    },
    end() {
      try {
        if (skipsCheckpoints) journal?.end(new Date());
        else journal?.remove();
      } catch {
        // The notes stay, and the next run asks about them.
      }
    },
  };
}

function reasonOf(error: unknown): string {
  return systemCodeOf(error) ?? (error instanceof Error ? error.message : String(error));
}

const NEVER: Promise<undefined> = Promise.resolve(undefined);

/** One of another machine cannot be seen; its notes are left to `reconcile`, which has the stack for itself. */
function hasEnded({ host }: HostJournal, machine: Machine): boolean {
  return isSeen(host, machine) && isDead(host, machine);
}
