import { createRequire } from "node:module";

// The CommonJS form of these packages takes half the memory of the other one, 17 instead of 30 MiB, and less time.
const require = createRequire(import.meta.url);

/** The HTTP pipeline of Azure's SDK, loaded when it is first asked for. */
export function loadPipeline(): typeof import("@azure/core-rest-pipeline") {
  return require("@azure/core-rest-pipeline");
}

/** The client of Azure Resource Manager, loaded when it is first asked for. */
export function loadResources(): typeof import("@azure/arm-resources") {
  return require("@azure/arm-resources");
}

/** The credentials of Azure's SDK, loaded when they are first asked for. */
export function loadIdentity(): typeof import("@azure/identity") {
  return require("@azure/identity");
}
