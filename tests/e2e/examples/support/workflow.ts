import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { workspaceRoot } from "../../../../scripts/dev/emulatorProcess.ts";

/** A step of a workflow's only job, with the environment of workflow, job and step put together. */
export interface WorkflowStep {
  readonly name: string;
  /** The shell commands; absent where an action is used. */
  readonly run: string | undefined;
  readonly uses: string | undefined;
  /** Whether the step runs behind a failed one too. */
  readonly afterFailure: boolean;
  /** Its variables; expressions are not filled in. */
  readonly env: Readonly<Record<string, string>>;
}

interface Level {
  readonly env?: Readonly<Record<string, string>>;
}

interface WorkflowFile extends Level {
  readonly jobs: Readonly<Record<string, Level & { readonly steps: readonly StepFile[] }>>;
}

interface StepFile extends Level {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
}

/** The folder of the example. */
export const exampleFolder = join(workspaceRoot, "examples", "github-actions");

/** The steps of the example's workflow of this name. */
export function readWorkflow(name: string): readonly WorkflowStep[] {
  const text = readFileSync(join(exampleFolder, ".github", "workflows", `${name}.yml`), "utf8");
  const { env, jobs } = parse(text) as WorkflowFile;
  return Object.values(jobs).flatMap((job) =>
    job.steps.map((step) => ({
      name: step.name ?? step.uses ?? "",
      run: step.run,
      uses: step.uses,
      afterFailure: /always\(\)|!cancelled\(\)/.test(step.if ?? ""),
      env: { ...env, ...job.env, ...step.env },
    })),
  );
}

/**
 * Fills in the expressions of a step's variables.
 *
 * @throws Error for an expression that `values` does not hold.
 */
export function fillIn(
  env: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const filled = (text: string) =>
    text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
      const value = values[expression];
      if (value === undefined) throw new Error(`The test has no value for \${{ ${expression} }}.`);
      return value;
    });
  return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)]));
}
