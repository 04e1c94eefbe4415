import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { type EmulatorConnection, requireLoopback } from "../../scripts/dev/environment.ts";

/** The requests of one phase, as the emulator kept them. */
export interface Requests {
  /** By method, all answers; neither the directory look-ups nor the requests for tokens are among them. */
  readonly requests: Readonly<Record<"GET" | "PUT" | "DELETE", number>>;
  /** Look-ups of a subscription's directory, which carry no token. */
  readonly challenges: number;
  /** Requests for tokens. */
  readonly tokens: number;
  /** Answers 429. */
  readonly throttled: number;
  /** Resources that were written with success, each counted once. */
  readonly written: number;
  /** Resources that were removed with success, each counted once. */
  readonly removed: number;
}

/** The emulator's journal, from the last reset on. */
export interface RequestCounter {
  reset(): Promise<void>;
  count(): Promise<Requests>;
}

/** What is read of one entry of the journal. */
export interface Entry {
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** Counts requests by the emulator's journal. */
export async function createRequestCounter({ control, caCertificate }: EmulatorConnection): Promise<RequestCounter> {
  requireLoopback("control", control);
  const ca = caCertificate === null ? undefined : await readFile(caCertificate, "utf8");
  const journal = (method: "GET" | "DELETE") => fetchText({ url: `${control}/journal`, method, ca });
  return {
    reset: async () => void (await journal("DELETE")),
    async count() {
      const { entries } = JSON.parse(await journal("GET")) as { readonly entries: readonly Entry[] };
      return countRequests(entries);
    },
  };
}

/** Counts entries of the journal. */
export function countRequests(entries: readonly Entry[]): Requests {
  const authenticated = entries.filter(({ kind }) => kind === "request");
  const by = (wanted: string) => authenticated.filter(({ method }) => method === wanted).length;
  const done = (wanted: string) => authenticated.filter(({ method, status }) => method === wanted && status < 300);
  const distinct = (some: readonly Entry[]) => new Set(some.map(({ path }) => path.toLowerCase())).size;
  return {
    requests: { GET: by("GET"), PUT: by("PUT"), DELETE: by("DELETE") },
    challenges: entries.filter(({ kind }) => kind === "challenge").length,
    tokens: entries.filter(({ kind }) => kind === "token").length,
    throttled: entries.filter(({ status }) => status === 429).length,
    written: distinct(done("PUT")),
    removed: distinct(done("DELETE")),
  };
}

function fetchText(options: {
  readonly url: string;
  readonly method: string;
  readonly ca: string | undefined;
}): Promise<string> {
  const { url, method, ca } = options;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ...(ca === undefined ? {} : { ca }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
      response.once("error", reject);
    });
    sent.once("error", reject);
    sent.end();
  });
}
