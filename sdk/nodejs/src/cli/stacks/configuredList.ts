import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { shortName } from "./partName.ts";

/** The setting that the root program of this repository reads, and that any program may. */
const SETTING = "tenantList";

/**
 * The list that the program of a folder reads, as `tenantList` in the configuration of the stack says, else in that of the
 * project; relative to the folder, `undefined` where neither says it.
 *
 * The files are read as they are, so that a list can be checked where there is no Pulumi CLI. What Pulumi could not read
 * either says nothing.
 */
export function configuredList(folder: string, stack: string | undefined): string | undefined {
  const project = readSettings(join(folder, "Pulumi.yaml")) ?? readSettings(join(folder, "Pulumi.yml")) ?? {};
  const ofProject = settingIn(project);
  if (stack === undefined) return ofProject;
  const { stackConfigDir } = project;
  const stackFolder = typeof stackConfigDir === "string" ? join(folder, stackConfigDir) : folder;
  const file = join(stackFolder, `Pulumi.${shortName(stack)}`);
  const ofStack = readSettings(`${file}.yaml`) ?? readSettings(`${file}.yml`) ?? {};
  return settingIn({ ...ofStack, name: project.name }) ?? ofProject;
}

type Settings = Readonly<Record<string, unknown>>;

/** A project's setting may be written with its type, and then has a `value` or a `default`. */
function settingIn({ name, config }: Settings): string | undefined {
  if (!isSettings(config)) return undefined;
  const setting = config[`${String(name)}:${SETTING}`] ?? config[SETTING];
  const value = isSettings(setting) ? (setting.value ?? setting.default) : setting;
  return typeof value === "string" && value !== "" ? value : undefined;
}

function readSettings(file: string): Settings | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const settings: unknown = parse(readFileSync(file, "utf8"));
    return isSettings(settings) ? settings : {};
  } catch {
    return {};
  }
}

function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
