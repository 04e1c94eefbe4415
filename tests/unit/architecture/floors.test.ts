import assert from "node:assert/strict";
import { posix } from "node:path";
import { type House, houses, offencesIn } from "./floors.ts";
import { readSource, sources } from "./sources.ts";

const all = sources(["provider/src", "usage/src", "sdk/nodejs/src"]);

describe("floors", () => {
  for (const house of houses) {
    it(`of ${house.folder} are kept by every import, types included`, () => {
      assert.deepEqual(offencesIn(house, all), []);
    });

    it(`of ${house.folder} refuse an import from every room to every one beside and above it`, () => {
      const files = firstFiles(house);
      for (const [height, from] of files.entries()) {
        for (const target of files.slice(height + 1)) {
          const specifier = posix.relative(posix.dirname(from), target);
          const text = `import type { Any } from "${specifier.startsWith(".") ? specifier : `./${specifier}`}";\n`;

          assert.deepEqual(
            offencesIn(house, [...all, readSource(from, text)]),
            [`${from} imports ${target}`],
            `${from} may import ${target}`,
          );
        }
      }
    });
  }
});

/** A file of every room, from the ground up. */
function firstFiles({ folder, floors }: House): readonly string[] {
  const inside = all.map(({ file }) => file).filter((file) => file.startsWith(`${folder}/`));
  const roomOf = (file: string) => file.slice(folder.length + 1).split("/")[0] ?? "";
  const names = floors.flat().flatMap((room) => room.split(" "));
  return floors.flat().flatMap((room) => {
    const [name = ""] = room.split(" ");
    if (name === "*.ts")
      return inside.filter((file) => roomOf(file).endsWith(".ts") && !names.includes(roomOf(file))).slice(0, 1);
    if (name !== "*") return inside.filter((file) => roomOf(file) === name).slice(0, 1);
    const folders = inside.filter((file) => !roomOf(file).endsWith(".ts") && !names.includes(roomOf(file)));
    return [...Map.groupBy(folders, roomOf).values()].flatMap(([first]) => first ?? []);
  });
}

describe("offencesIn", () => {
  const house: House = { folder: "house", floors: [["*.ts cellar"], ["*"], ["roof"]] };
  const built = [
    readSource("house/base.ts", 'import "./cellar/wine.ts";\n'),
    readSource("house/cellar/wine.ts", 'import "node:fs";\n'),
    readSource("house/left/left.ts", 'import { base } from "../base.ts";\nimport "./leftAgain.ts";\n'),
    readSource("house/right/right.ts", ""),
    readSource("house/roof/roof.ts", 'export { left } from "../left/left.ts";\n'),
  ];
  const forms = [
    'import { roof } from "../roof/roof.ts";',
    'import type { Roof } from "../roof/roof.ts";',
    'import {\n  roof,\n  type Roof,\n} from "../roof/roof.ts";',
    'import "../roof/roof.ts";',
    'export * from "../roof/roof.ts";',
    'export type { Roof } from "../roof/roof.ts";',
    'const { roof } = await import("../roof/roof.ts");',
    'type Roof = import("../roof/roof.ts").Roof;',
  ];

  it("finds nothing in a house that stands", () => {
    assert.deepEqual(offencesIn(house, built), []);
  });

  for (const form of forms) {
    it(`finds ${form.split("\n")[0]}`, () => {
      const bad = readSource("house/left/bad.ts", `${form}\n`);

      assert.deepEqual(offencesIn(house, [...built, bad]), ["house/left/bad.ts imports house/roof/roof.ts"]);
    });
  }

  it("finds an import from the room beside it", () => {
    const bad = readSource("house/left/bad.ts", 'import type { Right } from "../right/right.ts";\n');

    assert.deepEqual(offencesIn(house, [...built, bad]), ["house/left/bad.ts imports house/right/right.ts"]);
  });

  it("finds a file that stands on no floor, and a floor on which nothing stands", () => {
    const narrow: House = { folder: "house", floors: [["cellar"], ["attic"]] };

    assert.deepEqual(offencesIn(narrow, built.slice(0, 2)), [
      "house has nothing in attic",
      "house/base.ts stands on no floor",
    ]);
  });
});
