import { randomUUID } from "node:crypto";
import { setTimeout as sleepFor } from "node:timers/promises";
import { createControl } from "./control/control.ts";
import { createFacts, type Facts } from "./control/facts.ts";
import { createJournal, type JournalEntry } from "./control/journal.ts";
import { createFaultRules, type FaultRule } from "./faults/faultRules.ts";
import { applyModes, defaultModes, type Modes } from "./modes.ts";
import { operations } from "./operations/operations.ts";
import type { Services } from "./pipeline/exchange.ts";
import { createHandler } from "./pipeline/pipeline.ts";
import { createRouter } from "./pipeline/router.ts";
import { armLimits, createThrottle, type ThrottleLimits } from "./security/throttle.ts";
import { createTokens } from "./security/tokens.ts";
import { writeCaFile } from "./server/caFile.ts";
import { createCertificates } from "./server/certificates.ts";
import { listen } from "./server/listener.ts";
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
  const { now = () => new Date(), sleep = (duration) => sleepFor(duration), newId = randomUUID } = options;
  const { onError = () => undefined, port = 0 } = options;
  let modes = applyModes(defaultModes, options.modes ?? {});
  const state = createStateFile({ path: options.state, onError });
  const world = await state.restore(await loadWorld(options.world));
  const store = createStore({ world, modes: () => modes, changed: () => state.changed(), now });
  const [tokens, certificates] = await Promise.all([
    createTokens(now),
    options.http ? undefined : createCertificates(now()),
  ]);
  const faults = createFaultRules(options.faults);
  const journal = createJournal();
  let origin = "";
  const services: Services = {
    store,
    modes: () => modes,
    tokens,
    faults,
    journal,
    throttle: throttleOf(options.throttle, now),
    latencyInMs: options.latencyInMs ?? 0,
    now,
    sleep,
    newId,
    origin: () => origin,
  };
  const facts = createFacts(store);
  const setModes = (changes: Readonly<Record<string, unknown>>) => {
    // Entries are filed under the spelling that this mode asks for.
    if ("idCase" in changes) throw new RangeError('Mode "idCase" is set at the start only.');
    modes = applyModes(modes, changes);
  };
  const control = createControl({ services, facts, setModes });
  const azure = createHandler(services, createRouter(operations));
  const listener = await listen({
    port,
    certificates,
    handle: (request) => control(request) ?? azure(request),
    onError,
  });
  origin = listener.origin;
  state.observe(store);
  const caFile = certificates ? await writeCaFile(certificates.caPem) : undefined;
  const [home] = signInOf(world);

  return {
    resourceManager: origin,
    authority: origin,
    tenantId: home?.tenantId ?? "",
    clientId: home?.clientId ?? "",
    clientSecret: home?.clientSecret ?? "",
    caCertificate: caFile?.path ?? null,
    caPem: certificates?.caPem ?? null,
    control: `${origin}/_emulator`,
    facts,
    journal: () => journal.entries(),
    resetJournal: () => journal.reset(),
    addFault: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    setModes,
    async close() {
      await listener.close();
      await state.flush();
      await caFile?.remove();
    },
  };
}

function throttleOf(option: EmulatorOptions["throttle"], now: () => Date) {
  if (!option) return undefined;
  return createThrottle(option === true ? armLimits : option, now);
}

function signInOf(world: World) {
  return world.directories.flatMap(({ tenantId, applications = [] }) =>
    applications.map(({ clientId, clientSecret }) => ({ tenantId, clientId, clientSecret })),
  );
}
