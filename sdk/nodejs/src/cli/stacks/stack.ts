import { randomUUID } from "node:crypto";
import { lockStack } from "./lock/lockStack.ts";
import type { RunFolder } from "./lock/runFolder.ts";
import type { RunLock } from "./lock/runLock.ts";
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
  lock(): Promise<RunLock>;
  /** Where its lock and its journal are kept. */
  runFolder(): Promise<RunFolder>;
}

/** Opens a stack; nothing is asked before one of its methods is called. */
export function openStack(project: Project, name: string): Stack {
  const place = { stack: shortName(name), project: project.name, newId: randomUUID };
  return {
    name,
    project,
    place,
    sibling: (other) => openStack(project, other),
    export: () => exportStack(project, name),
    edit: (change) => editStack(project, name, change),
    put: (resources) => editStack(project, name, (deployment) => putResources(deployment, resources, place)),
    lock: async () => await lockStack({ project, stack: name, folder: await project.runFolder() }),
    runFolder: () => project.runFolder(),
  };
}
