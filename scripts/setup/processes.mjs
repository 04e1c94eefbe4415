import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { SetupError } from "./setupError.mjs";

const isWindows = process.platform === "win32";

/**
 * Runs a command to its end and returns `{ code, stdout }`; `code` is null when a signal ended it.
 *
 * Its standard output is collected; its standard error goes to ours, or line by line to `onLine`.
 * @throws the spawn error (`ENOENT`…) when the command cannot be started, SetupError `INTERRUPTED`
 */
export async function run(command, args, { cwd, env, onLine, abortSignal } = {}) {
  const stderr = onLine === undefined ? "inherit" : "pipe";
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", stderr] });
  const chunks = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr?.on("data", lines(onLine));
  const code = await end(child, abortSignal);
  return { code, stdout: Buffer.concat(chunks).toString("utf8") };
}

/**
 * Runs the npm that started this process, or else the one on PATH, with the Node this process runs on.
 *
 * What it prints goes to standard error, because standard output belongs to the job that follows the set-up.
 */
export function runNpm(args, { cwd, env = process.env, timeoutInMs, abortSignal } = {}) {
  const { command, leading, shell } = npmCommand(env);
  const stdio = ["ignore", process.stderr, process.stderr];
  const options = { cwd, env: npmEnvironment(env), shell, stdio, timeout: timeoutInMs };
  return end(spawn(command, [...leading, ...args], options), abortSignal);
}

/** The path of an executable found on `path` (a PATH value), or undefined. */
export function findOnPath(name, path = process.env.PATH ?? "") {
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const file = join(folder, executableName(name));
    if (isExecutable(file)) return file;
  }
  return undefined;
}

/** The file name of a compiled program on this platform. */
export function executableName(name) {
  return isWindows ? `${name}.exe` : name;
}

/** Whether a file is there, is not empty and may be executed. */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    const status = statSync(file);
    return status.isFile() && status.size > 0;
  } catch {
    return false;
  }
}

/** A copy of the environment in which `folder` comes first on PATH. */
export function withPathFirst(env, folder) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [key]: [folder, env[key]].filter(Boolean).join(delimiter) };
}

function end(child, abortSignal) {
  return new Promise((resolve, reject) => {
    const interrupt = () => child.kill("SIGINT");
    abortSignal?.addEventListener("abort", interrupt);
    child.once("error", reject);
    child.once("close", (code) => {
      abortSignal?.removeEventListener("abort", interrupt);
      if (abortSignal?.aborted)
        reject(new SetupError("INTERRUPTED", "The set-up was interrupted. Run the command again."));
      else resolve(code);
    });
  });
}

function npmCommand(env) {
  const script = env.npm_execpath;
  if (script !== undefined && basename(script) === "npm-cli.js") {
    return { command: process.execPath, leading: [script], shell: false };
  }
  // Node refuses to spawn a .cmd file without a shell; every argument given here is a plain word.
  return { command: isWindows ? "npm.cmd" : "npm", leading: [], shell: isWindows };
}

// `npm start` hands its own folder and workspace down to scripts; an npm started for another folder must not see them.
function npmEnvironment(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_config_(local_prefix|prefix|workspaces?|include|omit)$/i.test(name)),
  );
}

function lines(onLine) {
  let rest = "";
  return (chunk) => {
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) onLine(line);
  };
}
