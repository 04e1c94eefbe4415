import { type TenantList, toDeclarations } from "@azurestack-csp/provider";
import { KINDS } from "../../resources/kinds.ts";
import { nameOfUrn, ROOT, typeOfUrn } from "../stacks/state/deployment.ts";

/** Types of what stands for a whole run; an error about nothing has none. */
const WHOLE: ReadonlySet<string> = new Set(["", ROOT, KINDS.TenantListGuard]);

/**
 * What a person calls a resource, by its URN: customer and Hub where the list has the row, else the resource's name;
 * nothing where it is about the whole run, as the guard and the stack are.
 */
export function createResourceNames(list: TenantList): (urn: string) => string {
  const rows = new Map(
    toDeclarations(list).map(({ name, tenantName, registrationKey }) => [name, `${tenantName} on ${registrationKey}`]),
  );
  return (urn) => {
    if (WHOLE.has(typeOfUrn(urn))) return "";
    return rows.get(nameOfUrn(urn)) ?? nameOfUrn(urn);
  };
}
