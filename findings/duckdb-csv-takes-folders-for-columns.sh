#!/usr/bin/env bash
# What: read_csv of DuckDB 1.5.6 (@duckdb/node-api 1.5.6-r.1) takes a folder named NAME=VALUE anywhere above a file for a column,
#   unasked, also where all columns are declared and auto_detect is false: what such a file says in a column of that name is
#   replaced by what the folder says, without an error. hive_partitioning = false keeps the file's own.
# Why: hive partitions are detected from the path, for CSV as for Parquet, and win over columns of the file.
# Seen: "lyon lyon" for a file that says paris in its column, "paris paris" with hive_partitioning = false.
# Matters for: whoever reads CSV below a data set's folders, such as hub=lyon, or in a home that happens to have a name like that.
# Needs Node 22 or newer and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.6-r.1
mkdir -p hub=lyon/staging
printf 'paris,1.10\nparis,2.20\n' >hub=lyon/staging/rows.csv
cat >look.mjs <<'EOF'
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create(":memory:")).connect();
const read = async (more) => {
  const reader = await connection.runAndReadAll(`SELECT hub FROM read_csv('hub=lyon/staging/rows.csv',
    columns = {hub: 'VARCHAR', quantity: 'VARCHAR'}, auto_detect = false, header = false, delim = ','${more})`);
  return reader.getRowsJson().flat().join(" ");
};
console.log(await read(""));
console.log(await read(", hive_partitioning = false"));
EOF
seen=$(node look.mjs)
echo "$seen"
[ "$seen" = $'lyon lyon\nparis paris' ] || { echo "It is different by now." >&2; exit 1; }
