import { globSync, readFileSync } from "node:fs";
import { posix, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** One source file, as the rules of the architecture look at it. */
export interface Source {
  /** Path from the repository's folder, with forward slashes. */
  readonly file: string;
  readonly lines: number;
  /** What it imports: paths like `file` for its own repository's files, else the specifier. */
  readonly imports: readonly string[];
}

/** A static, dynamic or re-exporting import, types included; the specifier is the first group. */
const IMPORT =
  /(?:^|[\s;])(?:import|export)\b[^"'`;]*?\bfrom\s*"([^"]+)"|\bimport\s*\(?\s*"([^"]+)"|\brequire\("([^"]+)"\)/g;

/** All sources under some folders. */
export function sources(folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,mjs}`, { cwd: root }))
    .map((file) => file.split(sep).join(posix.sep))
    .filter((file) => !file.includes("node_modules/"))
    .map((file) => readSource(file, readFileSync(`${root}/${file}`, "utf8")));
}

/** Reads what the text of a file imports. */
export function readSource(file: string, text: string): Source {
  const specifiers = [...text.matchAll(IMPORT)].flatMap(
    ([, from, called, required]) => from ?? called ?? required ?? [],
  );
  return {
    file,
    lines: text.split("\n").length - 1,
    imports: specifiers.map((specifier) =>
      specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : specifier,
    ),
  };
}
