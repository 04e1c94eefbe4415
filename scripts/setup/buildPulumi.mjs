import { chmod, copyFile, mkdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { readGoSettings } from "./goSettings.mjs";
import { run } from "./processes.mjs";
import { showProgress } from "./progress.mjs";
import { say } from "./report.mjs";
import { SetupError } from "./setupError.mjs";
import { pulumiVersion } from "./versions.mjs";

/** A line of `go build -v`: the package it has begun to compile. */
const importPath = /^[\w.-]+(\/[\w.~-]+)*$/;
const neededBytes = 6 * 1024 ** 3;

/** The modules under `tools/`, each one program; the host needs an older SDK than the CLI, hence two modules. */
function programsOf(version) {
  const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  return [
    { name: "pulumi-language-nodejs", module: "pulumi-language-nodejs", linkerFlags: "-s -w" },
    {
      name: "pulumi",
      module: version === pulumiVersion ? "pulumi" : `pulumi-${version}`,
      linkerFlags: `-s -w ${versionFlag}`,
    },
  ];
}

/**
 * Builds the CLI of that version and its Node host from the public Go modules below `work` and returns the folder that
 * holds `bin`.
 *
 * Go's caches are folders of this build's own and go with it; modules that the user's cache already has are read
 * from there.
 * @throws SetupError `GO_MISSING`, `GO_TOO_OLD`, `DISK_FULL`, `PULUMI_NOT_BUILT`
 */
export async function buildPulumi({ root, version, work, launcher, abortSignal }) {
  const programs = programsOf(version);
  const folderOf = ({ module }) => join(root, "tools", module);
  const settings = await readGoSettings({ version, folders: programs.map(folderOf) });
  await checkSpace(work);
  const caches = join(work, "go");
  const bin = join(work, "built", "bin");
  await mkdir(bin, { recursive: true });
  const env = goEnvironment({ caches, settings });
  say(`building the Pulumi CLI ${version} from its Go modules, because no other was found: 4 to 8 minutes, once`);
  const compiled = new Set();
  for (const program of programs) {
    const go = (args, onLine) => run("go", args, { cwd: folderOf(program), env, onLine, abortSignal });
    await build({ ...program, version, go, bin, compiled });
  }
  await copyFile(join(root, "node_modules", "@pulumi", "pulumi", launcher), join(bin, launcher));
  await chmod(join(bin, launcher), 0o755);
  await rm(caches, { recursive: true, force: true });
  return join(work, "built");
}

async function checkSpace(folder) {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= neededBytes) return;
  const free = ((bavail * bsize) / 1024 ** 3).toFixed(1);
  throw new SetupError(
    "DISK_FULL",
    `Building the Pulumi CLI takes 6 GiB for a few minutes and ${folder} has ${free} GiB left. Free some space, or let PULUMI_HOME name a folder with room, and run the command again.`,
  );
}

function goEnvironment({ caches, settings }) {
  const warm = join(settings.GOMODCACHE, "cache", "download").replaceAll("\\", "/");
  const { GOOS: _os, GOARCH: _arch, GOFLAGS: _flags, ...env } = process.env;
  return {
    ...env,
    GOCACHE: join(caches, "build"),
    GOMODCACHE: join(caches, "modules"),
    GOPROXY: `file://${warm.startsWith("/") ? "" : "/"}${warm},${settings.GOPROXY}`,
    // Without -modcacherw the module cache is read-only and resists its removal.
    GOFLAGS: "-modcacherw -mod=readonly -buildvcs=false",
    GOWORK: "off",
    CGO_ENABLED: "0",
  };
}

// `compiled` holds what the programs before this one have left in the cache, so that it is not counted again.
async function build({ name, version, linkerFlags, go, bin, compiled }) {
  const progress = { fetched: 0, before: compiled.size, total: 0 };
  const failures = [];
  const stop = showProgress(() => describe(name, { ...progress, compiled: compiled.size }));
  const onLine = (line) => {
    if (line.startsWith("go: downloading")) progress.fetched += 1;
    else if (importPath.test(line)) compiled.add(line);
    else failures.push(line);
  };
  try {
    const list = await go(["list", "-deps", "tool"], onLine);
    progress.total = list.stdout.split("\n").filter((path) => path !== "" && !compiled.has(path)).length;
    const flags = ["-v", "-trimpath", "-tags", "osusergo", "-ldflags", linkerFlags];
    const { code } = list.code === 0 ? await go(["build", ...flags, "-o", `${bin}/`, "tool"], onLine) : list;
    if (code !== 0) throw notBuilt({ name, version, code, failures });
  } finally {
    stop();
  }
}

function describe(name, { fetched, before, compiled, total }) {
  if (total === 0) return `${name}: fetching modules, ${fetched} so far`;
  const share = Math.min(99, Math.floor((100 * (compiled - before)) / total));
  return `${name}: compiling, ${share} % of ${total} packages`;
}

function notBuilt({ name, version, code, failures }) {
  const said = failures.slice(-10).join("\n");
  return new SetupError(
    "PULUMI_NOT_BUILT",
    `go build of ${name} ended with exit code ${code}, so that there is no Pulumi CLI to run. Go said:\n${said}\nMend that (a proxy for Go modules is named by GOPROXY), or install Pulumi ${version} so that it is on PATH, and run the command again.`,
  );
}
