#!/usr/bin/env bash
# What: a dynamic provider of @pulumi/pulumi 3.276.0 goes on after its engine, Pulumi CLI 3.276.0, is killed (SIGKILL, as for
#   want of memory): what it was creating is created seconds later, in no state, and behind the back of the next `pulumi up`.
# Why: the engine starts the host behind a shell, and nothing in the host looks whether the engine is there.
# Seen: "engine killed, nothing created yet", "created all the same", "in the state: 0", on Node 24 and Linux.
# Matters for: any provider that waits, as for a Retry-After: its request may leave after somebody has changed their mind.
# Needs Node 22 or newer, npm, and the Pulumi CLI 3.276.0 on the PATH; the state is a folder that is removed.
set -euo pipefail
[ "$(pulumi version)" = v3.276.0 ] || { echo "The Pulumi CLI 3.276.0 has to stand on the PATH." >&2; exit 2; }
folder=$(mktemp -d)
# The host would outlive this script, too.
trap 'pkill -KILL -f "$folder/program" || true; rm -rf "$folder"' EXIT
cd "$folder"
mkdir state program
export PULUMI_BACKEND_URL="file://$folder/state" PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
cd program
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @pulumi/pulumi@3.276.0
cat >Pulumi.yaml <<'EOF'
name: outlives
runtime: { name: nodejs, options: { typescript: false } }
main: index.js
EOF
cat >index.js <<'EOF'
const pulumi = require("@pulumi/pulumi");
const provider = {
  async create(inputs) {
    const { writeFileSync } = require("node:fs");
    writeFileSync(`${inputs.folder}/begun`, "");
    await new Promise((resolve) => setTimeout(resolve, 4000));
    writeFileSync(`${inputs.folder}/created`, "");
    return { id: "one", outs: {} };
  },
};
new (class extends pulumi.dynamic.Resource {})(provider, "one", { folder: process.env.FOLDER });
EOF
pulumi stack init --non-interactive test >/dev/null
FOLDER=$folder pulumi up --yes --skip-preview --non-interactive >/dev/null 2>&1 &
engine=$!
until [ -e "$folder/begun" ]; do kill -0 "$engine"; sleep 0.1; done
kill -KILL "$engine"
wait "$engine" 2>/dev/null || true
[ ! -e "$folder/created" ] && echo "engine killed, nothing created yet"
sleep 6
[ -e "$folder/created" ] && echo "created all the same" || { echo "It is different by now." >&2; exit 1; }
rm -f "$folder"/state/.pulumi/locks/organization/outlives/test/*.json
pulumi stack export --stack test >exported.json
count=$(node --eval 'console.log((require("./exported.json").deployment.resources ?? []).filter(({ id }) => id === "one").length)')
echo "in the state: $count"
[ "$count" = 0 ] || { echo "It is different by now." >&2; exit 1; }
