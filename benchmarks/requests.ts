import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { type EmulatorConnection, requireLoopback } from "../scripts/environment.ts";

/** The requests of one phase, as the emulator kept them. */
export interface Requests {
  /** By method, all answers; neither the directory look-ups nor the requests for tokens are among them. */
  readonly requests: Readonly<Record<"GET" | "PUT" | "DELETE", number>>;
  /** Look-ups of a subscription's directory, which carry no token. */
  readonly challenges: number;
  /** Answers 429. */
  readonly throttled: number;
}

/** The emulator's journal, from the last reset on. */
export interface RequestCounter {
  reset(): Promise<void>;
  count(): Promise<Requests>;
}

interface Entry {
  readonly kind: string;
  readonly method: string;
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
      return summarize(entries);
    },
  };
}

function summarize(entries: readonly Entry[]): Requests {
  const authenticated = entries.filter(({ kind }) => kind === "request");
  const by = (wanted: string) => authenticated.filter(({ method }) => method === wanted).length;
  return {
    requests: { GET: by("GET"), PUT: by("PUT"), DELETE: by("DELETE") },
    challenges: entries.filter(({ kind }) => kind === "challenge").length,
    throttled: entries.filter(({ status }) => status === 429).length,
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
