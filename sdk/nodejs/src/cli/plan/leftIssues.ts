import {
  aFew,
  type ClientSource,
  formatRegistrationId,
  type PlanIssue,
  ProviderError,
  parseCustomerSubscriptionId,
  type TenantList,
} from "@azurestack-csp/provider";
import { describeWrite, type IntendedWrite } from "../../journal/intendedWrite.ts";
import { messageOf } from "../console/failures.ts";
import type { Terminal } from "../console/terminal.ts";
import { findLeft } from "../stacks/interrupted/findLeft.ts";
import { interruptedWrites } from "../stacks/interrupted/interruptedWrites.ts";
import type { ManagedStacks } from "../stacks/managedStacks.ts";
import type { Project } from "../stacks/project.ts";
import { openStack } from "../stacks/stack.ts";

/** What is compared. */
export interface LeftRequest {
  /** The stack, and those of its registrations. */
  readonly state: ManagedStacks;
  readonly list: TenantList;
  readonly clientOf: ClientSource;
  readonly terminal: Pick<Terminal, "say">;
}

/** Warns of what interrupted runs registered, that is live, and that neither a state nor the list has. */
export async function leftIssues(
  project: Project,
  { state, list, clientOf, terminal }: LeftRequest,
): Promise<readonly PlanIssue[]> {
  const { managed, stacks, deployment } = state;
  const own = stacks.map((name) => ({
    stack: name,
    managed,
    deployment: name === state.stack ? deployment : { resources: [] },
  }));
  const writes = await Promise.all(own.map((each) => interruptedWrites(openStack(project, each.stack), each)));
  const left = await findLeft({ writes: writes.flat(), managed, list, clientOf }).catch((error: unknown) => {
    terminal.say(`What an interrupted run left could not be looked up, and is not known: ${messageOf(error)}`);
    return [];
  });
  return [...Map.groupBy(left, registrationOf).entries()].map(([registrationId, group]) => {
    const mappings = aFew(group.map(describeWrite));
    const held = "No state holds them, so `pulumi up` leaves them alone";
    const details = { count: String(group.length), mappings, held };
    const { code, message } = new ProviderError("CSP_WRITES_LEFT", details);
    return { severity: "warning", code, message, registrationId, place: undefined };
  });
}

function registrationOf({ id }: IntendedWrite): string {
  const parsed = parseCustomerSubscriptionId(id);
  return parsed ? formatRegistrationId(parsed.registration) : id;
}
