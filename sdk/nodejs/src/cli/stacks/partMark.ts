import { shortName } from "./partName.ts";
import { type Deployment, nameOfUrn } from "./state/deployment.ts";
import { type PutRequest, putResources } from "./state/putResources.ts";

/**
 * The type of the component that marks the stack of one registration; it is named after the stack whose list that is of.
 *
 * The name of a stack does not tell: `production.eu` may be somebody's own. Every backend keeps a component.
 */
export const PART_MARK = "azurestack-csp:index:RegistrationStack";

/** Whether a stack was made for one registration of another stack's list. */
export function isPartOf(whole: string, { deployment }: { readonly deployment: Deployment }): boolean {
  return deployment.resources.some(({ type, urn }) => type === PART_MARK && nameOfUrn(urn) === shortName(whole));
}

/** The state with the mark in it. */
export function markPart(deployment: Deployment, whole: string, request: PutRequest): Deployment {
  const { stack, project } = request;
  const urn = `urn:pulumi:${stack}::${project}::${PART_MARK}::${shortName(whole)}`;
  return putResources(deployment, [{ urn, custom: false, type: PART_MARK }], request);
}
