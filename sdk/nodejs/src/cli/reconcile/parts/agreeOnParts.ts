import { isDeepStrictEqual } from "node:util";
import { inspectTenantList, type ManagedMapping, type Plan, ProviderError } from "@azurestack-csp/provider";
import { reconcileErrors } from "../../errors/reconcileErrors.ts";
import { sayPlanIssues } from "../../plan/inspect.ts";
import type { StackState } from "../../stacks/state/stackState.ts";
import type { Confirmation, HandOver } from "../confirmation.ts";
import type { ReconcileJob } from "../job.ts";
import type { RegistrationStack } from "./listPart.ts";

type Asking = Pick<ReconcileJob, "asks" | "clientOf" | "confirm" | "list" | "stack" | "terminal" | "today">;

/** What all stacks of a list hold before anything is done. */
interface Known {
  readonly managed: readonly ManagedMapping[];
  readonly states: readonly StackState[];
  readonly declared: readonly RegistrationStack[];
}

/**
 * Asks once about all stacks of a list, before any state is changed.
 *
 * @returns how each stack's own plan is confirmed after that: it has to be what was shown.
 */
export async function agreeOnParts(job: Asking, { managed, states, declared }: Known): Promise<Confirmation> {
  if (!job.asks) return job.confirm;
  const { list, clientOf, today, stack } = job;
  const { plan } = await inspectTenantList(clientOf, { list, managed, today: today() });
  sayPlanIssues(job, plan);
  await job.confirm(
    stack.name,
    plan,
    [],
    states.flatMap((state) => handOversOf(state, declared)),
  );
  return asAgreed(plan);
}

function handOversOf(
  { stack: from, managed }: StackState,
  declared: readonly RegistrationStack[],
): readonly HandOver[] {
  return declared.flatMap(({ stack: to, takes }) => {
    const count = to === from ? 0 : managed.filter(({ id }) => takes(id)).length;
    return count > 0 ? [{ from, to, count }] : [];
  });
}

/** Lets a stack's plan pass that makes the changes which were agreed to, registration by registration, and no others. */
export function asAgreed({ registrations }: Pick<Plan, "registrations">): Confirmation {
  const agreed = new Map(registrations.map((each) => [each.registrationId.toLowerCase(), each.changes]));
  return async (stack, plan) => {
    const isSame = plan.registrations.every(({ registrationId, changes }) =>
      isDeepStrictEqual(changes, agreed.get(registrationId.toLowerCase()) ?? []),
    );
    if (!isSame) throw new ProviderError(reconcileErrors.CSP_RECONCILE_PLAN_CHANGED, { stack });
  };
}
