import { randomUUID } from "node:crypto";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { type Access, oncePerAccess } from "../domain/access.ts";
import { escapeUnprintable } from "../domain/printable.ts";
import { secretsOf } from "./access/credentialSettings.ts";
import { createDirectoryCredentials } from "./access/directoryCredentials.ts";
import type { Environment } from "./access/environment.ts";
import { readSettings, type Settings } from "./access/settings.ts";
import { createArmService } from "./arm/armService.ts";
import { type ArmTransport, createArmTransport } from "./arm/armTransport.ts";
import { createDirectories } from "./arm/directories.ts";
import { createVisibleSubscriptions, type VisibleSubscriptions } from "./arm/visibleSubscriptions.ts";
import { createArmRegistrationsClient } from "./registrations/armRegistrationsClient.ts";
import { PASSING_CODES } from "./registrations/registrationError.ts";
import type { RegistrationsClient } from "./registrations/registrationsClient.ts";
import { createSubscriptionNames, type SubscriptionNames } from "./registrations/subscriptionNames.ts";
import { type ChangeLog, createChangeLog } from "./wire/changeLog.ts";
import { type Clock, systemClock } from "./wire/clock.ts";
import { loadPipeline } from "./wire/http/azurePackages.ts";
import { reachIpv6Literals } from "./wire/http/ipv6Literals.ts";
import { limitHttpClient } from "./wire/http/limitedHttpClient.ts";
import { proxySettingsOf, throughProxy } from "./wire/http/throughProxy.ts";
import { type Connection, createWire } from "./wire/wire.ts";

/** What a run needs to talk to one cloud as one principal. */
export interface AzureClients {
  readonly registrations: RegistrationsClient;
  readonly subscriptionName: SubscriptionNames;
  readonly visibleSubscriptions: VisibleSubscriptions;
  readonly settings: Settings;
  readonly changeLog: ChangeLog;
}

/** What the clients take besides the environment. */
export interface AzureClientsOptions {
  /** Tells the user something that is not an error. */
  readonly say?: (message: string) => void;
  /** Ends every request and every pause under way. */
  readonly abortSignal?: AbortSignal;
  /** Whether requests that are on their way come to their answer all the same. @default false */
  readonly awaitsAnswers?: boolean;
  /** Carries all requests; by default one that keeps connections alive. */
  readonly httpClient?: () => Promise<HttpClient>;
  /** How the registrations are reached; by the cloud and the credential of the whole run by default. */
  readonly access?: Access;
  /** By which pauses are measured, waited for and varied; by default the machine's. */
  readonly clock?: Clock;
}

/** A pause that a user would wonder about. */
const LONG_PAUSE_IN_MS = 10_000;

/**
 * Connects the clients as the environment says.
 *
 * Nothing is sent, and no package of Azure's is loaded, before the first request.
 *
 * @throws ProviderError where the environment names no usable cloud or credential.
 */
export function createAzureClients(env: Environment, options: AzureClientsOptions = {}): AzureClients {
  return createOwnClients(env, { ...options, warn: options.say });
}

function createOwnClients(
  env: Environment,
  options: AzureClientsOptions & { readonly warn: ((message: string) => void) | undefined },
): AzureClients {
  const settings = readSettings(env, options.access);
  warnOfExemptions(settings.proxy, options.warn);
  const changeLog = createChangeLog({ path: settings.changeLog, now: (options.clock ?? systemClock).now });
  const connection = connect(settings, { ...options, changeLog });
  const { transport, getDirectory } = connectArm(settings, connection);
  const { apiVersion } = settings;
  return {
    registrations: createArmRegistrationsClient({ transport, getDirectory, apiVersion }),
    subscriptionName: createSubscriptionNames({ transport }),
    visibleSubscriptions: createVisibleSubscriptions({ transport }),
    settings,
    changeLog,
  };
}

/** Connects the clients of each way in which registrations are reached, when it is first asked for. */
export function createClientsByAccess(
  env: Environment,
  options: Omit<AzureClientsOptions, "access"> = {},
): (access: Access) => AzureClients {
  const httpClient = options.httpClient ?? createSharedHttpClient();
  const warn = options.say && eachOnce(options.say);
  return oncePerAccess((access) => createOwnClients(env, { ...options, httpClient, access, warn }));
}

/** What the wires to all services have in common. */
function connect(settings: Settings, options: AzureClientsOptions & Pick<Connection, "changeLog">): Connection {
  const { abortSignal, awaitsAnswers = false, changeLog, say, clock = systemClock } = options;
  const direct = reachIpv6Literals(options.httpClient ?? createSharedHttpClient());
  const { proxy } = settings;
  const limits = { abortSignal, awaitsAnswers };
  return {
    httpClient: limitHttpClient(proxy ? throughProxy(direct, { proxy, abortSignal }) : direct, limits),
    clock,
    newId: randomUUID,
    changeLog,
    secrets: secretsOf(settings.credential),
    abortSignal,
    proxyOptions: proxy && proxySettingsOf(proxy.url),
    onPause: sayPause(say),
  };
}

/** Azure Resource Manager of the settings' cloud, and the look-up of directories that goes with it. */
function connectArm(
  settings: Settings,
  connection: Connection,
): {
  readonly transport: ArmTransport;
  readonly getDirectory: RegistrationsClient["getDirectory"];
} {
  const { resourceManager: endpoint, audience } = settings.cloud;
  const wire = createWire(createArmService({ endpoint, audience, passingCodes: PASSING_CODES }), connection);
  const getDirectory = createDirectories({ wire, endpoint });
  const credential = createDirectoryCredentials({ settings, ...connection });
  const transport = createArmTransport({ wire, endpoint, credential, directoryOf: getDirectory });
  return { transport, getDirectory };
}

/** One HTTP client keeps connections alive across directories and sign-ins. */
function createSharedHttpClient(): () => Promise<HttpClient> {
  let shared: HttpClient | undefined;
  return async () => {
    shared ??= loadPipeline().createDefaultHttpClient();
    return shared;
  };
}

/** An entry that exempts nothing sends through the proxy what somebody meant to keep from it. */
function warnOfExemptions(proxy: Settings["proxy"], warn: ((message: string) => void) | undefined): void {
  if (!proxy?.ignored) return;
  const { variable, entries } = proxy.ignored;
  const quoted = entries.map((entry) => `"${escapeUnprintable(entry)}"`).join(", ");
  warn?.(
    `${variable} has ${quoted}, which exempts nothing from the proxy: write a name, .domain, an address, a network such as 10.0.0.0/8, each with or without :port, or *, divided by commas.`,
  );
}

/** The environment is read for each access, and its warnings are of the environment. */
function eachOnce(say: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    say(message);
  };
}

function sayPause(say: ((message: string) => void) | undefined): (pauseInMs: number) => void {
  return (pauseInMs) => {
    if (pauseInMs < LONG_PAUSE_IN_MS) return;
    say?.(`Azure asks to wait; going on in ${Math.round(pauseInMs / 1000)} s.`);
  };
}
