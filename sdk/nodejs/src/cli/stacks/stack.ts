import { randomUUID } from "node:crypto";
import { hostsFolder, type JournalFolder } from "../../journal/journalFolder.ts";
import type { CommandLock } from "./lock/commandLock.ts";
import { type EndRequest, endRun, forgetHosts, freeStack, type Waiting } from "./lock/endRun.ts";
import { lockStack } from "./lock/lockStack.ts";
import { shortName } from "./partName.ts";
import type { Project } from "./project.ts";
import type { Deployment, StateResource } from "./state/deployment.ts";
import { type PutRequest, putResources } from "./state/putResources.ts";
import { editStack, exportStack, type StackState } from "./state/stackState.ts";

/** A stack of a project, which may not be there yet; all of it but the lock is Pulumi's work. */
export interface Stack {
  /** As commands take it, under which its lock and its journal are found. */
  readonly name: string;
  readonly project: Project;
  /** Whose URNs its resources have. */
  readonly place: PutRequest;
  /** Another stack of the same project. */
  sibling(name: string): Stack;
  /** Its state, secrets encrypted; throws as `exportStack` does. */
  export(): Promise<StackState>;
  /** Rewrites its state, and gives it back; see `editStack`. */
  edit(change: (deployment: Deployment) => Deployment): Promise<StackState>;
  /** Puts resources into its state, and what they stand on; see `putResources`. */
  put(resources: readonly StateResource[]): Promise<StackState>;
  /** Locks it for the whole of a command; see `lockStack`. */
  lock(waiting: Waiting): Promise<CommandLock>;
  /** Brings what is left of an update to its end, under its lock; see `endRun`. */
  endRun(request: EndRequest): Promise<void>;
  /** Frees it from what a killed command of Pulumi's left, under its lock; see `freeStack`. */
  free(waiting: Pick<Waiting, "terminal">): Promise<void>;
  /** The folder in which the dynamic hosts of an update note themselves. */
  hosts(): Promise<string>;
  /** Forgets them, once the update has come to its end; see `forgetHosts`. */
  forgetHosts(): Promise<void>;
  /** Where its lock and its journal are kept. */
  journalFolder(): Promise<JournalFolder>;
}

/** Opens a stack; nothing is asked before one of its methods is called. */
export function openStack(project: Project, name: string): Stack {
  const place = { stack: shortName(name), project: project.name, newId: randomUUID };
  const locked = async () => ({ project, stack: name, folder: await project.journalFolder() });
  return {
    name,
    project,
    place,
    sibling: (other) => openStack(project, other),
    export: () => exportStack(project, name),
    edit: (change) => editStack(project, name, change),
    put: (resources) => editStack(project, name, (deployment) => putResources(deployment, resources, place)),
    lock: async (waiting) => await lockStack(await locked(), waiting),
    endRun: async (request) => await endRun(await locked(), request),
    free: async (waiting) => await freeStack(await locked(), waiting),
    hosts: async () => hostsFolder(await project.journalFolder(), name),
    forgetHosts: async () => await forgetHosts(await locked()),
    journalFolder: () => project.journalFolder(),
  };
}
