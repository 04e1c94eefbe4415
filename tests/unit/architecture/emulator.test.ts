import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, type Source, sources } from "./sources.ts";

const HOME = "emulator/src/";

/** What the emulator's folders may import of it, beside themselves; `services/*` is every service. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  world: [],
  usage: ["world"],
  store: ["usage", "world", "modes.ts"],
  pipeline: ["store", "modes.ts"],
  server: ["pipeline"],
  control: ["pipeline", "store", "usage", "world"],
  "services/*": ["services/arm", "services/entra", "pipeline", "store", "usage"],
};

const all = sources(["emulator/src"]);
const files = new Set(all.map(({ file }) => file));

/** The folder that a floor is stated for and the file stands in: `services/arm/steps/authorize.ts` is in `services/arm`. */
function folderOf(file: string): string {
  const [first = "", ...rest] = file.slice(HOME.length).split("/");
  return first === "services" && rest.length > 1 ? `${first}/${rest[0]}` : first;
}

function floorOf(folder: string): readonly string[] | undefined {
  return FLOORS[folder.startsWith("services/") ? "services/*" : folder];
}

function inside({ imports }: Source): readonly string[] {
  return imports.filter((target) => files.has(target));
}

/** The first circle that is met from the file on, if there is one. */
function circleFrom(file: string, path: readonly string[], seen: Set<string>): readonly string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (seen.has(file)) return undefined;
  seen.add(file);
  const source = all.find((other) => other.file === file);
  for (const target of source ? inside(source) : []) {
    const circle = circleFrom(target, [...path, file], seen);
    if (circle) return circle;
  }
  return undefined;
}

describe("the emulator", () => {
  it("has files on every floor that is stated", () => {
    const folders = new Set(all.map(({ file }) => folderOf(file)));

    assert.deepEqual(
      Object.keys(FLOORS).filter((floor) => floor !== "services/*" && !folders.has(floor)),
      [],
    );
    assert.ok(folders.has("services/arm") && folders.has("services/entra"));
  });

  it("imports from the floors below alone: neither pipeline nor store knows a service, nor one service another's", () => {
    const offences = all.flatMap((source) => {
      const own = folderOf(source.file);
      const floor = floorOf(own);
      return inside(source)
        .filter((target) => folderOf(target) !== own && floor?.includes(folderOf(target)) === false)
        .map((target) => `${source.file} imports ${target}`);
    });

    assert.deepEqual(offences, []);
  });

  it("has no circle of imports, types included", () => {
    const seen = new Set<string>();

    assert.deepEqual(
      all.flatMap(({ file }) => circleFrom(file, [], seen) ?? []),
      [],
    );
  });

  it("has a sentence over every name that it exports", () => {
    const bare = all.flatMap(({ file }) => {
      const lines = readFileSync(join(root, file), "utf8").split("\n");
      const isBare = (line: string, index: number) =>
        /^export (?:async )?(?:const|function|interface|type \w|class) ?/.test(line) &&
        !lines[index - 1]?.endsWith("*/");
      return lines.filter(isBare).map((line) => `${file}: ${line}`);
    });

    assert.deepEqual(bare, []);
  });
});
