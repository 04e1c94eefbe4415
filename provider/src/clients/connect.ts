import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { type Access, oncePerAccess } from "../domain/access.ts";
import { createDirectoryCredentials } from "./access/directoryCredentials.ts";
import type { Environment } from "./access/environment.ts";
import { readSettings, type Settings } from "./access/settings.ts";
import { createArmTransport } from "./arm/armTransport.ts";
import { createDirectories } from "./arm/directories.ts";
import { createArmRegistrationsClient } from "./registrations/armRegistrationsClient.ts";
import type { RegistrationsClient } from "./registrations/registrationsClient.ts";
import { createSubscriptionNames, type SubscriptionNames } from "./registrations/subscriptionNames.ts";
import { loadPipeline } from "./wire/azurePackages.ts";
import { type ChangeLog, createChangeLog } from "./wire/changeLog.ts";
import { limitHttpClient } from "./wire/limitedHttpClient.ts";
import { createPacer } from "./wire/pacer.ts";
import { createRetryPolicy } from "./wire/retryPolicy.ts";
import { proxySettingsOf, throughProxy } from "./wire/throughProxy.ts";

/** What a run needs to talk to one cloud as one principal. */
export interface AzureClients {
  readonly registrations: RegistrationsClient;
  readonly subscriptionName: SubscriptionNames;
  readonly settings: Settings;
  readonly changeLog: ChangeLog;
}

/** What the clients take besides the environment. */
export interface AzureClientsOptions {
  /** Tells the user something that is not an error. */
  readonly say?: (message: string) => void;
  readonly abortSignal?: AbortSignal;
  /** Carries all requests; by default one that keeps connections alive. */
  readonly httpClient?: () => Promise<HttpClient>;
  /** How the registrations are reached; by the cloud and the credential of the whole run by default. */
  readonly access?: Access;
  /** By which pauses are measured, waited for and varied; by default the machine's. */
  readonly clock?: Clock;
}

/** Time and chance. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 up to 1. */
  random(): number;
}

/** A pause that a user would wonder about, in milliseconds. */
const LONG_PAUSE = 10_000;

/**
 * Connects the clients as the environment says.
 *
 * Nothing is sent, and no package of Azure's is loaded, before the first request.
 *
 * @throws ProviderError where the environment names no usable cloud or credential.
 */
export function createAzureClients(env: Environment, options: AzureClientsOptions = {}): AzureClients {
  const settings = readSettings(env, options.access);
  const { cloud, apiVersion } = settings;
  const abort = options.abortSignal ? { abortSignal: options.abortSignal } : {};
  const proxyOptions = settings.proxy ? { proxyOptions: proxySettingsOf(settings.proxy) } : {};
  const direct = options.httpClient ?? createSharedHttpClient();
  const routed = settings.proxy ? throughProxy(direct, { proxy: settings.proxy, ...abort }) : direct;
  const httpClient = limitHttpClient(routed, abort);
  const endpoint = cloud.resourceManager;
  const clock = options.clock ?? systemClock;
  const pacer = createPacer({ now: clock.now, sleep: (pause) => clock.sleep(pause, options.abortSignal) });
  const retry = createRetryPolicy({ ...clock, pacer, onPause: sayPause(options.say) });
  const wire = { endpoint, retry, httpClient, newId: randomUUID, ...abort, ...proxyOptions };
  const getDirectory = createDirectories(wire);
  const credentials = createDirectoryCredentials({ settings, httpClient, ...abort, ...proxyOptions });
  const changeLog = createChangeLog({ path: settings.changeLog, now: clock.now });
  const transport = createArmTransport({
    ...wire,
    ...clock,
    scope: `${cloud.audience}/.default`,
    credential: credentials.forDirectory,
    directoryOf: getDirectory,
  });
  const registrations = createArmRegistrationsClient({
    transport,
    getDirectory,
    apiVersion,
    host: new URL(endpoint).host,
    principalOf: async (subscriptionId) => credentials.principal(await getDirectory(subscriptionId)),
    beforeWrite: changeLog.open,
    onWrite: changeLog.observe,
  });
  return { registrations, subscriptionName: createSubscriptionNames({ transport }), settings, changeLog };
}

/** Connects the clients of each way in which registrations are reached, when it is first asked for. */
export function createClientsByAccess(
  env: Environment,
  options: Omit<AzureClientsOptions, "access"> = {},
): (access: Access) => AzureClients {
  const httpClient = options.httpClient ?? createSharedHttpClient();
  return oncePerAccess((access) => createAzureClients(env, { ...options, httpClient, access }));
}

const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  async sleep(milliseconds, signal) {
    await setTimeout(milliseconds, undefined, signal ? { signal } : {});
  },
};

/** One HTTP client keeps connections alive across directories and sign-ins. */
function createSharedHttpClient(): () => Promise<HttpClient> {
  let shared: HttpClient | undefined;
  return async () => {
    shared ??= loadPipeline().createDefaultHttpClient();
    return shared;
  };
}

function sayPause(say: ((message: string) => void) | undefined): (milliseconds: number) => void {
  return (milliseconds) => {
    if (milliseconds >= LONG_PAUSE) say?.(`Azure asks to wait; going on in ${Math.round(milliseconds / 1000)} s.`);
  };
}
