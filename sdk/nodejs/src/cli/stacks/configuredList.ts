import { readSetting } from "./projectSettings.ts";

/** The setting that the root program of this repository reads, and that any program may. */
const SETTING = "tenantList";

/** The list that the program of a folder is configured to read, relative to the folder; `undefined` where nothing says it. */
export function configuredList(folder: string, stack: string | undefined): string | undefined {
  const value = readSetting({ folder, stack }, SETTING)?.value;
  return typeof value === "string" ? value : undefined;
}
