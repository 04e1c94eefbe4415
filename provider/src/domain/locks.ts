import { formatRegistrationId, type RegistrationId, sameId } from "./ids.ts";
import { unprintableIn } from "./printable.ts";
import { lockLevelProblem } from "./validators.ts";

/** A management lock that a request under a registration meets. */
export interface ManagementLock {
  /** The ARM id of the lock. */
  readonly id: string;
  readonly name: string;
  /** `CanNotDelete` or `ReadOnly`. */
  readonly level: string;
  /** The ARM id that the lock is set on. */
  readonly scope: string;
  readonly notes: string | undefined;
}

/** A lock as a list declares it, to be set on the registration itself or on what holds it. */
export interface DeclaredLock extends Pick<ManagementLock, "name" | "level"> {
  readonly notes?: string;
}

/** Whether a lock is the declared one, whatever its notes and its scope are: locks are inherited. */
export function isDeclaredLock({ name, level }: DeclaredLock, lock: ManagementLock): boolean {
  return sameId(name, lock.name) && sameId(level, lock.level);
}

/**
 * The locks that are set on the registration itself, as a list declares them, those first that forbid removals alone.
 *
 * What a list could not be read with is left out: a lock of another level or with an unprintable name, and such notes.
 */
export function ownLocks(locks: readonly ManagementLock[], registration: RegistrationId): readonly DeclaredLock[] {
  const own = locks.filter(({ scope }) => sameId(scope, formatRegistrationId(registration)));
  return own
    .filter(({ name, level }) => isText(name) && lockLevelProblem("level", level) === undefined)
    .toSorted((left, right) => Number(isReadOnly(left)) - Number(isReadOnly(right)))
    .map(({ name, level, notes }) => ({ name, level, ...(isText(notes) ? { notes } : {}) }));
}

/** Whether a lock keeps customers from being registered, too. */
export function isReadOnly({ level }: Pick<ManagementLock, "level">): boolean {
  return sameId(level, "ReadOnly");
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "" && unprintableIn(text).length === 0;
}

/** The command of the Azure CLI that sets a declared lock on its registration. */
export function declaredLockCommand({ name, level, notes }: DeclaredLock, registration: RegistrationId): string {
  const scope = formatRegistrationId(registration);
  return restoreCommand({ id: "", name, level, scope, notes });
}

/** The locks in words; `undefined` stands for locks that may not be read. */
export function describeLocks(locks: readonly ManagementLock[] | undefined): string {
  if (!locks) return "a lock that this principal may not read (Microsoft.Authorization/locks/read)";
  if (locks.length === 0) return "a lock that was gone when it was looked up";
  return locks.map(({ name, level, scope }) => `"${name}" (${level}) on ${scope}`).join(" and ");
}

/**
 * Commands of the Azure CLI that lift the locks for one run and put them back however it ends: a line for bash and one for
 * PowerShell, in which `RUN` stands for the run; one that lists locks where none is known.
 */
export function lockCommands(registrationId: string, locks: readonly ManagementLock[] | undefined): string {
  if (!locks || locks.length === 0) return `  az lock list --resource ${quote(registrationId)} --output table`;
  const lift = locks.map(liftCommand);
  const restore = locks.map(restoreCommand).join("; ");
  return [
    `  bash: (restore() { ${restore}; }; trap restore EXIT; ${lift.join(" && ")} && RUN)`,
    `  PowerShell: try { ${lift.join("; ")}; RUN } finally { ${restore} }`,
  ].join("\n");
}

function liftCommand(lock: ManagementLock): string {
  return `az lock delete --ids ${quote(lock.id)}`;
}

function restoreCommand({ name, level, scope, notes }: ManagementLock): string {
  const notesOption = notes ? ` --notes ${quote(notes)}` : "";
  return `az lock create --name ${quote(name)} --lock-type ${quote(level)} ${scopeOptions(scope)}${notesOption}`;
}

/** The Azure CLI takes a resource by its id, but a group by its name and a subscription by none. */
function scopeOptions(scope: string): string {
  const [, subscription = "", , group, , provider] = scope.split("/").slice(1);
  if (provider) return `--resource ${quote(scope)}`;
  if (group) return `--resource-group ${quote(group)} --subscription ${quote(subscription)}`;
  return `--subscription ${quote(subscription)}`;
}

/** Single quotes are read alike by POSIX shells and PowerShell, and both end at the next one. */
function quote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "’")}'`;
}
