#!/usr/bin/env bash
# What: CAST(text AS DECIMAL(38,20)) costs DuckDB 1.5.6 (@duckdb/node-api 1.5.6-r.1) ten times and more of what it costs to put the
#   same decimal together of three BIGINTs, by two multiplications and two additions; HUGEINT of a text of as many digits is
#   as cheap as these. DECIMAL(18,9) of text is cheap too: it is the 128-bit one alone.
# Why: digits beyond what a 64-bit integer holds are taken one by one, in 128-bit arithmetic.
# Seen: 4 to 9 µs a row by the cast, 0.2 to 0.3 µs by parts, equal to the last digit, one thread of an AMD EPYC; sums are the same.
# Matters for: whoever brings money or quantities into DECIMAL(38,n) by the million, where the cast is most of the time.
# Needs Node 22 or newer and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.6-r.1
cat >look.mjs <<'EOF'
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
await connection.run(`CREATE TABLE quantities AS
  SELECT whole, upper, lower, CONCAT(whole, '.', lpad(CAST(upper AS VARCHAR), 10, '0'), lpad(CAST(lower AS VARCHAR), 10, '0')) AS text
  FROM (SELECT i % 97 AS whole, (i * 7919) % 10000000000 AS upper, (i * 104729) % 10000000000 AS lower FROM range(1000000) AS r(i))`);
const measure = async (expression) => {
  const start = process.cpuUsage();
  const reader = await connection.runAndReadAll(`SELECT CAST(sum(${expression}) AS VARCHAR) FROM quantities`);
  const { user, system } = process.cpuUsage(start);
  return { sum: reader.getRowsJson()[0][0], seconds: (user + system) / 1e6 };
};
const cast = "CAST(text AS DECIMAL(38,20))";
const parts = `CAST(whole AS DECIMAL(38,20))
  + CAST(CAST(upper AS DECIMAL(10,0)) * CAST('0.0000000001' AS DECIMAL(10,10)) AS DECIMAL(38,20))
  + CAST(CAST(lower AS DECIMAL(10,0)) * CAST('0.00000000000000000001' AS DECIMAL(20,20)) AS DECIMAL(38,20))`;
await measure(cast);
const [byText, byParts, short] = [await measure(cast), await measure(parts), await measure("CAST(left(text, 12) AS DECIMAL(18,9))")];
console.error(`µs a row: ${byText.seconds.toFixed(2)} of text, ${byParts.seconds.toFixed(2)} of parts, ${short.seconds.toFixed(2)} of text to DECIMAL(18,9)`);
console.log(byText.sum === byParts.sum ? "equal" : "different", byText.seconds > 5 * byParts.seconds ? "text is slower" : "alike");
EOF
seen=$(node look.mjs)
echo "$seen"
[ "$seen" = "equal text is slower" ] || { echo "It is different by now." >&2; exit 1; }
