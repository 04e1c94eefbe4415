import { customerSubscriptionKey, type Plan, parseCustomerSubscriptionId } from "@azurestack-csp/provider";
import { KINDS } from "../../resources/kinds.ts";
import type { Deployment, StateResource } from "../stacks/state/deployment.ts";
import type { StackState } from "../stacks/state/stackState.ts";
import type { ReconcileJob } from "./job.ts";

/** The directories of wrong mappings, by `customerSubscriptionKey`. */
type Directories = ReadonlyMap<string, string>;

/**
 * Keeps in the state what a plan found of another directory than its tenant, so that every later plan and run shows it;
 * forgets what is right by now.
 *
 * @returns the state afterwards.
 */
export async function markWrong(
  { stack, today }: Pick<ReconcileJob, "stack" | "today">,
  { state, plan }: { readonly state: StackState; readonly plan: Plan },
): Promise<StackState> {
  const marks: Marks = { wrong: wrongIn(plan), asked: `${today()}T00:00:00Z` };
  if (withMarks(state.deployment, marks) === state.deployment) return state;
  return await stack.edit((deployment) => withMarks(deployment, marks));
}

/** What is noted of mappings that were asked for. */
interface Marks {
  readonly wrong: Directories;
  /** When it was asked, for those of which no engine has noted when they were made; RFC 3339. */
  readonly asked: string;
}

/**
 * The state with the directory among the outputs of each wrong mapping, and of no other; the same object where it is so.
 *
 * What an edit of the state has put there, and no run has made, counts as made by the one that has asked for it.
 */
export function withMarks(deployment: Deployment, marks: Marks): Deployment {
  const resources = deployment.resources.map((resource) => mark(resource, marks));
  const isSame = resources.every((resource, index) => resource === deployment.resources[index]);
  return isSame ? deployment : { ...deployment, resources };
}

function mark(resource: StateResource, { wrong, asked }: Marks): StateResource {
  const { type, id = "", outputs = {}, created = asked } = resource;
  const parsed = type === KINDS.CustomerSubscription && !resource.delete ? parseCustomerSubscriptionId(id) : undefined;
  if (!parsed) return resource;
  const directory = wrong.get(customerSubscriptionKey(parsed));
  if (directory === outputs.directory && resource.created) return resource;
  const { directory: _before, ...kept } = outputs;
  return { ...resource, created, outputs: directory === undefined ? kept : { ...kept, directory } };
}

function wrongIn({ registrations }: Plan): Directories {
  return new Map(
    registrations.flatMap(({ registration, wrong }) =>
      wrong.map(({ customerSubscriptionId, directory }) => {
        const key = customerSubscriptionKey({ registration, customerSubscriptionId });
        return [key, directory.toLowerCase()] as const;
      }),
    ),
  );
}
