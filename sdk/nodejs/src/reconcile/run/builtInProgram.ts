import type { TenantList } from "@azurestack-csp/provider";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { TenantListGuardLimits } from "../../tenantListGuard.ts";

/**
 * The program of a folder that holds nothing but a list.
 *
 * It declares what the root project of this repository declares, under the same names, so that a program may take the
 * folder over later without a change.
 */
export function builtInProgram(list: TenantList, guard: TenantListGuardLimits): PulumiFn {
  return async () => {
    const { TenantRegistrations } = await import("../../tenantRegistrations.ts");
    new TenantRegistrations("tenants", { list, guard });
  };
}
