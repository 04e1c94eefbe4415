import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Cell, matrix, readChoice } from "../../../../../scripts/dev/peers/cells.ts";
import { nodeVersion, oldestNode, pulumiVersion } from "../../../../../scripts/setup/versions.mjs";

describe("the matrix", () => {
  it("has every SDK with both CLIs on every Node, with tests and program", () => {
    const full = matrix.filter(({ parts }) => parts.includes("tests"));

    assert.equal(new Set(full.map(name)).size, 18);
    assert.ok(full.every(({ parts }) => parts.includes("program")));
  });

  it("looks up alone with the CLI that sends too little, once for every SDK", () => {
    const lookUps = matrix.filter(({ parts }) => parts.includes("lookUps"));

    assert.deepEqual(lookUps.map(name), [
      `3.216.0 3.274.0 ${nodeVersion}`,
      `3.259.0 3.274.0 ${nodeVersion}`,
      `${pulumiVersion} 3.274.0 ${nodeVersion}`,
    ]);
  });

  it("begins with the oldest SDK and Node that the package accepts", () => {
    const { engines, peerDependencies } = JSON.parse(readFileSync(fileOf("sdk/nodejs/package.json"), "utf8"));

    assert.equal(peerDependencies["@pulumi/pulumi"], `^${matrix[0]?.sdk}`);
    assert.ok(oldestNode.startsWith(engines.node.replace(">=", "")));
  });

  it("is the one that the workflow runs", () => {
    const { jobs } = parse(readFileSync(fileOf(".github/workflows/ci.yml"), "utf8"));
    const { sdk, cli } = jobs.peers.strategy.matrix;

    assert.deepEqual(sdk, [...new Set(matrix.map(({ sdk }) => sdk))]);
    assert.deepEqual(cli, [...new Set(matrix.map(({ cli }) => cli))]);
  });

  it("has a Go module for every CLI, to build it from", () => {
    for (const { cli } of matrix) {
      const folder = cli === pulumiVersion ? "tools/pulumi" : `tools/pulumi-${cli}`;

      assert.ok(existsSync(fileOf(`${folder}/go.mod`)), cli);
    }
  });
});

describe("readChoice", () => {
  const oldest = "3.216.0";

  it("takes the whole matrix without arguments", () => {
    assert.deepEqual(cellsOf([]), matrix);
  });

  it("takes one cell", () => {
    const [cell, ...others] = cellsOf(["--sdk", pulumiVersion, "--cli", pulumiVersion, "--node", "24"]);

    assert.deepEqual(cell, { sdk: pulumiVersion, cli: pulumiVersion, node: nodeVersion, parts: ["tests", "program"] });
    assert.deepEqual(others, []);
  });

  it("takes several, by lists and by repeated options", () => {
    const cells = cellsOf(["--sdk=oldest,newest", "--cli", "newest", "--node", "22", "--node", "26"]);

    assert.deepEqual(cells.map(name), [
      `${oldest} ${pulumiVersion} ${oldestNode}`,
      `${oldest} ${pulumiVersion} 26.10.0`,
      `${pulumiVersion} ${pulumiVersion} ${oldestNode}`,
      `${pulumiVersion} ${pulumiVersion} 26.10.0`,
    ]);
  });

  it("takes single parts, of the cells that have them", () => {
    const cells = cellsOf(["--sdk", "oldest", "--node", "24", "--part", "program,lookUps"]);

    assert.deepEqual(
      cells.map(({ cli, parts }) => [cli, ...parts]),
      [
        ["3.259.0", "program"],
        ["3.274.0", "lookUps"],
        [pulumiVersion, "program"],
      ],
    );
  });

  it("takes files of tests in place of all, and then nothing but tests", () => {
    const { cells, files } = readChoice([
      "--sdk",
      "oldest",
      "--cli",
      "oldest",
      "a.test.ts",
      "--node",
      "24",
      "b.test.ts",
    ]);

    assert.deepEqual(files, ["a.test.ts", "b.test.ts"]);
    assert.deepEqual(
      cells.map(({ parts }) => parts),
      [["tests"]],
    );
  });

  const refused: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
    ["an SDK that is not in the matrix", ["--sdk", "3.215.0"], /--sdk 3\.215\.0 is none of 3\.216\.0, 3\.259\.0/],
    ["a version that names several", ["--cli", "3"], /--cli 3 is none of/],
    ["a version of another option", ["--node", "3.276.0"], /--node 3\.276\.0 is none of 22\.18\.0/],
    ["a number that only begins like a version", ["--node", "2"], /--node 2 is none of/],
    ["an empty list", ["--sdk", ""], /--sdk {2}is none of/],
    ["an unknown part", ["--part", "unit"], /--part unit is none of tests, lookUps, program/],
    ["an unknown option", ["--os", "linux"], /'--os'/],
    ["a version without its option", ["3.276.0"], /3\.276\.0 is no file of tests/],
    ["a choice that leaves nothing", ["--cli", "3.274.0", "--part", "program"], /Nothing is run with --cli 3\.274\.0/],
  ];
  for (const [what, args, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readChoice(args), { code: "PEERS_USAGE", message });
    });
  }
});

function cellsOf(args: readonly string[]): readonly Cell[] {
  return readChoice(args).cells;
}

function fileOf(path: string): URL {
  return new URL(`../../../../../${path}`, import.meta.url);
}

function name({ sdk, cli, node }: Cell): string {
  return `${sdk} ${cli} ${node}`;
}
