import { createRequire } from "node:module";

/**
 * Loads a package of Azure's when it is first needed, in its CommonJS form: that takes half the memory of the other one,
 * 17 instead of 30 MiB, and less time.
 */
export const requireAzure: NodeJS.Require = createRequire(import.meta.url);

/** The HTTP pipeline of Azure's SDK, loaded when it is first asked for. */
export function loadPipeline(): typeof import("@azure/core-rest-pipeline") {
  return requireAzure("@azure/core-rest-pipeline");
}
