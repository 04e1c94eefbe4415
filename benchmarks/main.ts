import { parseBenchmarkArguments, usage } from "./arguments.ts";
import { formatJson, formatTable } from "./report.ts";
import { runBenchmark } from "./runBenchmark.ts";
import { benchmarkUsage } from "./usage/main.ts";

try {
  await main(process.argv.slice(2));
} catch (error) {
  // What is wrong with an argument is said in its message; anything else needs its stack.
  console.error(error instanceof TypeError || error instanceof RangeError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}

async function main(argv: readonly string[]): Promise<void> {
  if (argv[0] === "usage") return await benchmarkUsage(argv.slice(1));
  const settings = parseBenchmarkArguments(argv);
  if (settings.help) return console.log(usage);
  const result = await runBenchmark(settings, (text) => console.error(`bench: ${text}`));
  console.log(settings.json ? formatJson(result) : formatTable(result));
}
