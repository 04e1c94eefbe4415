import type { Exchange } from "./exchange.ts";
import type { EmulatorResponse } from "./http.ts";

/** One operation of a service: what it answers to, who may call it, and what it does. */
export interface Operation {
  /** The name the OpenAPI file gives it, where there is one. */
  readonly name: string;
  readonly method: "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";
  /** The path, parameters in braces; `{scope}` in front takes any number of segments. */
  readonly path: string;
  /** Api versions it has; `"arm"` for the many of ARM's own types, `"none"` where none is asked for. */
  readonly apiVersions: readonly string[] | "arm" | "none";
  /** The right it takes; absent: every caller with a token may. `"anonymous"`: no token is asked for. */
  readonly action?: string;
  readonly anonymous?: true;
  readonly handle: (exchange: Exchange) => EmulatorResponse;
}

/** What a method and a path were found to mean. */
export interface Resolution {
  readonly operation: Operation | undefined;
  /** Methods that the path has, whichever was asked for. */
  readonly methods: readonly string[];
  readonly parameters: ReadonlyMap<string, string>;
}

export type Router = (method: string, segments: readonly string[]) => Resolution;

interface Route {
  readonly template: readonly string[];
  readonly scoped: boolean;
  readonly operations: ReadonlyMap<string, Operation>;
}

/** Finds operations by path; literal segments in any letter case. */
export function createRouter(operations: readonly Operation[]): Router {
  const routes = [...groupBy(operations, ({ path }) => path)].map(([path, group]) => toRoute(path, group));
  const byLength = groupBy(
    routes.filter(({ scoped }) => !scoped),
    ({ template }) => template.length,
  );
  const scopedRoutes = routes.filter(({ scoped }) => scoped);

  return (method, segments) => {
    for (const route of [...(byLength.get(segments.length) ?? []), ...scopedRoutes]) {
      const parameters = matchRoute(route, segments);
      if (!parameters) continue;
      return { operation: route.operations.get(method), methods: [...route.operations.keys()], parameters };
    }
    return { operation: undefined, methods: [], parameters: new Map() };
  };
}

/** Whether a path begins as scopes of ARM do: with a subscription, or with a provider of the directory's. */
export function isArmScope([root = ""]: readonly string[]): boolean {
  return ["subscriptions", "providers"].includes(root.toLowerCase());
}

function toRoute(path: string, group: readonly Operation[]): Route {
  const scoped = path.startsWith("{scope}");
  const template = path.split("/").filter((segment) => segment !== "" && segment !== "{scope}");
  return { template, scoped, operations: new Map(group.map((operation) => [operation.method, operation])) };
}

function matchRoute({ template, scoped }: Route, segments: readonly string[]): Map<string, string> | undefined {
  const offset = segments.length - template.length;
  if (offset < 0 || (scoped && !isArmScope(segments))) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, expected] of template.entries()) {
    const actual = segments[offset + index] ?? "";
    if (expected.startsWith("{")) parameters.set(expected.slice(1, -1), actual);
    else if (expected.toLowerCase() !== actual.toLowerCase()) return undefined;
  }
  if (scoped) {
    parameters.set(
      "scope",
      segments
        .slice(0, offset)
        .map((segment) => `/${segment}`)
        .join(""),
    );
    if (segments[0]?.toLowerCase() === "subscriptions") parameters.set("subscriptionId", segments[1] ?? "");
  }
  return parameters;
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
