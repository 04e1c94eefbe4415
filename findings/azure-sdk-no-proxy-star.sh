#!/usr/bin/env bash
# What: NO_PROXY=* exempts nothing from the proxy in @azure/core-rest-pipeline 1.25.0 (@typespec/ts-http-runtime 0.3.10), and
#   neither do an address with a port or a network (127.0.0.1:8080, 127.0.0.0/8). curl takes "*" for every host, Go takes
#   all three. Nothing is said of an entry that means nothing.
# Why: an entry is compared with the host as it stands, or as a suffix where it begins with a full stop.
# Seen: "127.0.0.1 direct", then "through the proxy" for the three others, and "curl * direct", on Node 24.
# Matters for: a pipeline that reaches Azure Stack Hub inside a datacenter, with the NO_PROXY that its other tools understand.
# Needs Node 22 or newer, npm and curl.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @azure/core-rest-pipeline@1.25.0 @typespec/ts-http-runtime@0.3.10
cat >look.mjs <<'EOF'
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { promisify } from "node:util";

const listen = async (name) => {
  const server = createServer((_request, response) => response.end(name)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: server.address().port };
};
const [host, proxy] = [await listen("direct"), await listen("through the proxy")];
const url = `http://127.0.0.1:${host.port}/`;
const env = { PATH: process.env.PATH, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, http_proxy: `http://127.0.0.1:${proxy.port}` };
const ask = `
  import { createDefaultHttpClient, createEmptyPipeline, createPipelineRequest, proxyPolicy } from "@azure/core-rest-pipeline";
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(proxyPolicy());
  const request = createPipelineRequest({ url: process.argv[1], allowInsecureConnection: true });
  console.log((await pipeline.sendRequest(createDefaultHttpClient(), request)).bodyAsText);
  process.exit();
`;
const run = async (command, args, NO_PROXY) =>
  (await promisify(execFile)(command, args, { env: { ...env, NO_PROXY } })).stdout.trim();
for (const [name, entry] of [["127.0.0.1", "127.0.0.1"], ["*", "*"], ["address:port", `127.0.0.1:${host.port}`], ["127.0.0.0/8", "127.0.0.0/8"]]) {
  console.log(name, await run(process.execPath, ["--input-type=module", "--eval", ask, url], entry));
}
console.log("curl *", await run("curl", ["--silent", url], "*"));
for (const { server } of [host, proxy]) {
  server.close();
  server.closeAllConnections();
}
EOF
seen=$(node look.mjs)
echo "$seen"
expected=$'127.0.0.1 direct\n* through the proxy\naddress:port through the proxy\n127.0.0.0/8 through the proxy\ncurl * direct'
[ "$seen" = "$expected" ] || { echo "It is different by now." >&2; exit 1; }
