import type { Context } from "../pipeline/exchange.ts";
import { createHandler } from "../pipeline/run.ts";
import type { Service } from "../pipeline/service.ts";
import { type ListenerOptions, listen } from "./listener.ts";

/** What is served on which address; the addresses have names. */
export interface OriginsOptions<Name extends string>
  extends Pick<ListenerOptions, "addresses" | "certificates" | "onError"> {
  readonly services: Readonly<Record<Name, readonly Service[]>>;
  readonly context: Context;
  /** Those that are not named here get a free one each. */
  readonly ports: Readonly<Partial<Record<Name, number>>>;
}

/** The addresses that are listened on. */
export interface Origins<Name extends string> {
  /** Each without a trailing slash. */
  readonly addresses: Readonly<Record<Name, string>>;
  close(): Promise<void>;
}

/**
 * Listens on a port of its own for each name: clients keep host and port of an address and drop its path, so that
 * services which are to be told apart cannot share one.
 *
 * @throws Error of the system, such as EADDRINUSE for a port that is taken; nothing listens then.
 */
export async function openOrigins<Name extends string>(options: OriginsOptions<Name>): Promise<Origins<Name>> {
  const { services, context, ports, ...shared } = options;
  const names = Object.keys(services) as Name[];
  const opening = names.map(async (name) => {
    const handle = createHandler(services[name], context);
    return [name, await listen({ ...shared, port: ports[name] ?? 0, handle })] as const;
  });
  const outcomes = await Promise.allSettled(opening);
  const opened = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const close = async () => {
    await Promise.all(opened.map(([, listener]) => listener.close()));
  };
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) {
    await close();
    throw failed.reason;
  }
  const addresses = Object.fromEntries(opened.map(([name, { origin }]) => [name, origin])) as Record<Name, string>;
  return { addresses, close };
}
