import { aFew, limitTenantList, type ManagedMapping, ProviderError } from "@azurestack-csp/provider";
import { reconcileErrors } from "../errors/reconcileErrors.ts";
import type { ReconcileJob } from "./job.ts";
import type { RunOutcome } from "./pulumi/stackRun.ts";

/**
 * Has a job that is limited to some registrations declare all others as the stack has them; every other job stays as it is.
 *
 * @param job - as it was given, with the whole list.
 * @param managed - all that the stack manages, or is about to take over.
 * @throws ProviderError `CSP_RECONCILE_NOT_LIMITED`
 */
export function limitJob(job: ReconcileJob, managed: readonly ManagedMapping[]): ReconcileJob {
  const { limit, list } = job;
  if (!limit?.keys) return job;
  const scope = limitTenantList({ list, managed, keys: limit.keys });
  if (scope.unkept.length > 0) throw notLimited(job, scope.unkept);
  return { ...job, list: scope.list, run: limit.openRun(scope.list), scope };
}

/**
 * Makes sure that a preview leaves alone what a limited run is not about; by the state alone nobody can tell that of
 * everything, as of a tenant that a refresh found.
 *
 * @param managed - what the previewed state holds.
 * @throws ProviderError `CSP_RECONCILE_NOT_LIMITED`
 */
export function refuseOutside(
  job: ReconcileJob,
  { managed, preview }: { readonly managed: readonly ManagedMapping[]; readonly preview: RunOutcome },
): void {
  const { scope } = job;
  if (!scope) return;
  const changed = new Set(preview.steps.filter(({ op }) => op !== "same").map(({ urn }) => urn));
  const touched = managed.filter((mapping) => !scope.isChosen(mapping) && changed.has(mapping.urn));
  if (touched.length > 0) throw notLimited(job, touched);
}

function notLimited({ stack, limit }: ReconcileJob, mappings: readonly ManagedMapping[]): ProviderError {
  return new ProviderError(reconcileErrors.CSP_RECONCILE_NOT_LIMITED, {
    stack: stack.name,
    count: String(mappings.length),
    registrations: (limit?.keys ?? []).join(", "),
    mappings: aFew(mappings.map(({ name }) => name)),
  });
}
