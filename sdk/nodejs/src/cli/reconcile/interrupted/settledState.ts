import { readAccess } from "@azurestack-csp/provider";
import type { IntendedWrite } from "../../../journal/intendedWrite.ts";
import { type StateResource, typeOfUrn } from "../../stacks/state/deployment.ts";

/** The resource that an intended write leaves in the state, had its run come to its end. */
export function settledResource({ id, urn, parent, inputs, options }: IntendedWrite): StateResource {
  return { urn, custom: true, id, type: typeOfUrn(urn), parent, inputs, outputs: outputsOf(inputs), ...options };
}

function outputsOf(inputs: IntendedWrite["inputs"]) {
  const { __provider, tenantId, retainUntil } = inputs;
  return { __provider, tenantId, ...(retainUntil === undefined ? {} : { retainUntil }), ...readAccess(inputs) };
}
