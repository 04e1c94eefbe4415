import { randomUUID } from "node:crypto";
import { setTimeout as sleepFor } from "node:timers/promises";
import { createControl } from "./control/control.ts";
import { createFacts, type Facts } from "./control/facts.ts";
import { describeHubs, type HubConnection } from "./hubConnections.ts";
import { createModeSwitch, type Modes } from "./modes.ts";
import type { Context } from "./pipeline/exchange.ts";
import { createFaultRules, type FaultRule } from "./pipeline/faultRules.ts";
import { createJournal, type JournalEntry } from "./pipeline/journal.ts";
import { writeCaFile } from "./server/caFile.ts";
import { createCertificates } from "./server/certificates.ts";
import { loopbackAddresses } from "./server/loopback.ts";
import { openOrigins } from "./server/origins.ts";
import { armLimits, createThrottle, type Throttle, type ThrottleLimits } from "./services/arm/throttle.ts";
import { createServices } from "./services/createServices.ts";
import { createStateFile } from "./store/stateFile.ts";
import { createStore } from "./store/store.ts";
import { withTenants } from "./store/usageTenants.ts";
import { loadUsageFile } from "./usage/loadUsageFile.ts";
import type { UsageOptions } from "./usage/usageOptions.ts";
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
  /** How much usage the Hubs have, or the path of a file of rows. @default two months of the world's subscriptions */
  readonly usage?: UsageOptions | string;
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
  /** The Hubs of the world, in its order. */
  readonly hubs: readonly HubConnection[];
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
  const { world: given, usage } = await loadUsage(await loadWorld(options.world), options.usage);
  const world = await state.restore(given);
  const store = createStore({
    world,
    modes: modes.current,
    changed: state.changed,
    now,
    usage: { usage, hubs: given.hubs ?? [] },
  });
  const facts = createFacts(store);
  let authority = "";
  const context = createContext(options, { store, modes: modes.current, now, authority: () => authority });
  const control = createControl({ facts, hubs: store.hubs, setModes: modes.change });
  const services = await createServices({ store, control, throttle: throttleOf(options, now), now });
  const addresses = loopbackAddresses();
  const certificates = options.http ? undefined : await createCertificates(now(), addresses);
  const origins = await openOrigins({ services, context, ports: { azure: port }, addresses, certificates, onError });
  const { azure } = origins.addresses;
  authority = azure;
  state.observe(store);
  const caFile = certificates ? await writeCaFile(certificates.caPem) : undefined;

  return {
    resourceManager: azure,
    authority,
    ...signInOf(world),
    caCertificate: caFile?.path ?? null,
    caPem: certificates?.caPem ?? null,
    control: `${azure}/_emulator`,
    hubs: describeHubs(store, (name) => origins.addresses[name] ?? ""),
    facts,
    journal: context.journal.entries,
    resetJournal: context.journal.reset,
    addFault: context.faults.add,
    clearFaults: context.faults.clear,
    setModes: modes.change,
    async close() {
      await origins.close();
      await state.flush();
      await caFile?.remove();
    },
  };
}

/** The rows that a file has, or the options with the tenants they ask for put into the world. */
async function loadUsage(world: World, usage: UsageOptions | string = {}) {
  if (typeof usage === "string") return { world, usage: await loadUsageFile(usage) };
  const { tenants, seed = 1 } = usage;
  return { world: tenants === undefined ? world : withTenants(world, tenants, seed), usage };
}

type Given = Pick<Context, "store" | "modes" | "now" | "authority">;

function createContext({ sleep, newId = randomUUID, latencyInMs = 0, faults }: EmulatorOptions, given: Given): Context {
  return {
    ...given,
    faults: createFaultRules(faults),
    journal: createJournal(),
    latencyInMs,
    sleep: sleep ?? ((durationInMs) => sleepFor(durationInMs)),
    newId,
  };
}

function throttleOf({ throttle = false }: EmulatorOptions, now: () => Date): Throttle | undefined {
  const limits = throttle === true ? armLimits : throttle;
  return limits ? createThrottle(limits, now) : undefined;
}

/** The world's first application; a world has one. */
function signInOf({ directories }: World) {
  for (const { tenantId, applications = [] } of directories) {
    for (const { clientId, clientSecret } of applications) return { tenantId, clientId, clientSecret };
  }
  return { tenantId: "", clientId: "", clientSecret: "" };
}
