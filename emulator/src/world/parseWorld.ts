import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { hubContradictions } from "./hubContradictions.ts";
import { findRole } from "./roles.ts";
import schema from "./world.schema.json" with { type: "json" };
import type { World } from "./world.ts";
import { WorldError } from "./worldError.ts";

/** Compiled once, and only where a world is read: that takes longer than all else at the start of an emulator. */
let compiled: ValidateFunction<World> | undefined;

/**
 * Checks a world against its schema and against itself.
 *
 * @throws WorldError with every finding and its path.
 */
export function parseWorld(value: unknown, name: string): World {
  compiled ??= new Ajv2020({ allErrors: true }).compile<World>(schema);
  const validate = compiled;
  if (!validate(value)) throw refusal(name, (validate.errors ?? []).map(describe));
  const findings = contradictions(value);
  if (findings.length > 0) throw refusal(name, findings);
  return value;
}

function refusal(name: string, findings: readonly string[]): WorldError {
  return new WorldError(`${name} does not describe a world:\n${findings.map((finding) => `  ${finding}`).join("\n")}`);
}

function describe({ instancePath, message, params }: ErrorObject): string {
  const stray = "additionalProperty" in params ? ` ("${params.additionalProperty}")` : "";
  const allowed = "allowedValues" in params ? ` (${params.allowedValues})` : "";
  return `${instancePath || "/"} ${message}${stray}${allowed}`;
}

/** What no schema can say: references to what is not there, and things stated twice. */
function contradictions(world: World): readonly string[] {
  const findings: string[] = [];
  const tenants = unique(
    world.directories.map(({ tenantId }) => tenantId),
    "/directories",
    findings,
  );
  const subscriptions = unique(
    world.subscriptions.map(({ subscriptionId }) => subscriptionId),
    "/subscriptions",
    findings,
  );
  for (const [index, { tenantId }] of world.subscriptions.entries()) {
    if (!tenants.has(tenantId.toLowerCase()))
      findings.push(`/subscriptions/${index}/tenantId ${tenantId} is no directory of this world`);
  }
  for (const [index, registration] of (world.registrations ?? []).entries()) {
    const path = `/registrations/${index}`;
    const { subscriptionId, resourceGroup, customerSubscriptions = [] } = registration;
    const home = world.subscriptions.find((subscription) => sameText(subscription.subscriptionId, subscriptionId));
    if (!home) findings.push(`${path}/subscriptionId ${subscriptionId} is no subscription of this world`);
    else if (!home.resourceGroups?.some((group) => sameText(group.name, resourceGroup))) {
      findings.push(
        `${path}/resourceGroup "${resourceGroup}" is not among the groups of subscription ${subscriptionId}`,
      );
    }
    unique(
      customerSubscriptions.map((entry) => entry.customerSubscriptionId),
      `${path}/customerSubscriptions`,
      findings,
    );
  }
  for (const [index, { role, actions, principalId, clientId }] of (world.roleAssignments ?? []).entries()) {
    const path = `/roleAssignments/${index}`;
    if (role !== undefined && !findRole(role))
      findings.push(`${path}/role "${role}" is no built-in role the emulator knows`);
    if (role === undefined && actions === undefined) findings.push(`${path} has neither "role" nor "actions"`);
    if ((principalId === undefined) === (clientId === undefined))
      findings.push(`${path} needs "principalId" or "clientId"`);
  }
  findings.push(...hubContradictions(world));
  if (subscriptions.size === 0) findings.push("/subscriptions is empty");
  if (!world.directories.some(({ applications = [] }) => applications.length > 0)) {
    findings.push("/directories holds no application to sign in with");
  }
  return findings;
}

function unique(ids: readonly string[], path: string, findings: string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const id of ids.map((text) => text.toLowerCase())) {
    if (seen.has(id)) findings.push(`${path} states ${id} twice`);
    seen.add(id);
  }
  return seen;
}

function sameText(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
