import { ProviderError, type ServiceAnswer } from "../domain/errors/providerError.ts";
import type { ManagementLock } from "./registrationsClient.ts";

/** The error of a request that met a lock, with the commands that lift each lock and put it back. */
export function scopeLocked(options: {
  /** The ARM id of what was to be written or removed. */
  readonly id: string;
  /** What is known of the locks; `undefined` where they may not be read. */
  readonly locks: readonly ManagementLock[] | undefined;
  readonly answer?: ServiceAnswer;
}): ProviderError {
  const { id, locks, answer } = options;
  return new ProviderError(
    "CSP_SCOPE_LOCKED",
    { id, locks: describe(locks), commands: commandsFor(id, locks) },
    answer ? { answer } : {},
  );
}

function describe(locks: readonly ManagementLock[] | undefined): string {
  if (!locks) return "a lock that this principal may not read (Microsoft.Authorization/locks/read)";
  if (locks.length === 0) return "a lock that was gone when it was looked up";
  return locks.map(({ name, level, scope }) => `"${name}" (${level}) on ${scope}`).join(" and ");
}

function commandsFor(id: string, locks: readonly ManagementLock[] | undefined): string {
  if (!locks || locks.length === 0) return `  az lock list --resource ${quote(registrationOf(id))} --output table`;
  return locks.flatMap((lock) => [`  ${liftCommand(lock)}`, `  ${restoreCommand(lock)}`]).join("\n");
}

function liftCommand(lock: ManagementLock): string {
  return `az lock delete --ids ${quote(lock.id)}`;
}

function restoreCommand({ name, level, scope, notes }: ManagementLock): string {
  const notesOption = notes ? ` --notes ${quote(notes)}` : "";
  return `az lock create --name ${quote(name)} --lock-type ${level} ${scopeOptions(scope)}${notesOption}`;
}

/** The Azure CLI takes a resource by its id, but a group by its name and a subscription by none. */
function scopeOptions(scope: string): string {
  const [, subscription = "", , group, , provider] = scope.split("/").slice(1);
  if (provider) return `--resource ${quote(scope)}`;
  if (group) return `--resource-group ${quote(group)} --subscription ${quote(subscription)}`;
  return `--subscription ${quote(subscription)}`;
}

function registrationOf(id: string): string {
  return id.replace(/\/customerSubscriptions\/.*$/i, "");
}

/** Single quotes are read alike by POSIX shells and PowerShell, and both end at the next one. */
function quote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "’")}'`;
}
