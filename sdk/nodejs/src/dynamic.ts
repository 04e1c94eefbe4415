import { createLifecycles } from "@azurestack-csp/provider/lifecycle";
import { type DynamicProvider, toDynamicProvider } from "./dynamicHost/dynamicProvider.ts";
import { joinRun } from "./dynamicHost/hostRun.ts";
import { providerOf } from "./resources/kinds.ts";

/** The engine starts one dynamic host for every preview, update, refresh or destroy, so that a process is a run. */
const run = joinRun(process, { provider: providerOf("CustomerSubscription"), say });

const lifecycles = createLifecycles({ env: process.env, say, noMore: run.engineGone, notes: run.notes });

const providers: ReadonlyMap<string, DynamicProvider> = new Map(
  Object.entries(lifecycles).map(([kind, lifecycle]) => [kind, toDynamicProvider(lifecycle, run)]),
);

/**
 * The provider behind a type of resource, as the text in the state asks for it by name.
 *
 * This is a contract with every state ever written: `v1` and the names it knows stay for ever, and every release
 * carries out what an earlier one declared.
 *
 * @throws Error where the state names a type that this release does not know.
 */
export function v1(type: string): DynamicProvider {
  const provider = providers.get(type);
  if (provider) return provider;
  throw new Error(
    `azurestack-csp does not know the resource type "${type}", which this stack's state was written with. A newer release did; update azurestack-csp in the program's folder.`,
  );
}

/** What a process writes to standard output, Pulumi shows as information beside the resource. */
function say(message: string): void {
  process.stdout.write(`${message}\n`);
}
