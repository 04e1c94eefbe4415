import { type Access, oncePerAccess } from "../domain/access.ts";
import { createDirectoryCredentials } from "./access/directoryCredentials.ts";
import type { Environment } from "./access/environment.ts";
import { readSettings, type Settings } from "./access/settings.ts";
import { createArmService } from "./arm/armService.ts";
import { type ArmTransport, createArmTransport } from "./arm/armTransport.ts";
import { createDirectories } from "./arm/directories.ts";
import { createVisibleSubscriptions, type VisibleSubscriptions } from "./arm/visibleSubscriptions.ts";
import { type ConnectionOptions, connect, createSharedHttpClient, warnOfExemptions } from "./connection.ts";
import { createArmRegistrationsClient } from "./registrations/armRegistrationsClient.ts";
import { PASSING_CODES } from "./registrations/registrationError.ts";
import type { RegistrationsClient } from "./registrations/registrationsClient.ts";
import { createSubscriptionNames, type SubscriptionNames } from "./registrations/subscriptionNames.ts";
import { type ChangeLog, createChangeLog } from "./wire/changeLog.ts";
import { systemClock } from "./wire/clock.ts";
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
export interface AzureClientsOptions extends ConnectionOptions {
  /** How the registrations are reached; by the cloud and the credential of the whole run by default. */
  readonly access?: Access;
}

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

/** The environment is read for each access, and its warnings are of the environment. */
function eachOnce(say: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    say(message);
  };
}
