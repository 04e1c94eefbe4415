import { sameId } from "@azurestack-csp/provider/ids";
import type { Service } from "../../pipeline/service.ts";
import { isAudience, isLoopback } from "./audiences.ts";

/** A Hub that brings a directory of its own (AD FS), beside Entra's: it has one, and no tenants. */
export interface Stamp {
  /** What that directory is called in the world. */
  readonly tenantId: string;
  /** Those that take its tokens. */
  readonly services: readonly Service[];
}

/** Whether the first segment of a sign-in's path names no directory but AD FS. */
export function isAdfs(tenant: string): boolean {
  return sameId(tenant, "adfs");
}

/** The Hub whose directory an application signs in to, which only the audience tells; else the first. */
export function adfsDirectory(stamps: readonly Stamp[], audience = ""): Stamp | undefined {
  return stamps.find(({ services }) => isAudience(audience, audiencesOf(services))) ?? stamps[0];
}

/** Whether the Hub's directory has tokens for the audience: one of its endpoints, or an address on loopback. */
export function isOfStamp({ services }: Stamp, audience: string): boolean {
  return isAudience(audience, audiencesOf(services)) || isLoopback(audience);
}

function audiencesOf(services: readonly Service[]): readonly string[] {
  return services.flatMap(({ audiences }) => audiences);
}
