#!/usr/bin/env node
// Plain JavaScript for Node 20 too: it has to be able to say that a newer Node is needed, or to find one.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const checkout = existsSync(here("../tsconfig.json"));
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 18)) await runWithNewerNode();
else await run();

/** In a checkout the sources run as they are; an installed package holds compiled ones. */
async function run() {
  const options = process.env.NODE_OPTIONS ?? "";
  if (checkout && !options.includes("--conditions=development")) {
    const { registerHooks } = await import("node:module");
    const conditions = (context) => ({ ...context, conditions: [...context.conditions, "development"] });
    registerHooks({ resolve: (specifier, context, next) => next(specifier, conditions(context)) });
    // The program that `reconcile` has Pulumi run is a process of its own, and finds the sources by this.
    process.env.NODE_OPTIONS = `${options} --conditions=development`.trim();
  }
  const { main } = await import("azurestack-csp/command-line");
  process.exitCode = await main(process.argv);
}

async function runWithNewerNode() {
  const node = here(`../../../.tools/node/node_modules/node/bin/node${process.platform === "win32" ? ".exe" : ""}`);
  if (!checkout || !existsSync(node)) {
    process.stderr.write(`azurestack-csp needs Node 22.18 or newer; this is Node ${process.versions.node}.\n`);
    process.exitCode = 2;
    return;
  }
  // Pulumi starts the Node that it finds on the path.
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
}
