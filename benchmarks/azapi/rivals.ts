import { globSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workspaceRoot } from "../../scripts/dev/emulatorProcess.ts";
import { type EmulatorConnection, emulatorEnvironment } from "../../scripts/dev/environment.ts";
import { createSubject } from "../contender.ts";
import { type Customer, makeTenantList, registrationId } from "../customers.ts";
import { type MeasuredCommand, measureCommand } from "../measuring/measureCommand.ts";
import { watchTreeMemory } from "../measuring/peakMemory.ts";
import { startCommand } from "../measuring/startCommand.ts";
import { initialize, type Terraform } from "./findTerraform.ts";

/** What is compared, in the order it runs. */
export const phases = ["apply", "no-op apply", "plan", "refresh", "destroy"] as const;

export type Phase = (typeof phases)[number];

/** One way to register customers, on a stack of its own. */
export interface Rival {
  readonly name: string;
  /** Runs a phase, memory summed over all its processes; `undefined` where this one has no such phase. */
  run(phase: Phase): Promise<MeasuredCommand> | undefined;
  /** The size of its state, in bytes. */
  stateBytes(): Promise<number>;
  remove(): Promise<void>;
}

interface RivalOptions {
  readonly azure: EmulatorConnection;
  readonly customers: readonly Customer[];
}

/** Terraform with azapi, one resource a customer. @throws Error `AZAPI_NOT_FOUND` */
export async function createAzapi({
  azure,
  customers,
  terraform,
}: RivalOptions & { readonly terraform: Terraform }): Promise<Rival> {
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-azapi-"));
  const common = {
    ...emulatorEnvironment({ ambient: process.env, azure, folder }),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await copyFile(join(workspaceRoot, "benchmarks", "azapi", "main.tf"), join(folder, "main.tf"));
    const subscriptions = customers.map(({ tenantId, customerSubscriptionId }) => [tenantId, customerSubscriptionId]);
    const world = { registrationId, customers: Object.fromEntries(subscriptions) as object };
    await writeFile(join(folder, "customers.json"), JSON.stringify(world));
    // Before the emulator's authority takes the place of the machine's: a registry needs those.
    const version = await initialize(terraform, { cwd: folder, env: common });
    const env = { ...common, ...azapiEnvironment(azure) };
    const args: Readonly<Record<Phase, readonly string[]>> = {
      apply: ["apply", "-auto-approve"],
      "no-op apply": ["apply", "-auto-approve"],
      plan: ["plan"],
      refresh: ["apply", "-refresh-only", "-auto-approve"],
      destroy: ["destroy", "-auto-approve"],
    };
    const start = (phase: Phase) =>
      startCommand(terraform.program, [...args[phase], "-no-color", "-input=false"], { cwd: folder, env });
    return {
      name: `azapi ${version}`,
      run: (phase) => measureCommand(() => start(phase), watchTreeMemory),
      stateBytes: async () => (await stat(join(folder, "terraform.tfstate"))).size,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What azapi is led to the emulator by; 1.x knows all but the last, and 2.7 and newer knows that too. */
function azapiEnvironment(azure: EmulatorConnection): Readonly<Record<string, string>> {
  return {
    // Go reads it on Linux; elsewhere the system has to trust the emulator's authority.
    ...(azure.caCertificate === null ? {} : { SSL_CERT_FILE: azure.caCertificate }),
    ARM_TENANT_ID: azure.tenantId,
    ARM_CLIENT_ID: azure.clientId,
    ARM_CLIENT_SECRET: azure.clientSecret,
    ARM_RESOURCE_MANAGER_ENDPOINT: azure.resourceManager,
    ARM_RESOURCE_MANAGER_AUDIENCE: "https://management.azure.com",
    ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST: azure.authority,
    ARM_SKIP_PROVIDER_REGISTRATION: "true",
    ARM_USE_CLI: "false",
    ARM_USE_MSI: "false",
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
  };
}

/** Pulumi with this repository's program, previews and live checks included, as it runs by default. */
export async function createPulumi({
  azure,
  customers,
  checkpoints,
}: RivalOptions & { readonly checkpoints: boolean }): Promise<Rival> {
  const subject = await createSubject({ azure, checkpoints, liveChecks: true });
  await subject.declare(customers);
  const args: Readonly<Record<Phase, readonly string[]>> = {
    apply: ["up", "--yes"],
    "no-op apply": ["up", "--yes"],
    plan: ["preview"],
    refresh: ["refresh", "--yes"],
    destroy: ["destroy", "--yes"],
  };
  return {
    name: checkpoints ? "pulumi" : "pulumi, no checkpoints",
    run: (phase) => subject.attempt(args[phase], watchTreeMemory),
    stateBytes: subject.stateBytes,
    remove: subject.remove,
  };
}

/** `azurestack-csp`, which has neither a refresh, for each run looks at what is live, nor a destroy. */
export async function createReconcile({ azure, customers }: RivalOptions): Promise<Rival> {
  const root = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-"));
  const folder = join(root, "list");
  await mkdir(folder);
  await writeFile(join(folder, "tenants.yaml"), makeTenantList(customers));
  // Without the condition that leads to the sources: users run what is compiled.
  const env = {
    ...emulatorEnvironment({ ambient: process.env, azure, folder: root }),
    NODE_OPTIONS: process.env.NODE_OPTIONS ?? "",
  };
  const entry = join(workspaceRoot, "sdk", "nodejs", "bin", "azurestack-csp.js");
  const reconcile = ["reconcile", "--yes", "--stack", "test", "--json"];
  const args: Partial<Readonly<Record<Phase, readonly string[]>>> = {
    apply: reconcile,
    "no-op apply": reconcile,
    plan: ["plan", "--stack", "test", "--json"],
  };
  return {
    name: "reconcile",
    run(phase) {
      const line = args[phase];
      if (line === undefined) return undefined;
      return measureCommand(
        () => startCommand(process.execPath, [entry, ...line], { cwd: folder, env }),
        watchTreeMemory,
      );
    },
    async stateBytes() {
      const [state] = globSync(join(root, "stacks", ".pulumi", "stacks", "*", "test.json"));
      return state === undefined ? 0 : (await stat(state)).size;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
