import { readFileSync } from "node:fs";
import type { Application, RoleAssignment, World } from "@azurestack-csp/emulator";
import { sampleWorld } from "../../scripts/dev/emulatorProcess.ts";
import { lyon, paris } from "./customers.ts";

const sample = JSON.parse(readFileSync(sampleWorld, "utf8")) as World;
const [partner, ...customers] = sample.directories;
const forParis: Application = {
  clientId: "1c3a0f0e-52c4-4d0b-9a8e-6a2c8f1d7b01",
  clientSecret: "emulator-only-for-paris",
  objectId: "7d1e4b92-0c55-4f6a-8d3b-2e9f5a6c1d02",
  multiTenant: true,
};
const forLyon: Application = {
  clientId: "2d4b1f1f-63d5-4e1c-8b9f-7b3d9f2e8c03",
  clientSecret: "emulator-only-for-lyon",
  objectId: "8e2f5ca3-1d66-4a7b-9e4c-3fa06b7d2e04",
  multiTenant: true,
};

/** The sample world without locks, where one application may write Paris and another one Lyon, and nobody else anything. */
export const twoPrincipals: World = {
  ...sample,
  directories: [{ ...partner, tenantId: partnerId(), applications: [forParis, forLyon] }, ...customers],
  locks: [],
  roleAssignments: [owner(forParis, paris.subscriptionId), owner(forLyon, lyon.subscriptionId)],
};

/** The credentials of both, under their prefixes, and none for the run itself. */
export const prefixedCredentials = {
  AZURE_TENANT_ID: "",
  AZURE_CLIENT_ID: "",
  AZURE_CLIENT_SECRET: "",
  ...credential("PARIS", forParis),
  ...credential("LYON", forLyon),
} as const satisfies Readonly<Record<string, string>>;

function credential(prefix: string, { clientId, clientSecret }: Application): Record<string, string> {
  return {
    [`${prefix}_TENANT_ID`]: partnerId(),
    [`${prefix}_CLIENT_ID`]: clientId,
    [`${prefix}_CLIENT_SECRET`]: clientSecret,
  };
}

function owner({ clientId }: Application, subscriptionId: string): RoleAssignment {
  return { clientId, role: "Owner", scope: `/subscriptions/${subscriptionId}` };
}

function partnerId(): string {
  if (!partner) throw new Error("The sample world has no directory.");
  return partner.tenantId;
}
