import type { NotedWrite, WriteNotes } from "@azurestack-csp/provider/lifecycle";
import {
  createStriker,
  type HostJournal,
  type OpenHostJournal,
  openHostJournal,
  readHostJournals,
} from "../journal/hostJournal.ts";
import { type IntendedWrite, writeKey } from "../journal/intendedWrite.ts";
import type { StackName } from "../journal/notesPlace.ts";
import { isDead, isSeen, type Machine, thisMachine } from "../processes/machine.ts";
import { systemCodeOf } from "../processes/wholeFile.ts";

/** Where the notes of a stack's hosts are kept. */
export interface NotesPlace extends StackName {
  readonly folder: string;
}

/** What stands in a state for every mapping of ours. */
export interface MappingKind {
  /** The token of the resource's type. */
  readonly type: string;
  /** The text that names its provider. */
  readonly provider: string;
}

/** What notes are kept with. */
export interface NotesRequest {
  /** Finds the place; `undefined` where nobody can tell it, as without an engine. */
  readonly find: () => Promise<NotesPlace | undefined>;
  readonly kind: MappingKind;
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
export function createNotes({ find, kind, skipsCheckpoints, say }: NotesRequest): HostNotes {
  const machine = thisMachine();
  let place: Promise<NotesPlace | undefined> | undefined;
  let opened: Promise<OpenHostJournal | undefined> | undefined;
  let journal: OpenHostJournal | undefined;
  let strikers: Promise<readonly ((key: string) => void)[]> | undefined;

  const findOnce = () => (place ??= find().catch(() => undefined));

  async function open(): Promise<OpenHostJournal | undefined> {
    const found = await findOnce();
    if (!found) return undefined;
    journal = await openHostJournal(found.folder, machine);
    return journal;
  }

  function giveUp(error: unknown): undefined {
    journal = undefined;
    if (opened !== NEVER) {
      say(
        `What this run is about to write cannot be noted beside the stack (${systemCodeOf(error) ?? String(error)}). Should it be killed, look for mappings that no state holds with \`azurestack-csp audit\`.`,
      );
    }
    opened = NEVER;
  }

  async function findLeft(): Promise<readonly ((key: string) => void)[]> {
    const found = await findOnce();
    const left = found ? await readHostJournals(found.folder).catch(() => []) : [];
    return left.filter((each) => hasEnded(each, machine)).map(createStriker);
  }

  return {
    async about(write) {
      try {
        opened ??= open();
        const [current, found] = [await opened, await findOnce()];
        if (current && found) await current.add(toIntended(write, kind, found));
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

const NEVER: Promise<undefined> = Promise.resolve(undefined);

/** One of another machine cannot be seen; its notes are left to `reconcile`, which has the stack for itself. */
function hasEnded({ host }: HostJournal, machine: Machine): boolean {
  return isSeen(host, machine) && isDead(host, machine);
}

/** Named so that no resource of a program has its URN: the host is not told the one that the write belongs to. */
function toIntended(
  { id, inputs }: NotedWrite,
  { type, provider }: MappingKind,
  { stack, project }: StackName,
): IntendedWrite {
  const urn = `urn:pulumi:${stack}::${project}::${type}::left${id.toLowerCase()}/${inputs.tenantId}`;
  return { id, urn, parent: "", inputs: { ...inputs, __provider: provider } };
}
