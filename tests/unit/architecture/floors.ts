import type { Source } from "./sources.ts";

/**
 * A room of a house: what is named here, divided by blanks, is taken as one.
 *
 * A name is that of a folder or a file; `*.ts` stands for all files, and `*` for each of the folders as a room of its own,
 * that no other room of the house names.
 */
type Room = string;

/** A folder whose rooms stand above each other. */
export interface House {
  readonly folder: string;
  /** From the ground up: a room may import from those below it, and knows nothing of those beside and above it. */
  readonly floors: readonly (readonly Room[])[];
}

/** The one direction in which imports go. */
export const houses: readonly House[] = [
  { folder: "provider/src", floors: [["domain"], ["clients"], ["inspection", "lifecycle", "usage"], ["*.ts"]] },
  { folder: "provider/src/domain", floors: [["*.ts errors"], ["*"], ["plan"]] },
  { folder: "provider/src/lifecycle", floors: [["*.ts"], ["*"], ["kinds.ts"], ["index.ts"]] },
  { folder: "usage/src", floors: [["errors.ts"], ["domain"], ["errorFamilies.ts", "store"], ["sync"], ["index.ts"]] },
  { folder: "usage/src/domain", floors: [["*.ts"], ["*"]] },
  {
    folder: "sdk/nodejs/src",
    floors: [["processes"], ["journal"], ["resources", "tenantList", "dynamicHost"], ["usage"], ["cli"], ["*.ts"]],
  },
  {
    folder: "sdk/nodejs/src/cli",
    floors: [
      ["console", "errors"],
      ["stacks"],
      ["input"],
      ["plan"],
      ["adopt", "audit", "list", "reconcile", "usage"],
      ["init"],
      ["commands"],
    ],
  },
];

/** Where a file stands; `height` counts floors from the ground. */
interface Standing {
  readonly room: string;
  readonly height: number;
}

/** What stands or goes against the floors of a house, as `<file> imports <file>`, `<file> stands on no floor` and so on. */
export function offencesIn(house: House, sources: readonly Source[]): readonly string[] {
  const { folder, floors } = house;
  const inside = sources.filter(({ file }) => file.startsWith(`${folder}/`));
  const standings = new Map(inside.map(({ file }) => [file, standingOf(house, file)]));
  const built = new Set([...standings.values()].map((standing) => standing?.height));
  return [
    ...floors.flatMap((rooms, height) => (built.has(height) ? [] : [`${folder} has nothing in ${rooms.join(", ")}`])),
    ...inside.filter(({ file }) => !standings.get(file)).map(({ file }) => `${file} stands on no floor`),
    ...inside.flatMap(({ file, imports }) => {
      const from = standings.get(file);
      return imports
        .filter((target) => target.startsWith(`${folder}/`))
        .filter((target) => from && !mayImport(from, standings.get(target) ?? standingOf(house, target)))
        .map((target) => `${file} imports ${target}`);
    }),
  ];
}

function mayImport(from: Standing, to: Standing | undefined): boolean {
  return to !== undefined && (to.height < from.height || (to.height === from.height && to.room === from.room));
}

function standingOf({ folder, floors }: House, file: string): Standing | undefined {
  const [first = "", ...rest] = file.slice(folder.length + 1).split("/");
  const isFolder = rest.length > 0;
  const rooms = floors.flatMap((floor, height) => floor.map((room) => ({ room, height, names: room.split(" ") })));
  const named = rooms.find(({ names }) => names.includes(first));
  const found = named ?? rooms.find(({ names }) => names.includes(isFolder ? "*" : "*.ts"));
  if (!found) return undefined;
  return { height: found.height, room: found.room === "*" ? first : found.room };
}
