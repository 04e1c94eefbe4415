import type { MappingChange } from "../../../../../provider/src/clients/registrations/mappingChange.ts";
import type { RegistrationsClient } from "../../../../../provider/src/clients/registrations/registrationsClient.ts";
import { DELETED_FIRST } from "../../../../../provider/src/domain/customerSubscription/inputs.ts";
import { isInitializationError } from "../../../../../provider/src/lifecycle/initializationError.ts";
import type { Existing } from "../../../../../provider/src/lifecycle/resourceLifecycle.ts";
import { startRun, type TestRun } from "./harness.ts";

type Properties = Readonly<Record<string, unknown>>;

/** The resources of a program by name, in the order in which it declares them. */
export type Program = Readonly<Record<string, Properties>>;

/** A resource as the stack's state holds it. */
export interface Stored extends Existing {
  readonly inputs: Properties;
  /** Whether it could not be initialised: the next run updates it whatever `diff` says. */
  readonly failed: boolean;
  /** Whether it was deleted to be replaced, and never was: the engine drops it without asking once its row goes. */
  readonly isPendingReplacement?: boolean;
}

/** What a run is asked for. */
export interface UpOptions {
  /** Names of resources to replace on request, about which no `diff` is asked. */
  readonly replace?: readonly string[];
  /** Names of resources that are deleted before they are replaced. */
  readonly deleteBeforeReplace?: readonly string[];
  /** Names of resources that are checked and then not made, such as by a hook that fails. */
  readonly leftOut?: readonly string[];
  /** Whether removals are carried out although something has failed. */
  readonly continueOnError?: boolean;
}

/** What a run came to. */
export interface Outcome {
  readonly errors: readonly Error[];
  readonly said: readonly string[];
  readonly changes: readonly MappingChange[];
}

/** A stack: its state, and the operations of Pulumi's engine on it. */
export interface Engine {
  readonly state: ReadonlyMap<string, Stored>;
  /** What was replaced and is still to be removed. */
  readonly pending: readonly Existing[];
  up(program: Program, options?: UpOptions): Promise<Outcome>;
  refresh(): Promise<Outcome>;
  destroy(): Promise<Outcome>;
}

/**
 * Makes a stack whose operations follow the order of Pulumi's engine.
 *
 * Check and diff run resource by resource, a replaced one is checked twice; creates and updates start at once and go on
 * beside later checks; removals come last, all together, and only where nothing failed or the engine is told to go on
 * (pulumi/pulumi, pkg/resource/deploy/step_generator.go, deployment_executor.go).
 *
 * @param earlier the state to begin with.
 */
export function createEngine(client: RegistrationsClient, earlier: Iterable<readonly [string, Stored]> = []): Engine {
  const state = new Map<string, Stored>(earlier);
  let pending: readonly Existing[] = [];

  async function up(program: Program, options: UpOptions = {}) {
    const { replace = [], deleteBeforeReplace = [], leftOut = [], continueOnError = false } = options;
    const run = startRun(client);
    const errors: Error[] = [];
    const steps: Promise<void>[] = [];
    const start = (step: () => Promise<void>) => steps.push(step().catch((error) => void errors.push(error)));
    for (const [name, declared] of Object.entries(program)) {
      const isDeletedFirst = deleteBeforeReplace.includes(name);
      const properties = isDeletedFirst ? { ...declared, [DELETED_FIRST]: true } : declared;
      await Promise.resolve();
      if (errors.length > 0 && !continueOnError) break;
      const old = state.get(name);
      const isRequested = replace.includes(name);
      const { inputs, failures } = run.lifecycle.check(properties, isRequested ? {} : old?.inputs);
      errors.push(...failures.map(({ reason }) => new Error(reason)));
      if (failures.length > 0) {
        // An invalid resource ends the run whatever the engine is told; what is under way is finished.
        await Promise.all(steps);
        return outcome(run, errors);
      }
      if (leftOut.includes(name)) continue;
      if (!old) {
        start(() => create(run, name, inputs));
        continue;
      }
      const { changes, replaces } = isRequested
        ? { changes: true, replaces: ["id"] }
        : await run.lifecycle.diff({ ...old, inputs });
      if (replaces.length > 0 || old.isPendingReplacement) {
        if (!isRequested) run.lifecycle.check(properties);
        const isFirst = isDeletedFirst && !old.isPendingReplacement;
        start(() => (isFirst ? recreate(run, name, inputs, old) : create(run, name, inputs, old)));
      } else if (changes || old.failed) start(() => update(run, name, inputs, old));
      else state.set(name, { ...old, inputs });
    }
    await Promise.all(steps);
    if (errors.length === 0 || continueOnError) await sweep(run, errors, ([name]) => !(name in program));
    return outcome(run, errors);
  }

  async function create({ lifecycle }: TestRun, name: string, inputs: Properties, old?: Stored): Promise<void> {
    const replaced = () => {
      if (old && !old.isPendingReplacement) pending = [...pending, old];
    };
    try {
      const created = await lifecycle.create(inputs);
      state.set(name, { ...created, inputs, failed: false });
      replaced();
    } catch (error) {
      if (isInitializationError(error)) {
        state.set(name, { id: error.id, outputs: error.outputs, inputs, failed: true });
        replaced();
      }
      throw error;
    }
  }

  async function recreate(run: TestRun, name: string, inputs: Properties, old: Stored): Promise<void> {
    await run.lifecycle.delete(old);
    const marked = { ...old, isPendingReplacement: true };
    state.set(name, marked);
    await create(run, name, inputs, marked);
  }

  async function update({ lifecycle }: TestRun, name: string, inputs: Properties, old: Stored): Promise<void> {
    try {
      state.set(name, { ...old, outputs: await lifecycle.update({ ...old, inputs }), inputs, failed: false });
    } catch (error) {
      if (isInitializationError(error)) state.set(name, { ...old, outputs: error.outputs, failed: true });
      throw error;
    }
  }

  async function sweep(run: TestRun, errors: Error[], isUnwanted: (entry: [string, Stored]) => boolean) {
    const unwanted = [...state].filter(isUnwanted);
    const removePending = pending.map(async (old) => {
      await run.lifecycle.delete(old);
      pending = pending.filter((other) => other !== old);
    });
    const removeUnwanted = unwanted.map(async ([name, old]) => {
      if (!old.isPendingReplacement) await run.lifecycle.delete(old);
      state.delete(name);
    });
    for (const result of await Promise.allSettled([...removePending, ...removeUnwanted])) {
      if (result.status === "rejected") errors.push(result.reason);
    }
  }

  async function refresh() {
    const run = startRun(client);
    const errors: Error[] = [];
    const readOne = async ([name, old]: [string, Stored]) => {
      const found = await run.lifecycle.read(old);
      if (!found) state.delete(name);
      else state.set(name, { id: found.id, outputs: found.outputs, inputs: found.inputs ?? old.inputs, failed: false });
    };
    await Promise.all([...state].map((entry) => readOne(entry).catch((error) => void errors.push(error))));
    for (const each of state.values()) await run.lifecycle.diff(each);
    return outcome(run, errors);
  }

  return {
    state,
    get pending() {
      return pending;
    },
    up,
    refresh,
    async destroy() {
      const run = startRun(client);
      const errors: Error[] = [];
      await sweep(run, errors, () => true);
      return outcome(run, errors);
    },
  };
}

function outcome({ said, changes }: TestRun, errors: readonly Error[]): Outcome {
  return { errors, said, changes };
}
