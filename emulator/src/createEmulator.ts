import { randomUUID } from "node:crypto";
import { setTimeout as sleepFor } from "node:timers/promises";
import { createControl } from "./control/control.ts";
import { createFacts, type Facts } from "./control/facts.ts";
import { createModeSwitch, type Modes } from "./modes.ts";
import type { Services } from "./pipeline/exchange.ts";
import { createFaultRules, type FaultRule } from "./pipeline/faultRules.ts";
import type { EmulatorRequest } from "./pipeline/http.ts";
import { createJournal, type JournalEntry } from "./pipeline/journal.ts";
import { createRouter } from "./pipeline/router.ts";
import { createHandler } from "./pipeline/run.ts";
import { writeCaFile } from "./server/caFile.ts";
import { createCertificates } from "./server/certificates.ts";
import { listen } from "./server/listener.ts";
import { armLimits, createThrottle, type ThrottleLimits } from "./services/arm/throttle.ts";
import { createTokens } from "./services/entra/tokens.ts";
import { operations } from "./services/origins.ts";
import { createStateFile } from "./store/stateFile.ts";
import { createStore } from "./store/store.ts";
import { loadWorld } from "./world/loadWorld.ts";
import type { World } from "./world/world.ts";

/** What an emulator starts with; everything has a default. */
export interface EmulatorOptions {
  /** A world, or the path of a file with one. @default the sample world */
  readonly world?: World | string;
  /** File that keeps what requests changed, beyond a restart. @default memory only */
  readonly state?: string;
  readonly modes?: Partial<Modes>;
  readonly faults?: readonly FaultRule[];
  /** Added to every answer. @default 0 */
  readonly latencyInMs?: number;
  /** `true` for ARM's own limits. @default no throttling */
  readonly throttle?: boolean | ThrottleLimits;
  /** @default 0, a free one */
  readonly port?: number;
  /** Plain HTTP, for hand-written clients: Microsoft's refuse it. @default false */
  readonly http?: boolean;
  /** @default the system's clock */
  readonly now?: () => Date;
  readonly sleep?: (durationInMs: number) => Promise<void>;
  /** Makes request ids. @default random GUIDs */
  readonly newId?: () => string;
  /** Told of failures of the emulator itself. @default they are thrown away with the connection */
  readonly onError?: (error: unknown) => void;
}

/** A running emulator, and how to reach and steer it. */
export interface Emulator {
  /** Address of Azure Resource Manager, without a trailing slash. */
  readonly resourceManager: string;
  /** Address of the sign-in authority, without a trailing slash. */
  readonly authority: string;
  /** Directory and application to sign in with: the world's first application. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Path of a PEM file for `NODE_EXTRA_CA_CERTS`; null with plain HTTP. */
  readonly caCertificate: string | null;
  /** The certificate authority alone, in PEM; null with plain HTTP. */
  readonly caPem: string | null;
  /** Address of the control endpoint. */
  readonly control: string;
  /** Changes the world from outside of ARM, unchecked and unseen by locks and roles. */
  readonly facts: Facts;
  journal(): readonly JournalEntry[];
  resetJournal(): void;
  addFault(rule: FaultRule): void;
  clearFaults(): void;
  /**
   * Changes how it behaves from now on.
   *
   * @throws RangeError for a mode that does not exist, and for `idCase`, which is set at the start only.
   */
  setModes(changes: Partial<Modes>): void;
  /** Ends it: connections are cut, state is written, the certificate file is removed. */
  close(): Promise<void>;
}

/**
 * Starts an emulated Azure on loopback.
 *
 * @throws WorldError when the world or the state file does not fit; RangeError for a mode that does not exist.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { now = () => new Date(), onError = () => undefined, port = 0 } = options;
  const modes = createModeSwitch(options.modes ?? {});
  const state = createStateFile({ path: options.state, onError });
  const world = await state.restore(await loadWorld(options.world));
  const store = createStore({ world, modes: modes.current, changed: state.changed, now });
  const certificates = options.http ? undefined : await createCertificates(now());
  let origin = "";
  const services = await createServices({ options, store, modes: modes.current, origin: () => origin });
  const facts = createFacts(store);
  const control = createControl({ services, facts, setModes: modes.change });
  const azure = createHandler(services, createRouter(operations));
  const handle = async (request: EmulatorRequest) => control(request) ?? azure(request);
  const listener = await listen({ port, certificates, handle, onError });
  origin = listener.origin;
  state.observe(store);
  const caFile = certificates ? await writeCaFile(certificates.caPem) : undefined;

  return {
    ...addressesOf(origin),
    ...signInOf(world),
    caCertificate: caFile?.path ?? null,
    caPem: certificates?.caPem ?? null,
    facts,
    journal: services.journal.entries,
    resetJournal: services.journal.reset,
    addFault: services.faults.add,
    clearFaults: services.faults.clear,
    setModes: modes.change,
    async close() {
      await listener.close();
      await state.flush();
      await caFile?.remove();
    },
  };
}

interface ServicesOptions extends Pick<Services, "store" | "modes" | "origin"> {
  readonly options: EmulatorOptions;
}

async function createServices({ options, ...given }: ServicesOptions): Promise<Services> {
  const { now = () => new Date(), newId = randomUUID, latencyInMs = 0, throttle = false } = options;
  const { sleep = (durationInMs) => sleepFor(durationInMs) } = options;
  const limits = throttle === true ? armLimits : throttle;
  return {
    ...given,
    tokens: await createTokens(now),
    faults: createFaultRules(options.faults),
    journal: createJournal(),
    throttle: limits ? createThrottle(limits, now) : undefined,
    latencyInMs,
    now,
    sleep,
    newId,
  };
}

function addressesOf(origin: string) {
  return { resourceManager: origin, authority: origin, control: `${origin}/_emulator` };
}

/** The world's first application; a world has one. */
function signInOf({ directories }: World) {
  for (const { tenantId, applications = [] } of directories) {
    for (const { clientId, clientSecret } of applications) return { tenantId, clientId, clientSecret };
  }
  return { tenantId: "", clientId: "", clientSecret: "" };
}
