import { readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import { ProviderError } from "@azurestack-csp/provider";
import { systemCodeOf } from "../../../processes/wholeFile.ts";
import type { Terminal } from "../../console/terminal.ts";
import { commandErrors } from "../../errors/commandErrors.ts";

/** What Pulumi's file backend appends to the name of a file that it writes, for the attributes of that file. */
const ATTRIBUTES = ".attrs";

/** The states of a project, in the folder of a file backend. */
export interface StatesPlace {
  readonly backend: string;
  readonly project: string;
}

/**
 * Removes the attributes that a Pulumi which was killed left torn beside a state, and says so; until then Pulumi answers
 * every command on the stack with "EOF".
 *
 * Pulumi writes `<file>.attrs` over the old one, and only then puts the new state, which is whole, in the place of the old
 * one. So beside torn attributes lies the state before. They hold a content type and a checksum that nobody compares, and
 * without them the state is read as it is (gocloud.dev, blob/fileblob, `setAttrs`, `getAttrs` and `Close`).
 *
 * @throws ProviderError `CSP_COMMAND_STATE_TORN` where the state is not whole either, as after a loss of power, or the
 *   attributes cannot be removed.
 */
export async function mendStates({ backend, project }: StatesPlace, terminal: Pick<Terminal, "say">): Promise<void> {
  const folder = join(backend, ".pulumi", "stacks", project);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.endsWith(ATTRIBUTES))) {
    const file = join(folder, name);
    if (!(await isTorn(file))) continue;
    const state = file.slice(0, -ATTRIBUTES.length);
    if (!(await isWholeOrGone(state))) throw torn(file, `the state ${basename(state)} beside it is not whole either`);
    await rm(file, { force: true }).catch((cause: unknown) => {
      throw torn(file, `it cannot be removed (${systemCodeOf(cause) ?? String(cause)})`, cause);
    });
    terminal.say(
      `Pulumi was ended while it wrote ${state}; what it left torn, ${name}, was removed, and the state before is whole.`,
    );
  }
}

/** What cannot be read is left to Pulumi, whose words tell why. */
async function isTorn(file: string): Promise<boolean> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text !== undefined && !isJson(text);
}

async function isWholeOrGone(state: string): Promise<boolean> {
  try {
    return isJson((await unpack(state, await readFile(state))).toString("utf8"));
  } catch (error) {
    return systemCodeOf(error) === "ENOENT";
  }
}

/** As Pulumi may pack it, a copy of the state before included. */
async function unpack(state: string, bytes: Buffer): Promise<Buffer> {
  const packed = state.replace(/\.bak$/, "");
  if (packed.endsWith(".gz")) return await promisify(gunzip)(bytes);
  return packed.endsWith(".zst") ? await promisify(zstdDecompress)(bytes) : bytes;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function torn(file: string, obstacle: string, cause?: unknown): ProviderError {
  return new ProviderError(commandErrors.CSP_COMMAND_STATE_TORN, { file, obstacle }, { cause });
}
