import { type JsonObject, objectIn, textIn } from "../../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../../pipeline/http.ts";
import type { Lock } from "../../../store/access.ts";
import type { ArmVersions } from "../apiVersions.ts";
import { readBody } from "../bodies.ts";
import { gatewayError, invalidRequestContent } from "../errors.ts";
import { ARM_SCOPE, type ArmOperation } from "../exchange.ts";

const LIST = `${ARM_SCOPE}/providers/Microsoft.Authorization/locks`;
const ITEM = `${LIST}/{name}`;
const ACTION = "Microsoft.Authorization/locks";

/** Management locks at any scope. */
export function lockOperations({ locks }: ArmVersions): readonly ArmOperation[] {
  const common = { apiVersions: locks } as const;
  return [
    {
      ...common,
      name: "ManagementLocks_ListByScope",
      method: "GET",
      path: LIST,
      action: `${ACTION}/read`,
      handle: list,
    },
    { ...common, name: "ManagementLocks_GetByScope", method: "GET", path: ITEM, action: `${ACTION}/read`, handle: get },
    {
      ...common,
      name: "ManagementLocks_CreateOrUpdateByScope",
      method: "PUT",
      path: ITEM,
      action: `${ACTION}/write`,
      handle: put,
    },
    {
      ...common,
      name: "ManagementLocks_DeleteByScope",
      method: "DELETE",
      path: ITEM,
      action: `${ACTION}/delete`,
      handle: remove,
    },
  ];
}

/** Locks of the scope, of those above it and of those below it; `$filter=atScope()` leaves the ones below out. */
function list(exchange: Exchange): EmulatorResponse {
  const { locks } = exchange.context.store;
  const scope = parameter(exchange, "scope");
  const atScope = exchange.request.address.query.get("$filter")?.toLowerCase().startsWith("atscope()") ?? false;
  const found = new Set([...locks.inherited(scope), ...(atScope ? [] : locks.within(scope))]);
  return json(200, { value: [...found].map(lockResource) });
}

function get(exchange: Exchange): EmulatorResponse {
  const lock = exchange.context.store.locks.find(keyOf(exchange));
  if (lock) return json(200, lockResource(lock));
  return gatewayError(404, "LockNotFound", `The lock '${parameter(exchange, "name")}' could not be found.`);
}

function put(exchange: Exchange): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const properties = objectIn(body.value, "properties");
  const level = textIn(properties, "level");
  if (level !== "CanNotDelete" && level !== "ReadOnly")
    return invalidRequestContent(`The lock level '${level}' is invalid.`);
  const notes = textIn(properties, "notes");
  const lock = { ...keyOf(exchange), level, ...(notes === undefined ? {} : { notes }) } as const;
  const outcome = exchange.context.store.locks.put(lock);
  return json(outcome === "created" ? 201 : 200, lockResource(lock));
}

function remove(exchange: Exchange): EmulatorResponse {
  return empty(exchange.context.store.locks.delete(keyOf(exchange)) ? 200 : 204);
}

function keyOf(exchange: Exchange) {
  return { scope: parameter(exchange, "scope"), name: parameter(exchange, "name") };
}

function lockResource({ scope, name, level, notes }: Lock): JsonObject {
  return {
    id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
    name,
    type: "Microsoft.Authorization/locks",
    properties: { level, ...(notes === undefined ? {} : { notes }) },
  };
}
