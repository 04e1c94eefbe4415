import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findOnPath, run } from "./processes.mjs";
import { SetupError } from "./setupError.mjs";
import { isAtLeast } from "./versions.mjs";

/** The first Go that fetches the newer toolchain a module asks for. */
const oldestGo = "1.21";

const variables = ["GOVERSION", "GOTOOLCHAIN", "GOPROXY", "GOMODCACHE"];

/**
 * What `go env` says of the Go on PATH, once it is one that can build the modules of `folders`, which are those of the
 * Pulumi CLI `version`.
 *
 * The newest version that a `go.mod` names is needed, or a Go that fetches it by itself, which `GOTOOLCHAIN` may forbid
 * in the environment, in the file of `go env -w` or in the installation.
 * @throws SetupError `GO_MISSING`, `GO_TOO_OLD`
 */
export async function readGoSettings({ version, folders, env = process.env }) {
  const needed = await neededGo(folders);
  const settings = await askGo(env);
  if (settings === undefined) throw unusable("GO_MISSING", { version, found: "no Go was found", needed });
  const { GOVERSION: go, GOTOOLCHAIN: toolchain } = settings;
  if (!isAtLeast(go, oldestGo)) {
    throw unusable("GO_MISSING", { version, found: `${go} is older than Go ${oldestGo}`, needed });
  }
  if (isAtLeast(go, needed) || mayFetch(toolchain) || isOnPath(toolchain, needed, env)) return settings;
  const found = `${go} is older than Go ${needed} and may not fetch that one (GOTOOLCHAIN=${toolchain})`;
  throw unusable("GO_TOO_OLD", { version, found, needed, otherwise: ", or let Go fetch it with GOTOOLCHAIN=auto" });
}

async function askGo(env) {
  const go = findOnPath("go", env.PATH ?? env.Path);
  const answer = go && (await run(go, ["env", "-json", ...variables], { env }));
  return answer?.code === 0 ? JSON.parse(answer.stdout) : undefined;
}

async function neededGo(folders) {
  const texts = await Promise.all(folders.map((folder) => readFile(join(folder, "go.mod"), "utf8")));
  const versions = texts.map((text) => /^go (\S+)/m.exec(text)[1]);
  return versions.reduce((newest, version) => (isAtLeast(version, newest) ? version : newest));
}

function mayFetch(toolchain) {
  return /(^|\+)auto$/.test(toolchain);
}

/** A setting that ends in `path` lets Go take a newer one by its exact name. */
function isOnPath(toolchain, needed, env) {
  return /(^|\+)path$/.test(toolchain) && findOnPath(`go${needed}`, env.PATH ?? env.Path) !== undefined;
}

function unusable(code, { version, found, needed, otherwise = "" }) {
  return new SetupError(
    code,
    `The Pulumi CLI ${version} can neither be downloaded nor built: get.pulumi.com does not answer, and ${found}. Install Go ${needed} or later (https://go.dev/dl)${otherwise}, or install Pulumi ${version} so that it is on PATH, and run the command again.`,
  );
}
