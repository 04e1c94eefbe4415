import { existsSync } from "node:fs";
import { cp, mkdir, readdir, realpath, symlink } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { workspaceRoot } from "../emulatorProcess.ts";

/** What a checkout holds beside its sources. */
const made = new Set(["node_modules", ".git", ".tools", ".azurestack-csp", "dist", "coverage"]);

/** The folders of the packages that are published. */
const workspaces = ["provider", "sdk/nodejs", "emulator", "usage"];

/** The SDK, and the packages whose objects the tests hand to it. */
const ofSdk = ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf"];

/**
 * Copies this workspace's sources to `target`, with links to its packages beside them; nothing that is done there
 * reaches the checkout.
 *
 * With `sdk`, a folder in which another `@pulumi/pulumi` is installed, that one is there instead, and no package that
 * brings the workspace's own along.
 */
export async function copyWorkspace(target: string, { sdk }: { readonly sdk?: string } = {}): Promise<void> {
  const filter = (path: string) => path === workspaceRoot || !made.has(basename(path));
  await cp(workspaceRoot, target, { recursive: true, filter });
  const own = await packagesOf(workspaceRoot);
  const kept = sdk === undefined ? own : own.filter((name) => !name.startsWith("@pulumi/") && !ofSdk.includes(name));
  for (const name of kept) await link({ from: workspaceRoot, to: target, name });
  // Where the root has another version of a package, a workspace has its own.
  for (const workspace of workspaces) {
    const [from, to] = [join(workspaceRoot, workspace), join(target, workspace)];
    for (const name of await packagesOf(from)) await link({ from, to, name });
  }
  if (sdk !== undefined) for (const name of ofSdk) await link({ from: sdk, to: target, name });
}

async function packagesOf(folder: string): Promise<readonly string[]> {
  const modules = join(folder, "node_modules");
  const names = (existsSync(modules) ? await readdir(modules) : []).filter(
    (name) => name === ".bin" || !name.startsWith("."),
  );
  const scoped = await Promise.all(
    names.map(async (name) =>
      name.startsWith("@") ? (await readdir(join(modules, name))).map((inner) => `${name}/${inner}`) : [name],
    ),
  );
  return scoped.flat();
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly name: string;
}

/** A package of the workspace's own is a link already, to sources that have been copied. */
async function link({ from, to, name }: Link): Promise<void> {
  const source = await realpath(join(from, "node_modules", name));
  const inner = relative(await realpath(from), source);
  const isInstalled = inner.split(sep).includes("node_modules");
  const path = join(to, "node_modules", name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(isInstalled ? source : join(to, inner), path, "junction");
}
