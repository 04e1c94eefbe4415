import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What a running emulator says of itself on its one line of JSON. */
export interface EmulatorConnection {
  /** The resource manager endpoint, without a trailing slash. */
  readonly resourceManager: string;
  /** The token service's endpoint. */
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The path of the PEM file with the emulator's own authority; null over plain HTTP. */
  readonly caCertificate: string | null;
  /** The endpoint that reads and changes the emulator itself. */
  readonly control: string;
  /** The Hubs, each with an endpoint for its operator and one for its users. */
  readonly hubs: readonly HubConnection[];
}

/** What it says of a Hub, as far as runs are led there. */
interface HubConnection {
  readonly name: string;
  readonly admin: { readonly resourceManager: string };
  readonly user: { readonly resourceManager: string };
}

/** The environment of a process, as Node gives and takes it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that could lead a run to a real cloud, to a user's credentials or to a user's Pulumi state. */
const foreign =
  /^(ARM_|AZURE_|AZURESTACK_CSP_|ACTIONS_ID_TOKEN_|MSI_|IDENTITY_|IMDS_|AAD_|PULUMI_|TF_VAR_|NODE_TLS_REJECT_UNAUTHORIZED$)/i;

/**
 * A copy of the environment without anything that names a cloud, a credential or a Pulumi backend, and with what
 * every run of this workspace needs: sources instead of compiled code, and no proxy between loopback addresses.
 */
export function localEnvironment(ambient: Environment): Record<string, string> {
  const kept = Object.entries(ambient).flatMap(([name, value]) =>
    value === undefined || foreign.test(name) ? [] : [[name, value] as const],
  );
  const env: Record<string, string> = Object.fromEntries(kept);
  const exempt = [env.NO_PROXY ?? env.no_proxy, "127.0.0.1", "localhost", "::1"].filter(Boolean).join(",");
  return {
    ...env,
    NO_PROXY: exempt,
    no_proxy: exempt,
    NODE_OPTIONS: withNodeOptions(env.NODE_OPTIONS),
  };
}

/**
 * The environment of a Pulumi run against the emulator: `localEnvironment`, the emulator's credentials and endpoints,
 * and a file backend inside `folder`, which also receives the file of trusted certificates.
 *
 * @throws Error `NOT_LOOPBACK` when an endpoint is on another machine
 */
export function emulatorEnvironment(options: {
  readonly ambient: Environment;
  readonly azure: EmulatorConnection;
  readonly folder: string;
}): Record<string, string> {
  const { ambient, azure, folder } = options;
  requireLoopback("resourceManager", azure.resourceManager);
  requireLoopback("authority", azure.authority);
  requireLoopback("control", azure.control);
  for (const { name, admin, user } of azure.hubs) {
    requireLoopback(`${name} admin`, admin.resourceManager);
    requireLoopback(`${name} user`, user.resourceManager);
  }
  return {
    ...pulumiEnvironment({ ambient, folder }),
    AZURE_TENANT_ID: azure.tenantId,
    AZURE_CLIENT_ID: azure.clientId,
    AZURE_CLIENT_SECRET: azure.clientSecret,
    AZURE_AUTHORITY_HOST: azure.authority,
    // Without these two a refused secret would send the credential chain on to the user's own `az login`.
    AZURE_TOKEN_CREDENTIALS: "EnvironmentCredential",
    AZURE_CONFIG_DIR: join(folder, "no-azure-cli"),
    AZURESTACK_CSP_RESOURCE_MANAGER: azure.resourceManager,
    ...hubVariables(azure.hubs),
    ...trust({ ambient, folder, caCertificate: azure.caCertificate }),
  };
}

/** The variables that name the endpoints of Hubs, as the emulator's own instructions do. */
function hubVariables(hubs: readonly HubConnection[]): Record<string, string> {
  return Object.fromEntries(
    hubs.flatMap(({ name, admin, user }) => [
      [`AZURESTACK_CSP_HUB_${variablePart(name)}_ADMIN_ENDPOINT`, admin.resourceManager],
      [`AZURESTACK_CSP_HUB_${variablePart(name)}_USER_ENDPOINT`, user.resourceManager],
    ]),
  );
}

function variablePart(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
}

/** The environment of a Pulumi run that keeps all its files inside `folder`, temporary ones included, and calls nobody. */
export function pulumiEnvironment(options: {
  readonly ambient: Environment;
  readonly folder: string;
}): Record<string, string> {
  const backend = join(options.folder, "stacks");
  const temporary = join(options.folder, "tmp");
  for (const folder of [backend, temporary]) mkdirSync(folder, { recursive: true });
  return {
    ...localEnvironment(options.ambient),
    // Pulumi leaves files there when a program fails, and any run does when it is killed.
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    PULUMI_HOME: join(options.folder, "pulumi"),
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
  };
}

/**
 * Refuses an endpoint that is not on this machine: 127.0.0.0/8, ::1 and localhost are.
 *
 * @throws Error with `code` `NOT_LOOPBACK`
 */
export function requireLoopback(name: string, endpoint: string): void {
  if (URL.canParse(endpoint) && isLoopback(new URL(endpoint).hostname)) return;
  const message = `[NOT_LOOPBACK] The ${name} endpoint "${endpoint}" is not on this machine, and this command only ever talks to the emulator. Run \`pulumi up\` yourself to reach real Azure.`;
  throw Object.assign(new Error(message), { code: "NOT_LOOPBACK" });
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return isIPv4(hostname) && hostname.startsWith("127.");
}

function withNodeOptions(options = ""): string {
  const wanted = ["--conditions=development", "--disable-warning=ExperimentalWarning"];
  const missing = wanted.filter((option) => !options.split(/\s+/).includes(option));
  return [options, ...missing].filter(Boolean).join(" ");
}

// NODE_EXTRA_CA_CERTS names one file, so what the machine already trusts is copied beside the emulator's authority.
function trust(options: {
  readonly ambient: Environment;
  readonly folder: string;
  readonly caCertificate: string | null;
}): Record<string, string> {
  const { ambient, folder, caCertificate } = options;
  if (caCertificate === null) return {};
  const files = [ambient.NODE_EXTRA_CA_CERTS ?? "", caCertificate].filter((file) => existsSync(file));
  const bundle = join(folder, "trusted.pem");
  writeFileSync(bundle, files.map((file) => `${readFileSync(file, "utf8").trimEnd()}\n`).join(""));
  return { NODE_EXTRA_CA_CERTS: bundle };
}
