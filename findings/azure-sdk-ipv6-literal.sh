#!/usr/bin/env bash
# What: @azure/core-rest-pipeline 1.25.0 (@typespec/ts-http-runtime 0.3.10), the HTTP client below every Azure SDK for
#   JavaScript, does not reach a host that its URL names by an IPv6 address, such as http://[::1]:8080. Node's own clients do.
# Why: it hands `URL.hostname` on as the host to connect to, and that has the brackets; Node looks "[::1]" up as a name.
# Seen: "fetch 200", "node:http 200", "core-rest-pipeline ENOTFOUND [::1]", on Node 24.
# Matters for: an Azure Stack Hub or a test double that is reached by an IPv6 address. A caller gets by with
#   `requestOverrides: { hostname }`, without brackets.
# Needs a machine with IPv6 on loopback, Node 22 or newer and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @azure/core-rest-pipeline@1.25.0 @typespec/ts-http-runtime@0.3.10
cat >look.mjs <<'EOF'
import { once } from "node:events";
import { createServer, get } from "node:http";
import { createDefaultHttpClient, createPipelineRequest } from "@azure/core-rest-pipeline";

const server = createServer((_request, response) => response.end("here")).listen(0, "::1");
await once(server, "listening");
const url = `http://[::1]:${server.address().port}/`;
console.log("fetch", (await fetch(url)).status);
const [answer] = await once(get(url), "response");
answer.resume();
console.log("node:http", answer.statusCode);
const request = createPipelineRequest({ url, allowInsecureConnection: true });
const told = await createDefaultHttpClient()
  .sendRequest(request)
  .then(({ status }) => String(status), ({ message }) => message.match(/ENOTFOUND \S+/)?.[0] ?? message);
console.log("core-rest-pipeline", told);
server.close();
server.closeAllConnections();
EOF
seen=$(node look.mjs)
echo "$seen"
expected=$'fetch 200\nnode:http 200\ncore-rest-pipeline ENOTFOUND [::1]'
[ "$seen" = "$expected" ] || { echo "It is different by now." >&2; exit 1; }
