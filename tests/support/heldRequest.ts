import { createEmulator, type Emulator, type EmulatorOptions, type FaultRule } from "@azurestack-csp/emulator";

/** An emulator that holds a request where a fault rule says, until it is let go. */
export interface HoldingEmulator extends Emulator {
  /** Holds what fits, at the rule's place, and does `what` to it then; the promise tells that the first has come. */
  hold(rule: Omit<FaultRule, "what"> & Partial<Pick<FaultRule, "what">>): Promise<void>;
  /** Lets what is held go on, and holds nothing more. */
  release(): void;
}

/** Starts an emulator that can hold requests, so that a test knows where a run is without a clock. */
export async function createHoldingEmulator(options: Omit<EmulatorOptions, "sleep"> = {}): Promise<HoldingEmulator> {
  let held = defer();
  let reached = defer();
  const emulator = await createEmulator({
    ...options,
    async sleep() {
      reached.resolve();
      await held.settled;
    },
  });
  return {
    ...emulator,
    hold(rule) {
      held = defer();
      reached = defer();
      emulator.addFault({ ...rule, what: { ...rule.what, delayInMs: 1 } });
      return reached.settled;
    },
    release() {
      emulator.clearFaults();
      held.resolve();
    },
  };
}

interface Deferred {
  readonly settled: Promise<void>;
  readonly resolve: () => void;
}

function defer(): Deferred {
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { settled, resolve: () => settle() };
}
