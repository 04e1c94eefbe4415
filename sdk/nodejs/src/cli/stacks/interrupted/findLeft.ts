import {
  type ClientSource,
  type CustomerSubscriptionId,
  findCustomerSubscription,
  formatCustomerSubscriptionId,
  type ManagedMapping,
  parseCustomerSubscriptionId,
  readAccess,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import pMap from "p-map";
import { type IntendedWrite, writeKey } from "../../../journal/intendedWrite.ts";

/** How many requests are under way side by side; the clients pace what comes of it. */
const CONCURRENCY = 16;

/** What an interrupted run left, and what is known since. */
export interface LeftRequest {
  readonly writes: readonly IntendedWrite[];
  /** What the stack manages. */
  readonly managed: readonly ManagedMapping[];
  readonly list: TenantList;
  readonly clientOf: ClientSource;
}

/**
 * Finds what an interrupted run wrote, and what neither the state nor the list has; asks Azure, and sends no write.
 *
 * What is still declared needs nothing: it is adopted where it is live and written where it is not.
 */
export async function findLeft({ writes, managed, list, clientOf }: LeftRequest): Promise<readonly IntendedWrite[]> {
  const accounted = new Set([...heldIn(managed), ...declaredIn(list)]);
  const open = writes.filter((write) => !accounted.has(writeKey(write)));
  const judge = async (write: IntendedWrite) => ((await isLive(write, clientOf)) ? [write] : []);
  return (await pMap(open, judge, { concurrency: CONCURRENCY })).flat();
}

function heldIn(managed: readonly ManagedMapping[]): readonly string[] {
  return managed.map(({ id, tenantId }) => keyOf(id, tenantId));
}

function declaredIn(list: TenantList): readonly string[] {
  return toDeclarations(list).map(({ id, inputs }) => keyOf(id, inputs.tenantId));
}

function keyOf(id: CustomerSubscriptionId, tenantId: string | undefined): string {
  return writeKey({ id: formatCustomerSubscriptionId(id), inputs: { tenantId } });
}

async function isLive({ id: armId, inputs }: IntendedWrite, clientOf: ClientSource): Promise<boolean> {
  const id = parseCustomerSubscriptionId(armId);
  if (!id) return false;
  const found = await findCustomerSubscription(clientOf(readAccess(inputs)), id);
  if (!found) return false;
  return found.tenantId === undefined || found.tenantId.toLowerCase() === String(inputs.tenantId).toLowerCase();
}
