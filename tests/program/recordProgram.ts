/** Run in a process of its own, since Pulumi's mocks hold for the process: `node recordProgram.ts <program> <config JSON>`. */
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import type { RecordedProgram, RecordedResource } from "./runProgram.ts";

const [program = "", config = "{}"] = process.argv.slice(2);
const resources: RecordedResource[] = [];
const calls: { token: string; inputs: unknown }[] = [];

pulumi.runtime.setAllConfig(JSON.parse(config));
await pulumi.runtime.setMocks(
  {
    newResource({ type, name, inputs }) {
      resources.push({ type, name, inputs });
      return { id: `${name}-id`, state: inputs };
    },
    call({ token, inputs }) {
      calls.push({ token, inputs });
      const { resourceGroup, registrationName } = inputs;
      const group = `/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/${resourceGroup}`;
      return {
        id: `${group}/providers/Microsoft.AzureStack/registrations/${registrationName}`,
        cloudId: "9bfbb73a-a0ef-4910-ba8f-0ab502742722",
      };
    },
  },
  "project",
  "stack",
  false,
);

// Pulumi rejects promises of its own with what stops a program; the outcome holds it already.
process.on("unhandledRejection", () => undefined);

const parents: Record<string, string> = {};
const outcome = await runAsPulumiDoes();
await pulumi.runtime.disconnect();
const recorded: RecordedProgram = { resources, calls, parents, ...outcome };
process.stdout.write(JSON.stringify(recorded));

async function runAsPulumiDoes(): Promise<Pick<RecordedProgram, "outputs" | "error">> {
  try {
    const outputs = await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation(({ name, opts }) => {
        opts.parent?.urn.apply((urn) => {
          parents[name] = urn.split("::").at(-1) ?? "";
        });
        return undefined;
      });
      return { ...(await import(pathToFileURL(program).href)) };
    });
    return { outputs: outputs ?? {} };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: { message, isRunError: pulumi.RunError.isInstance(error) } };
  }
}
