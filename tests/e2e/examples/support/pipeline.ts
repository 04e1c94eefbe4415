import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "@azurestack-csp/emulator";
import { workspaceRoot } from "../../../../scripts/dev/emulatorProcess.ts";
import { emulatorEnvironment } from "../../../../scripts/dev/environment.ts";
import { type Row, tenantList } from "../../../support/tenantStack.ts";
import { type Comment, standInForGh } from "./standInForGh.ts";
import { exampleFolder, fillIn, readWorkflow, type WorkflowStep } from "./workflow.ts";

/** How a job ended. */
interface JobResult {
  /** The name of the step that failed first, with its exit code. */
  readonly failed: { readonly step: string; readonly code: number | null } | undefined;
  readonly ran: readonly string[];
  /** Everything the steps printed. */
  readonly log: string;
  /** What the job wrote into its summary. */
  readonly summary: string;
  /** The lines of the change log that the job leaves. */
  readonly changes: readonly string[];
}

/** A copy of the example's repository, and a runner for its workflows. */
export interface Pipeline {
  declare(rows: readonly Row[]): Promise<void>;
  /** Writes the list as it stands. */
  write(text: string): Promise<void>;
  /** Runs a workflow's only job, with the inputs of a start by hand. */
  run(workflow: string, inputs?: Readonly<Record<string, string>>): Promise<JobResult>;
  comments(): Promise<readonly Comment[]>;
  remove(): Promise<void>;
}

/** What a run leaves behind, and the next one, on a machine of its own, does not find. */
const LEFTOVERS = ["plan.md", "comment.md", "result.txt", "audit.txt", "changes.jsonl"];

/** What the packages of the workspace stand in for. */
const INSTALL = "npm ci --ignore-scripts";

/** Copies the example beside a new backend, with a sign-in by OIDC token alone. */
export async function createPipeline(azure: Emulator): Promise<Pipeline> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "azurestack-csp-actions-")));
  const folder = join(root, "repository");
  const tools = join(root, "tools");
  await mkdir(tools);
  await cp(exampleFolder, folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  await symlink(join(workspaceRoot, "node_modules"), join(folder, "node_modules"), "junction");
  const gh = await standInForGh(tools);
  const { AZURE_CLIENT_SECRET, AZURE_TOKEN_CREDENTIALS, ...local } = emulatorEnvironment({
    ambient: process.env,
    azure,
    folder: root,
  });
  const ambient = { ...local, ARM_OIDC_TOKEN: workflowToken(), PATH: gh.path, NO_COLOR: "1", CI: "true" };
  const values = {
    "secrets.AZURE_READER_CLIENT_ID": azure.clientId,
    "secrets.AZURE_CLIENT_ID": azure.clientId,
    "secrets.AZURE_TENANT_ID": azure.tenantId,
    "secrets.PULUMI_BACKEND_URL": local.PULUMI_BACKEND_URL ?? "",
    "secrets.PULUMI_CONFIG_PASSPHRASE": "local",
    "github.token": "token-of-the-run",
    "github.repository": "contoso/tenants",
    "github.workspace": folder,
    "github.event.pull_request.number": "7",
  };
  const write: Pipeline["write"] = (text) => writeFile(join(folder, "tenants.yaml"), text);
  return {
    write,
    declare: (rows) => write(tenantList(rows)),
    async run(workflow, inputs = {}) {
      const summary = join(root, "summary.md");
      await writeFile(summary, "");
      for (const file of LEFTOVERS) await rm(join(folder, file), { force: true });
      const given = { "inputs.max-removals": "", "inputs.max-moves": "", ...inputs };
      const env = { ...ambient, GITHUB_STEP_SUMMARY: summary };
      const outcome = await runSteps(readWorkflow(workflow), { folder, env, values: { ...values, ...given } });
      const changes = await readFile(join(folder, "changes.jsonl"), "utf8").catch(() => "");
      return { ...outcome, summary: await readFile(summary, "utf8"), changes: changes.split("\n").filter(Boolean) };
    },
    comments: gh.comments,
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function runSteps(
  steps: readonly WorkflowStep[],
  { folder, env, values }: { folder: string; env: Record<string, string>; values: Readonly<Record<string, string>> },
): Promise<Omit<JobResult, "summary" | "changes">> {
  let failed: JobResult["failed"];
  const ran: string[] = [];
  const log: string[] = [];
  for (const { name, run, afterFailure, env: declared } of steps) {
    if (run === undefined || run === INSTALL || (failed && !afterFailure)) continue;
    ran.push(name);
    const result = await runInBash(run, { folder, env: { ...env, ...fillIn(declared, values) } });
    log.push(result.output);
    if (result.code !== 0) failed ??= { step: name, code: result.code };
  }
  return { failed, ran, log: log.join("") };
}

/** As GitHub runs a step whose shell is `bash`. */
async function runInBash(script: string, { folder, env }: { folder: string; env: Record<string, string> }) {
  const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
  const child = spawn("bash", args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, "close");
  return { code: code as number | null, output: Buffer.concat(chunks).toString("utf8") };
}

/** A token with the claims of one that GitHub issues to a run; the emulator judges audience and expiry. */
function workflowToken(): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = {
    iss: "https://token.actions.githubusercontent.com",
    sub: "repo:contoso/tenants:environment:production",
    aud: "api://AzureADTokenExchange",
    exp: 4_000_000_000,
  };
  return [encode({ alg: "RS256", typ: "JWT" }), encode(claims), encode("unsigned")].join(".");
}
