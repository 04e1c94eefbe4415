import type { Terminal } from "../console/terminal.ts";
import type { LiveRows } from "./liveRows.ts";

/** Says what is live and has no row. */
export function sayLeftOut(terminal: Pick<Terminal, "say">, { withoutTenant, further }: LiveRows): void {
  for (const id of withoutTenant)
    terminal.say(`warning: the tenant of ${id} cannot be told, so it is not in the list.`);
  for (const { key, tenantId, customerSubscriptionId } of further) {
    terminal.say(
      `warning: tenant ${tenantId} is mapped to ${customerSubscriptionId} on ${key} too; a list holds one of its customer subscriptions there, and not this one.`,
    );
  }
}
