import type { TenantList } from "@azurestack-csp/provider";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { PART_MARK } from "../../stacks/partMark.ts";
import { shortName } from "../../stacks/partName.ts";

/** What the built-in program declares. */
export interface BuiltInRequest {
  readonly list: TenantList;
  /** The stack whose list it is a part of; absent where it is the whole list. */
  readonly partOf?: string;
}

/** The run is judged over the state before; what the guard remembers, or a part by itself, may be less. */
const guard = { maxRemovals: "100%", maxMoves: "100%" } as const;

/**
 * The program of a folder that holds nothing but a list.
 *
 * It declares what the root project of this repository declares, under the same names, so that a program may take the
 * folder over later without a change.
 */
export function builtInProgram({ list, partOf }: BuiltInRequest): PulumiFn {
  return async () => {
    const { ComponentResource } = await import("@pulumi/pulumi");
    const { TenantRegistrations } = await import("../../../resources/tenantRegistrations.ts");
    if (partOf !== undefined) new ComponentResource(PART_MARK, shortName(partOf));
    new TenantRegistrations("tenants", { list, guard });
  };
}
