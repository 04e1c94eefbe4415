import type { CommandContext } from "../console/commandContext.ts";
import type { Project } from "./project.ts";
import { asking } from "./pulumiErrors.ts";

/** What every backend but Pulumi Cloud takes for the organization. */
const NO_ORGANIZATION = "organization";

/**
 * The name of the stack that a command works on: the given one, that of `PULUMI_STACK`, or the one that is selected in
 * the project; `undefined` where there is none of these.
 *
 * Pulumi takes `test`, `<organization>/test` and `<organization>/<project>/test` for the same stack; what is returned is
 * the shortest, under which lock and journal are found.
 *
 * @throws ProviderError `CSP_COMMAND_PULUMI_FAILED`
 */
export async function nameStack(
  project: Project,
  { env, stack }: Pick<CommandContext, "env"> & { readonly stack: string | undefined },
): Promise<string | undefined> {
  const named = stack ?? (env.PULUMI_STACK || undefined) ?? (await selectedStack(project));
  if (!named?.includes("/")) return named;
  return shortestName(named, { project: project.name, organization: await defaultOrganization(project) });
}

/** A stack's name without what goes without saying. */
export function shortestName(
  stack: string,
  implied: { readonly project: string; readonly organization: string },
): string {
  const parts = stack.split("/");
  const [organization = "", project = ""] = parts;
  const name = parts.at(-1) ?? stack;
  if (parts.length > 2 && project !== implied.project) return stack;
  return parts.length === 1 || organization === implied.organization ? name : `${organization}/${name}`;
}

async function selectedStack({ folder, workspace }: Project): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const stacks = await asking({ action: "list the stacks" }, async () => await workspace.listStacks());
  return stacks.find(({ current }) => current)?.name;
}

async function defaultOrganization(project: Project): Promise<string> {
  const { user, url = "" } = await asking({ action: "name its backend" }, () => project.workspace.whoAmI());
  if (!/^https?:/.test(url)) return NO_ORGANIZATION;
  const named = await project.pulumi({ action: "name the organization", args: ["org", "get-default"] });
  return named.trim() || user;
}
