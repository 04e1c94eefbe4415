import { spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureNode } from "./setup/node.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { withPathFirst } from "./setup/processes.mjs";
import { ensurePulumi } from "./setup/pulumi.mjs";
import { SetupError } from "./setup/setupError.mjs";

/** What `npm start`, `npm test` and the others run once everything they need is there. */
const jobs = {
  start: { entry: "scripts/dev/start.ts", dev: false },
  test: { entry: "scripts/dev/test.ts", dev: true },
  "test:peers": { entry: "scripts/dev/testPeers.ts", dev: true },
  bench: { entry: "benchmarks/main.ts", dev: true },
};

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

async function main([name, ...args]) {
  const job = jobs[name];
  if (job === undefined) {
    throw new SetupError("UNKNOWN_JOB", `"${name}" is none of ${Object.keys(jobs).join(", ")}. Use the npm scripts.`);
  }
  const node = await ensureNode({ root });
  const env = withPathFirst(process.env, dirname(node));
  // An older Node has done its part: the rest of the set-up and the job run on the one just found.
  if (node !== process.execPath) return runToEnd(node, [fileURLToPath(import.meta.url), name, ...args], env);
  await ensurePackages({ root, dev: job.dev, env });
  const pulumi = await ensurePulumi({ root });
  const flags = ["--conditions=development", "--disable-warning=ExperimentalWarning"];
  return runToEnd(node, [...flags, join(root, job.entry), ...args], withPathFirst(env, pulumi));
}

/** Runs a child to its end and returns its exit code; signals are the child's to answer. */
function runToEnd(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: "inherit" });
    // A terminal sends Ctrl-C to the child as well; a signal sent to this process alone has to be passed on.
    process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? `[${error.code}] ${error.message}` : error.stack}\n`);
  process.exitCode = 1;
}
