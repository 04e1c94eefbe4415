import type { Service } from "../../pipeline/service.ts";

/** Services that the emulator has not, and whose tokens it issues all the same. */
const elsewhere = [
  "https://graph.microsoft.com/",
  "https://graph.windows.net/",
  "https://api.partnercenter.microsoft.com/",
  "https://storage.azure.com/",
  "https://vault.azure.net/",
] as const;

/** Whether tokens are issued for the audience: one of the emulator's services, or of those that it has not. */
export function isKnownAudience(audience: string, services: readonly Service[]): boolean {
  const known = [...services.flatMap(({ audiences }) => audiences), ...elsewhere];
  // A service on loopback is named by its own address, whichever that is.
  return isAudience(audience, known) || isLoopback(audience);
}

/** Whether the audience is one of these, with or without the slash at its end. */
export function isAudience(audience: string, allowed: readonly string[]): boolean {
  return allowed.includes(`${audience.replace(/\/+$/, "")}/`);
}

/** The audience that a v2 scope asks for; clients that keep its slash send `https://host//.default`. */
export function audienceOfScope(scope: string): string | undefined {
  return scope
    .split(" ")
    .map((part) => /^(.+)\/\.default$/.exec(part)?.[1])
    .find((audience) => audience !== undefined);
}

/** Whether it is the address of something on loopback. */
export function isLoopback(audience: string): boolean {
  return /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/*$/i.test(audience);
}
