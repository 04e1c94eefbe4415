import { sameId } from "../ids.ts";
import type { Declaration } from "../tenantList/toDeclarations.ts";
import type { Directories } from "./liveFacts.ts";
import type { WrongMapping } from "./plan.ts";
import { asksForDirectory, type Changes } from "./planChanges.ts";
import { agrees, type RegistrationView } from "./registrationView.ts";

/** What the directories of a registration's customer subscriptions are held against. */
export interface DirectoriesRequest {
  readonly view: RegistrationView;
  readonly changes: Changes;
  readonly directories: Directories;
}

/** A declaration, and the directory that its customer subscription belongs to. */
export interface DeclaredDirectory {
  readonly declaration: Declaration;
  /** Absent where Azure did not say. */
  readonly directory: string | undefined;
  /** Whether a run would ask too before it writes or adopts, and refuse what does not fit. */
  readonly isRefused: boolean;
}

/** The declarations whose directories were asked for, or are known to the state. */
export function declaredDirectories({ view, changes, directories }: DirectoriesRequest): readonly DeclaredDirectory[] {
  const refused = new Set(changes.changes.filter(asksForDirectory).map(({ name }) => name));
  return view.declarations.flatMap((declaration) => {
    const { tenantId, customerSubscriptionId } = declaration.inputs;
    const key = customerSubscriptionId.toLowerCase();
    const held = view.kept.bySubscription.get(key);
    const known = held && agrees(held.tenantId, tenantId) ? held.directory : undefined;
    if (!directories.has(key) && known === undefined) return [];
    return [{ declaration, directory: directories.get(key) ?? known, isRefused: refused.has(declaration.name) }];
  });
}

/** What a run leaves as it is, although it is mapped to a customer subscription of another directory. */
export function wrongMappings(request: DirectoriesRequest): readonly WrongMapping[] {
  return declaredDirectories(request).flatMap(({ declaration: { name, inputs }, directory, isRefused }) => {
    const { tenantId, customerSubscriptionId } = inputs;
    if (directory === undefined || isRefused || sameId(directory, tenantId)) return [];
    return request.view.kept.bySubscription.has(customerSubscriptionId.toLowerCase())
      ? [{ name, tenantId, customerSubscriptionId, directory }]
      : [];
  });
}
