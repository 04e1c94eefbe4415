// Completes the package in the working folder before it is packed.
import { copyFileSync, cpSync, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { name } = JSON.parse(readFileSync("package.json", "utf8"));

if (existsSync("dist")) {
  copyFileSync(root("LICENSE"), "LICENSE");
  if (name === "azurestack-csp") cpSync(root("schemas"), "schemas", { recursive: true });
} else {
  console.error(
    `[NOT_BUILT] ${name} is not compiled, so that the package would be empty. Run \`npm run build\` in the repository first.`,
  );
  process.exitCode = 1;
}
