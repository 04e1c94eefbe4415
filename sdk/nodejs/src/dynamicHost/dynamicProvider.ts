import { ProviderError } from "@azurestack-csp/provider";
import { isInitializationError, isProviderError, type ResourceLifecycle } from "@azurestack-csp/provider/lifecycle";
import type { HostRun } from "./hostRun.ts";

type Properties = Record<string, unknown>;

/** What Pulumi's dynamic host calls, resource by resource (pulumi/pulumi, sdk/nodejs/dynamic/index.ts). */
export interface DynamicProvider {
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

/** gRPC's FAILED_PRECONDITION: the engine takes an unknown code for a state that may be corrupt. */
const FAILED_PRECONDITION = 9;

/**
 * Puts a lifecycle behind the dynamic host's interface, and minds the host's traps in one place.
 *
 * The host passes outputs on only if they are plain JSON, keeps `__provider` for us except in a partial failure, takes
 * an empty answer to `read` for "gone", lets only an error's message through, and prints the stack of some beside it.
 */
export function toDynamicProvider(lifecycle: ResourceLifecycle, { during }: Pick<HostRun, "during">): DynamicProvider {
  return {
    async check(olds, news) {
      const { inputs, failures } = reporting(() => lifecycle.check(withoutProvider(news), withoutProvider(olds)));
      return { inputs: plain(inputs), failures: failures.map((failure) => ({ ...failure })) };
    },
    async diff(id, olds, news) {
      const request = { id, outputs: withoutProvider(olds), inputs: withoutProvider(news) };
      const { changes, replaces } = await reportingLater(() => lifecycle.diff(request));
      return { changes, replaces: [...replaces], deleteBeforeReplace: false };
    },
    async create(inputs) {
      const { id, outputs } = await keeping(inputs, () => during(() => lifecycle.create(withoutProvider(inputs))));
      return { id, outs: plain(outputs) };
    },
    async read(id, props) {
      const found = await reportingLater(() => during(() => lifecycle.read({ id, outputs: withoutProvider(props) })));
      // A refresh takes this for "gone"; a look-up would take it for a resource that is there.
      if (!found && props.lookedUp) throw forHost(new ProviderError("CSP_LOOKUP_NOT_FOUND", { id }));
      if (!found) return {};
      const { outputs, inputs } = found;
      return { id: found.id, props: plain(outputs), ...(inputs ? { inputs: plain(inputs) } : {}) };
    },
    async update(id, olds, news) {
      const request = { id, outputs: withoutProvider(olds), inputs: withoutProvider(news) };
      return { outs: plain(await keeping(news, () => during(() => lifecycle.update(request)))) };
    },
    async delete(id, props) {
      await reportingLater(() => during(() => lifecycle.delete({ id, outputs: withoutProvider(props) })));
    },
  };
}

function withoutProvider({ __provider, ...properties }: Properties): Properties {
  return properties;
}

function plain(properties: Readonly<Properties>): Properties {
  return JSON.parse(JSON.stringify(properties)) as Properties;
}

/** Runs a create or update; what a failed one may have left behind reaches the state, with the text that names its provider. */
async function keeping<Result>({ __provider }: Properties, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (!isInitializationError(error)) throw error;
    const properties = { ...plain(error.outputs), __provider };
    throw Object.assign(new Error(error.message), { id: error.id, properties, reasons: [...error.reasons] });
  }
}

function reporting<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw forHost(error);
  }
}

async function reportingLater<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw forHost(error);
  }
}

/** The host prints text and stack of these errors and then hands the message to the engine, which shows it again. */
function forHost(error: unknown): unknown {
  if (!isProviderError(error)) return error;
  const shown = new Error(error.message);
  shown.stack = `[${error.code}], explained in the resource's error`;
  return Object.assign(shown, { code: FAILED_PRECONDITION, toString: () => "azurestack-csp" });
}
