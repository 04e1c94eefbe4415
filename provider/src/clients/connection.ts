import { randomUUID } from "node:crypto";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { escapeUnprintable } from "../domain/printable.ts";
import { secretsOf } from "./access/credentialSettings.ts";
import type { Settings } from "./access/settings.ts";
import { type Clock, systemClock } from "./wire/clock.ts";
import { loadPipeline } from "./wire/http/azurePackages.ts";
import { reachIpv6Literals } from "./wire/http/ipv6Literals.ts";
import { limitHttpClient } from "./wire/http/limitedHttpClient.ts";
import { proxySettingsOf, throughProxy } from "./wire/http/throughProxy.ts";
import { type TrustedAuthorities, trustAlso } from "./wire/http/trustAlso.ts";
import type { Connection } from "./wire/wire.ts";

/** What clients of any service take besides the environment. */
export interface ConnectionOptions {
  /** Tells the user something that is not an error. */
  readonly say?: (message: string) => void;
  /** Ends every request and every pause under way. */
  readonly abortSignal?: AbortSignal;
  /** Whether requests that are on their way come to their answer all the same. @default false */
  readonly awaitsAnswers?: boolean;
  /** Carries all requests; by default one that keeps connections alive. */
  readonly httpClient?: () => Promise<HttpClient>;
  /** By which pauses are measured, waited for and varied; by default the machine's. */
  readonly clock?: Clock;
}

/** A pause that a user would wonder about. */
const LONG_PAUSE_IN_MS = 10_000;

/** What the wires to all services have in common. */
export function connect(
  { credential, proxy }: Pick<Settings, "credential" | "proxy">,
  options: ConnectionOptions &
    Pick<Connection, "changeLog"> & {
      /** Trusted beside those of the machine, on some hosts. */
      readonly authorities?: TrustedAuthorities | undefined;
    },
): Connection {
  const { abortSignal, awaitsAnswers = false, changeLog, say, clock = systemClock, authorities } = options;
  const plain = reachIpv6Literals(options.httpClient ?? createSharedHttpClient());
  const direct = authorities ? trustAlso(plain, authorities) : plain;
  const limits = { abortSignal, awaitsAnswers };
  return {
    httpClient: limitHttpClient(proxy ? throughProxy(direct, { proxy, abortSignal, authorities }) : direct, limits),
    clock,
    newId: randomUUID,
    changeLog,
    secrets: secretsOf(credential),
    abortSignal,
    proxyOptions: proxy && proxySettingsOf(proxy.url),
    onPause: sayPause(say),
  };
}

/** One HTTP client keeps connections alive across directories and sign-ins. */
export function createSharedHttpClient(): () => Promise<HttpClient> {
  let shared: HttpClient | undefined;
  return async () => {
    shared ??= loadPipeline().createDefaultHttpClient();
    return shared;
  };
}

/** An entry that exempts nothing sends through the proxy what somebody meant to keep from it. */
export function warnOfExemptions(proxy: Settings["proxy"], warn: ((message: string) => void) | undefined): void {
  if (!proxy?.ignored) return;
  const { variable, entries } = proxy.ignored;
  const quoted = entries.map((entry) => `"${escapeUnprintable(entry)}"`).join(", ");
  warn?.(
    `${variable} has ${quoted}, which exempts nothing from the proxy: write a name, .domain, an address, a network such as 10.0.0.0/8, each with or without :port, or *, divided by commas.`,
  );
}

function sayPause(say: ((message: string) => void) | undefined): (pauseInMs: number) => void {
  return (pauseInMs) => {
    if (pauseInMs < LONG_PAUSE_IN_MS) return;
    say?.(`Azure asks to wait; going on in ${Math.round(pauseInMs / 1000)} s.`);
  };
}
