const clouds = [
  "https://management.core.windows.net/",
  "https://management.azure.com/",
  "https://management.usgovcloudapi.net/",
  "https://management.core.usgovcloudapi.net/",
  "https://management.chinacloudapi.cn/",
  "https://management.core.chinacloudapi.cn/",
] as const;

const otherServices = [
  "https://graph.microsoft.com/",
  "https://graph.windows.net/",
  "https://api.partnercenter.microsoft.com/",
  "https://storage.azure.com/",
  "https://vault.azure.net/",
] as const;

/** Audiences of tokens that the resource manager takes: those of Azure's clouds, and its own address. */
export function resourceManagerAudiences(origin: string): readonly string[] {
  return [...clouds, `${origin}/`];
}

/** Whether tokens are issued for the audience: a resource manager's, or that of a service which the emulator has not. */
export function isKnownResource(audience: string): boolean {
  // A resource manager on loopback is named by its own address, whichever that is.
  return isAudience(audience, [...clouds, ...otherServices]) || isLoopback(audience);
}

function isLoopback(audience: string): boolean {
  return /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/*$/i.test(audience);
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
