import { startCommand } from "../measuring/startCommand.ts";

/** A program that understands Terraform's commands. */
export interface Terraform {
  readonly program: string;
  readonly version: string;
}

const WHERE = "docs/benchmarks.md, Beside azapi, says how to get both";

/**
 * Finds `terraform`, or else `tofu`, on the PATH.
 *
 * @throws Error `TERRAFORM_NOT_FOUND` where neither is there or neither tells its version
 */
export async function findTerraform(env: Readonly<Record<string, string>>): Promise<Terraform> {
  for (const program of ["terraform", "tofu"]) {
    const version = await versionOf(program, env);
    if (version !== undefined) return { program, version };
  }
  throw coded(
    "TERRAFORM_NOT_FOUND",
    `Neither terraform nor tofu is on the PATH, so that there is nothing to compare with. Install one of them; ${WHERE}.`,
  );
}

/**
 * Initializes a configuration's folder; the version of azapi that it found.
 *
 * @throws Error `AZAPI_NOT_FOUND` with what `init` said
 */
export async function initialize(
  { program }: Terraform,
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<string> {
  const { code, stdout, stderr } = await startCommand(program, ["init", "-no-color", "-input=false"], place).result;
  if (code !== 0) {
    throw coded(
      "AZAPI_NOT_FOUND",
      `\`${program} init\` ended with exit code ${code}, so that azapi cannot run. Let it reach its registry, or name in TF_CLI_CONFIG_FILE a configuration whose mirror holds azapi; ${WHERE}.\n${stdout}${stderr}`,
    );
  }
  const { provider_selections: found = {} } = await told(program, place);
  return Object.entries(found).find(([name]) => name.endsWith("/azapi"))?.[1] ?? "?";
}

async function versionOf(program: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  try {
    return (await told(program, { cwd: process.cwd(), env })).terraform_version;
  } catch {
    return undefined;
  }
}

async function told(
  program: string,
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<{ readonly terraform_version?: string; readonly provider_selections?: Readonly<Record<string, string>> }> {
  return JSON.parse((await startCommand(program, ["version", "-json"], place).result).stdout) as object;
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(`[${code}] ${message}`), { code });
}
