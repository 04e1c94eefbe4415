import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { createCertificates } from "../../emulator/src/server/certificates.ts";
import { createPageBodies } from "./pageBodies.ts";

/**
 * A Hub's admin endpoint that answers for usage with prepared pages, and passes all else on to an emulated one.
 *
 * Arguments: rows in an hour, and, where there is more to ask than usage, the emulated endpoint and its file of certificates.
 * It prints one line of JSON when it is ready, and the processor time that it took when it is told to end.
 */
const [, , rows = "", upstream, upstreamCa] = process.argv;
const USAGE = /\/subscriberUsageAggregates\?/i;

const bodies = createPageBodies(Number(rows));
const agent = new Agent({ keepAlive: true, ...(upstreamCa ? { ca: readFileSync(upstreamCa) } : {}) });
const { caPem, certPem, keyPem } = await createCertificates(new Date(), ["127.0.0.1"]);
const server = createServer({ cert: certPem, key: keyPem }, (incoming, outgoing) => {
  const { url = "" } = incoming;
  if (USAGE.test(url)) answerUsage(url, outgoing);
  else passOn(incoming, outgoing);
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ endpoint: address(), caPem }));
});
process.once("SIGTERM", () => {
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6 }));
  process.exit(0);
});

function address(): string {
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Hours other than the asked one do not occur: whoever asks goes hour by hour. */
function answerUsage(path: string, outgoing: ServerResponse): void {
  const url = new URL(path, address());
  const start = Date.parse(url.searchParams.get("reportedStartTime") ?? "");
  const index = Number(url.searchParams.get("continuationToken") ?? "0");
  url.searchParams.set("continuationToken", String(index + 1));
  const body = bodies.page(start, index, index + 1 < bodies.pagesInAnHour ? url.href : undefined);
  outgoing.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": body.length });
  outgoing.end(body);
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (upstream === undefined) return void outgoing.writeHead(404).end();
  const { method, url = "", headers } = incoming;
  const { host } = new URL(upstream);
  const sent = request(new URL(url, upstream), { method, agent, headers: { ...headers, host } }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  sent.once("error", () => outgoing.writeHead(502).end());
  incoming.pipe(sent);
}
