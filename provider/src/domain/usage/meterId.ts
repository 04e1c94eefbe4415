const BARE_GUID = /^[0-9a-f]{32}$/;

/** The meter's id in one spelling: resource providers write it in either letter case, those of the network without dashes. */
export function normalizeMeterId(text: string): string {
  const lower = text.toLowerCase();
  const bare = lower.replaceAll("-", "");
  if (!BARE_GUID.test(bare)) return lower;
  return [bare.slice(0, 8), bare.slice(8, 12), bare.slice(12, 16), bare.slice(16, 20), bare.slice(20)].join("-");
}
