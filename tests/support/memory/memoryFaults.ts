import type { RegistrationsClient } from "../../../provider/src/clients/registrations/registrationsClient.ts";

/** The name of a method of the registrations client. */
type Operation = keyof RegistrationsClient;

/** One call of the client, with the id it was about. */
export interface MemoryCall {
  readonly operation: Operation;
  /** The ARM id, or the subscription id where the operation takes one. */
  readonly id: string;
}

/** A failure to be met by calls to come. */
export interface MemoryFault {
  readonly operation: Operation;
  /** Only calls about this id, in any letter case; every call by default. */
  readonly id?: string;
  /** `before`: nothing happens; `after`: the operation is carried out and its answer is lost. */
  readonly when: "before" | "after";
  /** How many calls meet it; 1 by default. */
  readonly times?: number;
  /** What the call throws. */
  readonly error: Error;
}

/** Keeps the faults still to be met, and carries calls out around them. */
export function createMemoryFaults() {
  const pending: { fault: MemoryFault; left: number }[] = [];
  const calls: MemoryCall[] = [];

  function take(call: MemoryCall, when: MemoryFault["when"]): Error | undefined {
    const found = pending.find(({ fault, left }) => left > 0 && fault.when === when && meets(fault, call));
    if (!found) return undefined;
    found.left -= 1;
    return found.fault.error;
  }

  return {
    calls,
    add(fault: MemoryFault): void {
      pending.push({ fault, left: fault.times ?? 1 });
    },
    async around<Result>(call: MemoryCall, act: () => Result): Promise<Result> {
      calls.push(call);
      const refused = take(call, "before");
      if (refused) throw refused;
      const result = act();
      const lost = take(call, "after");
      if (lost) throw lost;
      return result;
    },
  };
}

function meets(fault: MemoryFault, call: MemoryCall): boolean {
  if (fault.operation !== call.operation) return false;
  return fault.id === undefined || fault.id.toLowerCase() === call.id.toLowerCase();
}
