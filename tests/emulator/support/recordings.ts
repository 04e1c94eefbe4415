import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** An answer of a real Hub, with the request that it answers. */
export interface Recording {
  readonly request: { readonly method: string; readonly uri: string; readonly body: unknown };
  readonly response: { readonly status: number; readonly body: unknown };
}

/** A recording by its file, below `tests/fixtures/recordings`. */
export function readRecording(file: string): Recording {
  const path = fileURLToPath(new URL(`../../fixtures/recordings/${file}.json`, import.meta.url));
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * The shape of a JSON value: of an object its members in their order, of a list the shapes in it without repeats, of
 * anything else its type.
 */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map((entry) => JSON.stringify(shapeOf(entry)));
    return [...new Set(shapes)].sort().map((shape) => JSON.parse(shape));
  }
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.entries(value).map(([name, member]) => [name, shapeOf(member)]);
}
