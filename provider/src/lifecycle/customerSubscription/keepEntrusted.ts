import type { CustomerSubscriptionId } from "../../domain/ids.ts";
import { InitializationError, isInitializationError } from "../initializationError.ts";
import type { Run } from "./run/run.ts";

/**
 * Runs a create; where it fails, the resource that was let go for it stays in the state under the new name.
 *
 * An engine that deletes before it replaces has nothing left of the old resource but a mark, which it drops without
 * asking once the row goes. As the failed create's own leftovers, the state holds on to what is still live.
 */
export async function keepEntrusted<Result>(
  { claims }: Run,
  id: CustomerSubscriptionId,
  create: () => Promise<Result>,
): Promise<Result> {
  try {
    return await create();
  } catch (error) {
    const entrusted = isInitializationError(error) ? undefined : claims.takeBack(id);
    if (!entrusted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InitializationError({ ...entrusted, reasons: [reason], cause: error });
  }
}
