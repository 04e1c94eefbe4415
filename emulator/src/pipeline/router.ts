import type { Operation, Resolution } from "./exchange.ts";
import type { EmulatorRequest } from "./http.ts";

/** Finds what a method and the segments of a path mean. */
export type Router = (method: string, segments: readonly string[]) => Resolution;

interface Route {
  /** What the path ends with, segment by segment. */
  readonly template: readonly string[];
  /** What may stand before that; absent: nothing. */
  readonly prefix: Prefix | undefined;
  readonly operations: ReadonlyMap<string, Operation>;
}

interface Prefix {
  readonly name: string;
  /** First segments that the whole path may have, in lower case. */
  readonly roots: readonly string[];
}

/** Finds operations by path; literal segments in any letter case. */
export function createRouter(operations: readonly Operation[]): Router {
  const routes = [...Map.groupBy(operations, ({ path }) => path)].map(([path, group]) => toRoute(path, group));
  const fixed = routes.filter(({ prefix }) => prefix === undefined);
  const open = routes.filter(({ prefix }) => prefix !== undefined);
  const byLength = Map.groupBy(fixed, ({ template }) => template.length);

  return (method, segments) => {
    for (const route of [...(byLength.get(segments.length) ?? []), ...open]) {
      const parameters = matchRoute(route, segments);
      if (!parameters) continue;
      return { operation: route.operations.get(method), methods: [...route.operations.keys()], parameters };
    }
    return { operation: undefined, methods: [], parameters: new Map() };
  };
}

/** Whether a request's path, whatever its method, is that of one of the operations. */
export function ownsPathsOf(operations: readonly Operation[]): (request: EmulatorRequest) => boolean {
  const route = createRouter(operations);
  return ({ method, address }) => route(method, address.segments).methods.length > 0;
}

function toRoute(path: string, group: readonly Operation[]): Route {
  const [whole = "", name = "", roots = ""] = /^\{(\w+):([^}]+)\}/.exec(path) ?? [];
  return {
    template: path
      .slice(whole.length)
      .split("/")
      .filter((segment) => segment !== ""),
    prefix: whole === "" ? undefined : { name, roots: roots.toLowerCase().split("|") },
    operations: new Map(group.map((operation) => [operation.method, operation])),
  };
}

function matchRoute({ template, prefix }: Route, segments: readonly string[]): Map<string, string> | undefined {
  const offset = segments.length - template.length;
  if (offset < 0 || (prefix && !prefix.roots.includes(segments[0]?.toLowerCase() ?? ""))) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, expected] of template.entries()) {
    const actual = segments[offset + index] ?? "";
    if (expected.startsWith("{")) parameters.set(expected.slice(1, -1), actual);
    else if (expected.toLowerCase() !== actual.toLowerCase()) return undefined;
  }
  if (prefix)
    parameters.set(
      prefix.name,
      segments
        .slice(0, offset)
        .map((segment) => `/${segment}`)
        .join(""),
    );
  return parameters;
}
