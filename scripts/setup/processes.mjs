import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { basename, delimiter, join } from "node:path";

const isWindows = process.platform === "win32";

/**
 * Runs a command to its end and returns `{ code, stdout }`; `code` is null when a signal ended it.
 *
 * Its standard output is collected; its standard error goes to ours, or line by line to `onLine`.
 * @throws the spawn error (`ENOENT`…) when the command cannot be started
 */
export function run(command, args, { cwd, env, onLine, timeoutInMs } = {}) {
  return new Promise((resolve, reject) => {
    const stderr = onLine === undefined ? "inherit" : "pipe";
    const child = spawn(command, args, { cwd, env, timeout: timeoutInMs, stdio: ["ignore", "pipe", stderr] });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", lines(onLine));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: Buffer.concat(chunks).toString("utf8") }));
  });
}

/**
 * Runs the npm that started this process, or else the one on PATH, with the Node this process runs on.
 *
 * What it prints goes to standard error, because standard output belongs to the job that follows the set-up.
 */
export function runNpm(args, { cwd, env = process.env, timeoutInMs } = {}) {
  const { command, leading, shell } = npmCommand(env);
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", 2, 2];
    const child = spawn(command, [...leading, ...args], {
      cwd,
      env: npmEnvironment(env),
      shell,
      stdio,
      timeout: timeoutInMs,
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
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
