import type * as pulumi from "@pulumi/pulumi";
import type { TenantListGuardLimits } from "./tenantListGuard.ts";

/**
 * The limits of a guard as a stack's configuration says them: `maxRemovals`, `maxMoves`, `confirmedRemovals` and
 * `confirmedMoves`.
 *
 * All are handed on as the texts that they are, and the guard refuses what it cannot read: Pulumi's own reading of a number
 * takes `12abc` for 12.
 *
 * ```ts
 * new TenantRegistrations("tenants", { list, guard: guardFromConfig(new pulumi.Config()) });
 * ```
 */
export function guardFromConfig(config: Pick<pulumi.Config, "get">): TenantListGuardLimits {
  return {
    maxRemovals: config.get("maxRemovals"),
    maxMoves: config.get("maxMoves"),
    confirmedRemovals: config.get("confirmedRemovals"),
    confirmedMoves: config.get("confirmedMoves"),
  };
}
