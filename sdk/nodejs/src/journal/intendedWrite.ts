import { parseCustomerSubscriptionId } from "@azurestack-csp/provider";

/** A mapping that a run is about to write, and that no state holds yet. */
export interface IntendedWrite {
  /** ARM id of the customer subscription. */
  readonly id: string;
  /** Empty where a dynamic host has noted it, which is not told the one of its resource. */
  readonly urn: string;
  /** URN of the parent; empty where there is none. */
  readonly parent: string;
  /** The checked inputs, with the text that names the provider. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The resource options that forbid or spare a removal, as far as they are set. */
  readonly options?: Readonly<Partial<Record<"protect" | "retainOnDelete", true>>>;
}

/** One key for a write: its ARM id and its tenant, in lower case. */
export function writeKey({ id, inputs }: Pick<IntendedWrite, "id" | "inputs">): string {
  return `${id} ${String(inputs.tenantId)}`.toLowerCase();
}

/** A write in words: its subscription, its tenant, and the name of its registration, for ARM ids are hard to read. */
export function describeWrite({ id, inputs }: Pick<IntendedWrite, "id" | "inputs">): string {
  const parsed = parseCustomerSubscriptionId(id);
  const [subscription, on] = parsed
    ? [parsed.customerSubscriptionId, ` on ${parsed.registration.registrationName}`]
    : [id, ""];
  return `${subscription} (tenant ${String(inputs.tenantId)})${on}`;
}

/** The first line of a journal, which may say more. */
export const JOURNAL_HEADER = { journal: "azurestack-csp", version: 1 };
