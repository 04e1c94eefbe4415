import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { shortName } from "./partName.ts";

/** A setting of a project's own namespace. */
export interface Setting {
  /** As YAML has it; `undefined` where it is encrypted. */
  readonly value: unknown;
}

/** Which settings are read. */
export interface SettingsPlace {
  /** The folder that holds `Pulumi.yaml`. */
  readonly folder: string;
  /** The stack whose configuration comes first; absent where none is known. */
  readonly stack: string | undefined;
}

/**
 * Reads a setting as the program of a folder gets it: what the configuration of the stack says, else that of the project;
 * `undefined` where neither says it.
 *
 * The files are read as they are, so that there need not be a Pulumi CLI. What Pulumi could not read either says nothing.
 */
export function readSetting({ folder, stack }: SettingsPlace, name: string): Setting | undefined {
  const project = readSettings(join(folder, "Pulumi.yaml")) ?? readSettings(join(folder, "Pulumi.yml")) ?? {};
  const ofProject = settingIn(project, name);
  if (stack === undefined) return ofProject;
  const { stackConfigDir } = project;
  const stackFolder = typeof stackConfigDir === "string" ? join(folder, stackConfigDir) : folder;
  const file = join(stackFolder, `Pulumi.${shortName(stack)}`);
  const ofStack = readSettings(`${file}.yaml`) ?? readSettings(`${file}.yml`) ?? {};
  return settingIn({ ...ofStack, name: project.name }, name) ?? ofProject;
}

type Settings = Readonly<Record<string, unknown>>;

/** A project's setting may be written with its type, and then has a `value`, a `default`, or none; a secret is `secure`. */
function settingIn({ name: project, config }: Settings, name: string): Setting | undefined {
  if (!isSettings(config)) return undefined;
  const setting = config[`${String(project)}:${name}`] ?? config[name];
  if (!isSettings(setting)) return setting == null || setting === "" ? undefined : { value: setting };
  if ("secure" in setting) return { value: undefined };
  const value = setting.value ?? setting.default;
  return value == null || value === "" ? undefined : { value };
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
