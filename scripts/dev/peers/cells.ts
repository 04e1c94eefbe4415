import { parseArgs } from "node:util";
import { nodeVersion, oldestNode, pulumiVersion } from "../../setup/versions.mjs";

/**
 * What is run: the tests, the look-ups among them alone, or the root program with the packages as users install them.
 */
export type Part = "tests" | "lookUps" | "program";

/** One combination of versions that a user may have, and what is run on it. */
export interface Cell {
  /** Of `@pulumi/pulumi`. */
  readonly sdk: string;
  /** Of the Pulumi CLI. */
  readonly cli: string;
  readonly node: string;
  readonly parts: readonly Part[];
}

/** From the oldest that `azurestack-csp` accepts of its peer to the newest. */
const sdks: Versions = ["3.216.0", "3.259.0", pulumiVersion];
const clis: Versions = ["3.259.0", "3.274.0", pulumiVersion];
const nodes: Versions = [oldestNode, nodeVersion, "26.10.0"];

/** The last CLI whose look-ups by id only newer SDKs understand; nothing else is run on it. */
const lookUpCli = "3.274.0";

type Versions = readonly [oldest: string, ...newer: string[]];

/** The whole matrix, in the order in which it is run: what is made for one SDK serves all of its cells. */
export const matrix: readonly Cell[] = sdks.flatMap((sdk) =>
  clis.flatMap((cli) => nodes.flatMap((node) => cellOf(sdk, cli, node))),
);

function cellOf(sdk: string, cli: string, node: string): readonly Cell[] {
  if (cli !== lookUpCli) return [{ sdk, cli, node, parts: ["tests", "program"] }];
  return node === nodeVersion ? [{ sdk, cli, node, parts: ["lookUps"] }] : [];
}

/** What the arguments choose. */
export interface Choice {
  readonly cells: readonly Cell[];
  /** Files of tests to run in place of those of the part; none by default. */
  readonly files: readonly string[];
}

/**
 * Reads which cells are chosen; all of them without any arguments.
 *
 * `--sdk`, `--cli` and `--node` take versions as far as they tell them apart (`24`), `oldest` and `newest`; `--part`
 * takes the name of a part. Each may be repeated, and takes lists with commas. Files are those of tests, and of them
 * alone.
 * @throws Error `PEERS_USAGE` for what is unknown, and where nothing is chosen
 */
export function readChoice(args: readonly string[]): Choice {
  const { values, positionals: files } = parse(args);
  const { sdk, cli, node, part } = values;
  const stranger = files.find((file) => !file.endsWith(".test.ts"));
  if (stranger !== undefined) throw usage(`${stranger} is no file of tests.`);
  const chosen = {
    sdk: chooseVersions("--sdk", sdk, sdks),
    cli: chooseVersions("--cli", cli, clis),
    node: chooseVersions("--node", node, nodes),
    part: chooseParts(files.length > 0 && part.length === 0 ? ["tests"] : part),
  };
  const cells = matrix
    .filter((cell) => chosen.sdk.has(cell.sdk) && chosen.cli.has(cell.cli) && chosen.node.has(cell.node))
    .map((cell) => ({ ...cell, parts: cell.parts.filter((each) => chosen.part.has(each)) }))
    .filter(({ parts }) => parts.length > 0);
  if (cells.length === 0)
    throw usage(`Nothing is run with ${args.join(" ")}: CLI ${lookUpCli} has the look-ups alone.`);
  return { cells, files };
}

function parse(args: readonly string[]) {
  const option = { type: "string", multiple: true, default: [] as string[] } as const;
  try {
    const options = { sdk: option, cli: option, node: option, part: option };
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usage(`${(error as Error).message}.`);
  }
}

function chooseVersions(option: string, given: readonly string[], known: Versions): ReadonlySet<string> {
  const named = itemsOf(given);
  return new Set(named.length === 0 ? known : named.flatMap((name) => versionsOf(option, name, known)));
}

function versionsOf(option: string, name: string, known: Versions): readonly string[] {
  if (name === "oldest") return known.slice(0, 1);
  if (name === "newest") return known.slice(-1);
  const found = known.filter((version) => version === name || version.startsWith(`${name}.`));
  if (found.length === 1) return found;
  throw usage(`${option} ${name} is none of ${known.join(", ")}, oldest, newest.`);
}

function chooseParts(given: readonly string[]): ReadonlySet<Part> {
  const named = itemsOf(given);
  const known: readonly Part[] = ["tests", "lookUps", "program"];
  const unknown = named.find((name) => !known.some((part) => part === name));
  if (unknown !== undefined) throw usage(`--part ${unknown} is none of ${known.join(", ")}.`);
  return new Set(known.filter((part) => named.length === 0 || named.includes(part)));
}

function itemsOf(given: readonly string[]): readonly string[] {
  return given.flatMap((list) => list.split(","));
}

function usage(reason: string): Error {
  const message = `[PEERS_USAGE] ${reason} Nothing was run. \`npm run test:peers -- --sdk newest --cli 3.259.0 --node 22,24 --part tests\` chooses from the matrix; without options all of it is run.`;
  return Object.assign(new Error(message), { code: "PEERS_USAGE" });
}
