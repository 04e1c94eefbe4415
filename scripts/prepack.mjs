// Completes the package in the working folder before it is packed.
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { name } = JSON.parse(readFileSync("package.json", "utf8"));

if (existsSync("dist")) {
  copyFileSync(root("LICENSE"), "LICENSE");
  if (name === "azurestack-csp") for (const folder of ["schemas", "docs"]) replaceFolder(folder);
} else {
  console.error(
    `[NOT_BUILT] ${name} is not compiled, so that the package would be empty. Run \`npm run build\` in the repository first.`,
  );
  process.exitCode = 1;
}

/** What was taken out of the repository since the last time must not stay in the package. */
function replaceFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(root(folder), folder, { recursive: true });
}
