import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

/** The addresses at which only this machine reaches itself: `127.0.0.1`, and `::1` where it has IPv6. */
export function loopbackAddresses(): readonly string[] {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return ["127.0.0.1", ...(own.some(({ address }) => address === "::1") ? ["::1"] : [])];
}

/** An address as it stands in a URL. */
export function hostOf(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}
