import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation/index.js";
import { type IntendedWrite, optionsOf } from "../interrupted/journal.ts";

/** One step of a run, as the engine tells of it. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** URN of the parent; empty where there is none. */
  readonly parent: string;
  /** The checked inputs that the step leads to; absent for a removal. */
  readonly inputs: Readonly<Record<string, unknown>> | undefined;
  /** The options that forbid or spare a removal, where they are set. */
  readonly options?: IntendedWrite["options"] | undefined;
}

/** What a run told while it went on. */
export interface StackEvents {
  readonly observe: (event: EngineEvent) => void;
  /** In the order in which the engine came to them. */
  readonly steps: readonly Step[];
  /** The errors, without colours, each once. */
  errors(): readonly string[];
  /** How many resources each operation was carried out on; nothing before the run's end. */
  changes(): OpMap;
}

/** Collects the events of one run. */
export function createStackEvents(onDone: () => void = () => undefined): StackEvents {
  const steps: Step[] = [];
  const errors = new Set<string>();
  let changes: OpMap = {};
  return {
    steps,
    errors: () => [...errors],
    changes: () => changes,
    observe({ resourcePreEvent, resOutputsEvent, diagnosticEvent, summaryEvent }) {
      if (resourcePreEvent) steps.push(toStep(resourcePreEvent.metadata));
      if (resOutputsEvent) onDone();
      if (summaryEvent) changes = summaryEvent.resourceChanges;
      if (diagnosticEvent?.severity !== "error" || diagnosticEvent.ephemeral) return;
      const text = withoutColours(diagnosticEvent.message).trim();
      if (text) errors.add(text);
    },
  };
}

type StepMetadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

function toStep({ op, urn, type, new: after }: StepMetadata): Step {
  return {
    op,
    urn,
    type,
    parent: after?.parent ?? "",
    inputs: after?.inputs,
    options: after && optionsOf({ ...after }),
  };
}

/** The engine marks colours in words, `<{%fg 1%}>`. */
function withoutColours(text: string): string {
  return text.replaceAll(/<\{%[^%]*%\}>/g, "");
}
