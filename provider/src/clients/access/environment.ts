import { ProviderError } from "../../domain/errors/providerError.ts";

/** Environment variables by name; an empty text counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting, and the variable it was read from. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** Reads settings and collects what is wrong with them. */
export interface EnvironmentReader {
  readonly problems: ProviderError[];
  /** The first of the variables that is set; several that differ are a problem. */
  read(names: readonly string[], same?: (left: string, right: string) => boolean): Setting | undefined;
  /** Whether one of the variables says yes: `true` or `1`, in any letter case. */
  isOn(names: readonly string[]): Setting | undefined;
}

/** Makes a reader of the variables. */
export function createEnvironmentReader(env: Environment): EnvironmentReader {
  const problems: ProviderError[] = [];

  function settings(names: readonly string[]): readonly Setting[] {
    return names.flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [{ name, value }] : [];
    });
  }

  return {
    problems,
    read(names, same = (left, right) => left === right) {
      const [first, ...others] = settings(names);
      const other = first && others.find(({ value }) => !same(value, first.value));
      if (first && other) {
        problems.push(new ProviderError("CSP_CREDENTIAL_CONFLICT", { first: first.name, second: other.name }));
      }
      return first;
    },
    isOn: (names) => settings(names).find(({ value }) => /^(true|1)$/i.test(value)),
  };
}
