import { createHash } from "node:crypto";
import type { Application, Directory } from "../world/world.ts";

export type { Directory };

/** The service principal that an application has in one directory. */
export interface ServicePrincipal {
  readonly clientId: string;
  readonly objectId: string;
  readonly tenantId: string;
}

/** What looking for an application in a directory found. */
type ServicePrincipalLookup =
  | { readonly kind: "found"; readonly principal: ServicePrincipal; readonly application: Application }
  | { readonly kind: "applicationUnknown" };

/** Directories and who can sign in to them. */
export interface DirectoryStore {
  /** The directory with this id or domain name, in any letter case. */
  find(tenant: string): Directory | undefined;
  list(): readonly Directory[];
  findServicePrincipal(directory: Directory, clientId: string): ServicePrincipalLookup;
}

/** Directories and the applications in them, as the world states them; nothing here changes at run time. */
export function createDirectoryStore(directories: readonly Directory[]): DirectoryStore {
  const byName = new Map<string, Directory>();
  const applications = new Map<string, { application: Application; home: Directory }>();
  for (const directory of directories) {
    byName.set(directory.tenantId.toLowerCase(), directory);
    if (directory.domain) byName.set(directory.domain.toLowerCase(), directory);
    for (const application of directory.applications ?? []) {
      applications.set(application.clientId.toLowerCase(), { application, home: directory });
    }
  }

  return {
    find: (tenant) => byName.get(tenant.toLowerCase()),
    list: () => directories,
    findServicePrincipal(directory, clientId) {
      const known = applications.get(clientId.toLowerCase());
      if (!known) return { kind: "applicationUnknown" };
      const { application, home } = known;
      if (home !== directory && !application.multiTenant) return { kind: "applicationUnknown" };
      const objectId =
        home === directory ? application.objectId : guestObjectId(application.clientId, directory.tenantId);
      return {
        kind: "found",
        application,
        principal: { clientId: application.clientId, objectId, tenantId: directory.tenantId },
      };
    },
  };
}

/** A GUID made from the texts, the same for the same texts (a version 8 UUID, RFC 9562). */
export function guidFrom(...texts: readonly string[]): string {
  const hex = createHash("sha256").update(texts.join("\n").toLowerCase()).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function guestObjectId(clientId: string, tenantId: string): string {
  return guidFrom("service principal", clientId, tenantId);
}
