const clouds = [
  "https://management.core.windows.net/",
  "https://management.azure.com/",
  "https://management.usgovcloudapi.net/",
  "https://management.core.usgovcloudapi.net/",
  "https://management.chinacloudapi.cn/",
  "https://management.core.chinacloudapi.cn/",
] as const;

/** Audiences of tokens that the resource manager takes: those of Azure's clouds, and its own address. */
export function resourceManagerAudiences(origin: string): readonly string[] {
  return [...clouds, `${origin}/`];
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
