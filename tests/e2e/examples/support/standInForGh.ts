import { readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** A comment on the pull request. */
export interface Comment {
  readonly id: number;
  readonly body: string;
}

// Knows the three requests that the workflow makes, and ends with 1 on any other.
const script = `#!/usr/bin/env node
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const file = join(__dirname, "comments.json");
const comments = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
const [command, ...args] = process.argv.slice(2);
const path = args.find((arg) => arg.startsWith("repos/"));
const method = args.includes("--method") ? args[args.indexOf("--method") + 1] : "GET";
const body = () => readFileSync(args.find((arg) => arg.startsWith("body=@")).slice("body=@".length), "utf8");
const save = (all) => writeFileSync(file, JSON.stringify(all));
if (command !== "api" || !process.env.GH_TOKEN) process.exit(1);
if (method === "GET" && path === "repos/contoso/tenants/issues/7/comments") {
  const marker = /startswith\\("(.+?)"\\)/.exec(args[args.indexOf("--jq") + 1])[1];
  for (const { id, body } of comments) if (body.startsWith(marker)) console.log(id);
} else if (method === "POST" && path === "repos/contoso/tenants/issues/7/comments") {
  save([...comments, { id: comments.length + 1, body: body() }]);
} else if (method === "PATCH" && /^repos\\/contoso\\/tenants\\/issues\\/comments\\/\\d+$/.test(path)) {
  const id = Number(path.split("/").at(-1));
  save(comments.map((comment) => (comment.id === id ? { id, body: body() } : comment)));
} else process.exit(1);
`;

/** A stand-in for GitHub's `gh`, which keeps the comments of one pull request in a file. */
export interface StandInForGh {
  /** PATH with the stand-in first. */
  readonly path: string;
  /** The comments on the pull request. */
  comments(): Promise<readonly Comment[]>;
}

/** Puts the stand-in into a folder, for repository `contoso/tenants` and pull request 7; somebody else's comment is there. */
export async function standInForGh(folder: string): Promise<StandInForGh> {
  const file = join(folder, "comments.json");
  await writeFile(join(folder, "gh"), script, { mode: 0o755 });
  await writeFile(file, JSON.stringify([{ id: 1, body: "Looks good to me." }]));
  return {
    path: [folder, process.env.PATH ?? ""].join(delimiter),
    comments: async () => JSON.parse(await readFile(file, "utf8")) as Comment[],
  };
}
