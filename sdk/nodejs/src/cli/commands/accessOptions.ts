import {
  type Access,
  cloudNameProblem,
  credentialPrefixProblem,
  type Issue,
  ProviderError,
  readAccess,
} from "@azurestack-csp/provider";
import { InvalidArgumentError } from "commander";
import type { KeyedRegistration } from "../adopt/liveRows.ts";
import { commandErrors } from "../errors/commandErrors.ts";

/** One setting of the access to a registration, or to all of them. */
interface AccessSetting {
  /** The registration's key; absent where it is for those that have no setting of their own. */
  readonly key: string | undefined;
  readonly value: string;
}

/** What the command line says of how registrations are reached. */
export interface AccessOptions {
  readonly cloud: readonly AccessSetting[];
  readonly credentialPrefix: readonly AccessSetting[];
}

/** Reads `--cloud`, `NAME` or `KEY=NAME`. */
export const toCloud = settingReader((value) => cloudNameProblem("cloud", value));

/** Reads `--credential-prefix`, `PREFIX` or `KEY=PREFIX`. */
export const toCredentialPrefix = settingReader((value) => credentialPrefixProblem("credentialPrefix", value));

function settingReader(problemOf: (value: string) => Issue | undefined) {
  return (text: string, others: readonly AccessSetting[]): readonly AccessSetting[] => {
    const at = text.indexOf("=");
    const key = at === -1 ? undefined : text.slice(0, at);
    const value = text.slice(at + 1);
    const problem = problemOf(value);
    if (problem) throw new InvalidArgumentError(problem.message);
    if (others.some((other) => other.key === key)) {
      throw new InvalidArgumentError(key === undefined ? "It is given twice." : `It is given twice for "${key}".`);
    }
    return [...others, { key, value }];
  };
}

/**
 * The registrations with how each is reached.
 *
 * @throws ProviderError `CSP_COMMAND_USAGE` where a setting is for a key that no registration has.
 */
export function withAccess(
  registrations: readonly KeyedRegistration[],
  { cloud, credentialPrefix }: AccessOptions,
): readonly KeyedRegistration[] {
  requireKeys(registrations, [...cloud, ...credentialPrefix]);
  return registrations.map(({ key, registration }) => {
    const access: Access = readAccess({
      cloud: valueFor(key, cloud),
      credentialPrefix: valueFor(key, credentialPrefix),
    });
    return Object.keys(access).length > 0 ? { key, registration, access } : { key, registration };
  });
}

/**
 * How registrations are reached that nobody has named yet.
 *
 * @throws ProviderError `CSP_COMMAND_USAGE` where a setting is for a key.
 */
export function accessOfAll({ cloud, credentialPrefix }: AccessOptions): Access {
  const keyed = [...cloud, ...credentialPrefix].find(({ key }) => key !== undefined);
  if (keyed) {
    const reason = `"${keyed.key}" is the key of no --registration, and what is found by signing in is reached in one way`;
    throw new ProviderError(commandErrors.CSP_COMMAND_USAGE, { reason });
  }
  return readAccess({ cloud: cloud[0]?.value, credentialPrefix: credentialPrefix[0]?.value });
}

function requireKeys(registrations: readonly KeyedRegistration[], settings: readonly AccessSetting[]): void {
  const keys = registrations.map(({ key }) => key);
  if (settings.length > 0 && keys.length === 0) {
    const reason =
      "--cloud and --credential-prefix say how the registrations of --registration are reached; for others the list says it";
    throw new ProviderError(commandErrors.CSP_COMMAND_USAGE, { reason });
  }
  const unknown = settings.flatMap(({ key }) => (key === undefined || keys.includes(key) ? [] : [`"${key}"`]));
  if (unknown.length === 0) return;
  const reason = `${[...new Set(unknown)].join(", ")} is the key of no --registration; there are ${keys.join(", ")}`;
  throw new ProviderError(commandErrors.CSP_COMMAND_USAGE, { reason });
}

function valueFor(key: string, settings: readonly AccessSetting[]): string | undefined {
  const own = settings.find((setting) => setting.key === key) ?? settings.find((setting) => setting.key === undefined);
  return own?.value;
}
