/**
 * Loads what Pulumi's dynamic provider host loads, so that the compile cache has it: Pulumi ends its hosts by a signal,
 * and Node writes the cache only where a process ends by itself.
 */
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const fromProgram = createRequire(join(root, "package.json"));
const fromProvider = createRequire(join(root, "provider", "package.json"));

fromProgram("azurestack-csp/dynamic");
for (const name of ["@azure/core-rest-pipeline", "@azure/arm-resources", "@azure/identity"]) fromProvider(name);
// The host listens as soon as it is loaded, and ends when the engine named here is not there, or below.
process.argv[2] = "127.0.0.1:1";
fromProgram("@pulumi/pulumi/cmd/dynamic-provider");
setImmediate(() => process.exit());
