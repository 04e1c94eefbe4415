import type { TenantList } from "@azurestack-csp/provider";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { PART_MARK } from "../../stacks/partMark.ts";
import { shortName } from "../../stacks/partName.ts";
import type { TenantListGuardLimits } from "../../tenantListGuard.ts";

/** What the built-in program declares. */
export interface BuiltInRequest {
  readonly list: TenantList;
  readonly guard: TenantListGuardLimits;
  /** The stack whose list it is a part of; absent where it is the whole list. */
  readonly partOf?: string;
}

/**
 * The program of a folder that holds nothing but a list.
 *
 * It declares what the root project of this repository declares, under the same names, so that a program may take the
 * folder over later without a change.
 */
export function builtInProgram({ list, guard, partOf }: BuiltInRequest): PulumiFn {
  return async () => {
    const { ComponentResource } = await import("@pulumi/pulumi");
    const { TenantRegistrations } = await import("../../tenantRegistrations.ts");
    if (partOf !== undefined) new ComponentResource(PART_MARK, shortName(partOf));
    new TenantRegistrations("tenants", { list, guard });
  };
}
