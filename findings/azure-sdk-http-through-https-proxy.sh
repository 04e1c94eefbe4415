#!/usr/bin/env bash
# What: with HTTPS_PROXY alone in the environment, @azure/core-rest-pipeline 1.25.0 (@typespec/ts-http-runtime 0.3.10) sends
#   plain http requests through that proxy as well. curl and Go take HTTPS_PROXY for https alone.
# Why: its default settings are the first of HTTPS_PROXY, ALL_PROXY and HTTP_PROXY, whatever the URL's scheme is.
# Seen: "core-rest-pipeline: through the proxy", and "curl: direct", on Node 24 with curl 7.88.1.
# Matters for: managed identity. The metadata service is a plain http address (169.254.169.254), and its request, whose
#   answer is a token, goes to the company's proxy on every machine where only HTTPS_PROXY is set and nobody wrote NO_PROXY.
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
  return { server, url: `http://127.0.0.1:${server.address().port}` };
};
const [metadata, proxy] = [await listen("direct"), await listen("through the proxy")];
for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "https_proxy"]) delete process.env[name];
process.env.HTTPS_PROXY = proxy.url;
const { createDefaultHttpClient, createEmptyPipeline, createPipelineRequest, proxyPolicy } = await import("@azure/core-rest-pipeline");
const pipeline = createEmptyPipeline();
pipeline.addPolicy(proxyPolicy());
const request = createPipelineRequest({ url: `${metadata.url}/metadata`, allowInsecureConnection: true });
console.log("core-rest-pipeline:", (await pipeline.sendRequest(createDefaultHttpClient(), request)).bodyAsText);
console.log("curl:", (await promisify(execFile)("curl", ["--silent", `${metadata.url}/metadata`])).stdout);
for (const { server } of [metadata, proxy]) {
  server.close();
  server.closeAllConnections();
}
process.exit();
EOF
seen=$(node look.mjs)
echo "$seen"
expected=$'core-rest-pipeline: through the proxy\ncurl: direct'
[ "$seen" = "$expected" ] || { echo "It is different by now." >&2; exit 1; }
