import { readFile } from "node:fs/promises";
import { parseWorld } from "./parseWorld.ts";
import type { World } from "./world.ts";
import { WorldError } from "./worldError.ts";

const SAMPLE = new URL("../../worlds/sample.json", import.meta.url);

/**
 * The world given, read from its file, or the sample world.
 *
 * @throws WorldError naming the file and the path in it of everything that does not fit.
 */
export async function loadWorld(world: World | string | undefined): Promise<World> {
  if (typeof world === "object") return parseWorld(world, "the world");
  const file = world ?? SAMPLE;
  const name = world ?? "the sample world";
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new WorldError(`The world file ${name} cannot be read.`, { cause });
  });
  return parseWorld(parseJson(text, name), name);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WorldError(`${name} is not JSON: ${reason}`, { cause });
  }
}
