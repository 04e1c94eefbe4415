import { execFile } from "node:child_process";
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { localEnvironment } from "../../../scripts/dev/environment.ts";

const run = promisify(execFile);

/** The packages' tarballs, by name. */
export type Tarballs = Readonly<Record<PackageName, string>>;

export type PackageName =
  | "azurestack-csp"
  | "@azurestack-csp/provider"
  | "@azurestack-csp/emulator"
  | "@azurestack-csp/usage";

/** Compiles and packs the packages into a folder, as a release does. */
export async function packPackages(folder: string): Promise<Tarballs> {
  await runTool("npm", ["run", "build"], workspaceRoot);
  const packages = ["provider", "sdk/nodejs", "emulator", "usage"].flatMap((name) => ["--workspace", name]);
  await runTool("npm", ["pack", ...packages, "--pack-destination", folder], workspaceRoot);
  const files = await readdir(folder);
  const find = (pattern: RegExp) => join(folder, files.find((file) => pattern.test(file)) ?? "missing.tgz");
  return {
    "azurestack-csp": find(/^azurestack-csp-\d/),
    "@azurestack-csp/provider": find(/^azurestack-csp-provider-\d/),
    "@azurestack-csp/emulator": find(/^azurestack-csp-emulator-\d/),
    "@azurestack-csp/usage": find(/^azurestack-csp-usage-\d/),
  };
}

/** Copies a program without its packages, and gives it other dependencies. */
export async function copyProgram(options: {
  readonly from: string;
  readonly to: string;
  readonly dependencies: Readonly<Record<string, string>>;
}): Promise<void> {
  await mkdir(options.to, { recursive: true });
  for (const file of ["index.ts", "Pulumi.yaml"]) await cp(join(options.from, file), join(options.to, file));
  const manifest = { name: "program", private: true, type: "module", main: "index.ts" };
  await writeFile(
    join(options.to, "package.json"),
    JSON.stringify({ ...manifest, dependencies: options.dependencies }, undefined, 2),
  );
}

/** Installs a program's packages with npm; what is named as a tarball also serves the packages that need it. */
export async function installWithNpm(folder: string): Promise<void> {
  await runTool("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], folder);
}

/** Installs a program's packages with pnpm, which shows a package its own dependencies and no others. */
export async function installWithPnpm(folder: string, tarballs: Tarballs): Promise<void> {
  const overrides = Object.entries(tarballs).map(([name, file]) => `  "${name}": "file:${file}"`);
  const settings = ["packages: ['.']", "strictDepBuilds: false", "overrides:", ...overrides, ""];
  await writeFile(join(folder, "pnpm-workspace.yaml"), settings.join("\n"));
  const pnpm = join(workspaceRoot, "node_modules", ".bin", "pnpm");
  await runTool(pnpm, ["install", "--prefer-offline", "--no-frozen-lockfile"], folder);
}

/** Runs a package's command or another tool to its end. @throws Error with what it printed, where it fails */
export async function runTool(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { NODE_OPTIONS: _sources, ...env } = localEnvironment(process.env);
  const shell = process.platform === "win32";
  try {
    const { stdout } = await run(command, args, { cwd, env, shell, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
