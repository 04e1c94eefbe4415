import type { Access } from "../../domain/access.ts";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { type Cloud, readCloud } from "./cloud.ts";
import { type CredentialSettings, readCredentialSettings } from "./credentialSettings.ts";
import { createEnvironmentReader, type Environment, type EnvironmentReader } from "./environment.ts";
import { type ProxyRoute, readProxy } from "./proxy.ts";

const API_VERSIONS = ["2017-06-01", "2020-06-01-preview", "2022-06-01"] as const;

/** A version at which Azure serves customer subscriptions. */
type ApiVersion = (typeof API_VERSIONS)[number];

/** Everything that the environment settles. */
export interface Settings {
  readonly cloud: Cloud;
  readonly credential: CredentialSettings;
  readonly apiVersion: ApiVersion;
  /** What https requests go through; absent where they go directly. */
  readonly proxy: ProxyRoute | undefined;
  /** The file that every write is noted in, where one is wanted. */
  readonly changeLog: string | undefined;
}

/**
 * Reads the settings from environment variables; `docs/credentials.md` lists them.
 *
 * @param access - a cloud and a credential that take the place of the environment's own.
 * @throws ProviderError the one problem, or `CSP_SETTINGS_UNUSABLE` with all of them.
 */
export function readSettings(env: Environment, access: Access = {}): Settings {
  const reader = createEnvironmentReader(env);
  const settings = {
    cloud: readCloud(reader, access.cloud),
    credential: readCredentialSettings(reader, access.credentialPrefix),
    apiVersion: readApiVersion(reader),
    proxy: readProxy(reader),
    changeLog: reader.read(["AZURESTACK_CSP_CHANGE_LOG"])?.value,
  };
  refuse(reader.problems);
  return settings;
}

/** @throws ProviderError the one problem, or `CSP_SETTINGS_UNUSABLE` with all of them. */
export function refuse(problems: readonly ProviderError[]): void {
  const [problem, ...others] = problems;
  if (problem) throw others.length === 0 ? problem : unusable(problems);
}

function readApiVersion(reader: EnvironmentReader): ApiVersion {
  const setting = reader.read(["AZURESTACK_CSP_API_VERSION"]);
  const [standard] = API_VERSIONS;
  if (!setting) return standard;
  const found = API_VERSIONS.find((version) => version === setting.value.toLowerCase());
  if (found) return found;
  const details = { variable: setting.name, value: setting.value, known: API_VERSIONS.join(", ") };
  reader.problems.push(new ProviderError("CSP_API_VERSION_UNKNOWN", details));
  return standard;
}

function unusable(problems: readonly ProviderError[]): ProviderError {
  const lines = problems.map(({ message }) => `  ${message}`).join("\n");
  return new ProviderError("CSP_SETTINGS_UNUSABLE", { count: String(problems.length), problems: lines });
}
