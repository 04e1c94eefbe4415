import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { HubFact } from "../world/hub.ts";
import type { World } from "../world/world.ts";
import { WorldError } from "../world/worldError.ts";
import type { Hub } from "./hubs.ts";
import { ownersOfHubs, type WorldStore } from "./store.ts";

const VERSION = 1;
const WRITE_DELAY_IN_MS = 100;

/** What outlives a restart: all that requests can change. Directories, subscriptions and applications stay the world's. */
interface State extends Pick<World, "registrations" | "locks" | "roleAssignments"> {
  readonly version: typeof VERSION;
  /** Absent in files of before there were Hubs. */
  readonly hubs?: readonly HubState[];
  readonly subscriptions: readonly Pick<
    World["subscriptions"][number],
    "subscriptionId" | "providers" | "resourceGroups"
  >[];
}

/** What requests can change of a Hub; the rest stays the world's. */
type HubState = Pick<
  HubFact,
  "name" | "usageReportingEnabled" | "resourceGroups" | "directoryTenants" | "subscriptions"
> &
  Pick<HubFact, "registrationId">;

/** The file that carries what requests changed over a restart. */
export interface StateFile {
  /** The world with what the file holds put in place of its own. */
  restore(world: World): Promise<World>;
  /** Names the store whose changes are to be written. */
  observe(store: WorldStore): void;
  /** Notes a change; it is written soon, together with others. */
  changed(): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

/** Where the state is kept, and who is told when it cannot be written. */
export interface StateFileOptions {
  /** Absent: nothing is kept. */
  readonly path: string | undefined;
  readonly onError: (error: unknown) => void;
}

/** Keeps the state in a JSON file that is replaced as a whole, so that a reader never meets half of it. */
export function createStateFile({ path, onError }: StateFileOptions): StateFile {
  if (path === undefined) {
    return {
      restore: async (world) => world,
      observe: () => undefined,
      changed: () => undefined,
      flush: async () => undefined,
    };
  }
  let store: WorldStore | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isDirty = false;
  let writing = Promise.resolve();

  const write = async () => {
    if (!store || !isDirty) return;
    isDirty = false;
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.tmp`;
    await writeFile(temporary, `${JSON.stringify(stateOf(store), undefined, 1)}\n`);
    await rename(temporary, path).catch(async (error: unknown) => {
      await rm(temporary, { force: true });
      throw error;
    });
  };
  const writeNext = () => {
    timer = undefined;
    writing = writing.then(write).catch(onError);
    return writing;
  };

  return {
    async restore(world) {
      const text = await readIfThere(path);
      return text === undefined ? world : overlay(world, parseState(text, path));
    },
    observe(observed) {
      store = observed;
    },
    changed() {
      isDirty = true;
      timer ??= setTimeout(writeNext, WRITE_DELAY_IN_MS).unref();
    },
    async flush() {
      clearTimeout(timer);
      await writeNext();
    },
  };
}

function stateOf({ registrations, subscriptions, locks, roleAssignments, hubs }: WorldStore): State {
  return {
    version: VERSION,
    subscriptions: subscriptions.list().map(({ subscriptionId }) => ({
      subscriptionId,
      providers: subscriptions.listProviders(subscriptionId),
      resourceGroups: subscriptions.listGroups(subscriptionId),
    })),
    registrations: registrations.all().map((registration) => ({
      ...registration,
      customerSubscriptions: (registrations.mappingsOf(registration)?.live() ?? []).map(
        ({ sequence, ...fact }) => fact,
      ),
      mappingHistory: registrations.historyOf(registration),
    })),
    locks: locks.all(),
    roleAssignments: roleAssignments.all(),
    hubs: hubs.map(stateOfHub),
  };
}

function stateOfHub(hub: Hub): HubState {
  const { name, providerSubscriptionId, providerSubscriptions, localSubscriptions, directoryTenants } = hub;
  return {
    name,
    ...hub.settings(),
    resourceGroups: providerSubscriptions.listGroups(providerSubscriptionId),
    directoryTenants: directoryTenants.list(),
    subscriptions: localSubscriptions.list().map((facts) => ({
      ...facts,
      providers: localSubscriptions.listProviders(facts.subscriptionId),
      resourceGroups: localSubscriptions.listGroups(facts.subscriptionId),
    })),
  };
}

function overlay(world: World, { version, subscriptions, hubs, roleAssignments = [], ...state }: State): World {
  const keptHubs = new Map((hubs ?? []).map((hub) => [hub.name.toLowerCase(), hub]));
  const ofNewHubs = hubs || world.roleAssignments ? [] : ownersOfHubs(world);
  const kept = new Map(subscriptions.map((subscription) => [subscription.subscriptionId.toLowerCase(), subscription]));
  return {
    ...world,
    ...state,
    roleAssignments: [...roleAssignments, ...ofNewHubs],
    ...(world.hubs ? { hubs: world.hubs.map((hub) => ({ ...hub, ...keptHubs.get(hub.name.toLowerCase()) })) } : {}),
    subscriptions: world.subscriptions.map((facts) => ({ ...facts, ...kept.get(facts.subscriptionId.toLowerCase()) })),
  };
}

function parseState(text: string, path: string): State {
  const state = readJson(text, path);
  if (state?.version !== VERSION || !Array.isArray(state.subscriptions)) {
    throw new WorldError(
      `${path} is not a state file of this emulator (version ${VERSION}). Name another file or delete it.`,
    );
  }
  return state;
}

function readJson(text: string, path: string): State | undefined {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WorldError(`${path} is not JSON, so the emulator cannot go on from it. Name another file or delete it.`, {
      cause,
    });
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
