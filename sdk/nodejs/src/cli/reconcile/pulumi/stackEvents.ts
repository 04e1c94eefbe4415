import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation/index.js";
import type { IntendedWrite } from "../../../journal/intendedWrite.ts";
import { optionsOf } from "../../stacks/interrupted/journal.ts";

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

/** An error that the engine reported. */
export interface EngineError {
  /** Without colours. */
  readonly text: string;
  /** The resource that it is about; empty where it is about none. */
  readonly urn: string;
}

/** What a run told while it went on. */
export interface StackEvents {
  readonly observe: (event: EngineEvent) => void;
  /** In the order in which the engine came to them. */
  readonly steps: readonly Step[];
  /** The steps that were carried out. */
  readonly done: readonly Step[];
  /** The steps that failed. */
  readonly failed: readonly Step[];
  /** The errors, each once. */
  errors(): readonly EngineError[];
  /** How many resources each operation was carried out on; nothing before the run's end. */
  changes(): OpMap;
}

/** Collects the events of one run. */
export function createStackEvents(onDone: () => void = () => undefined): StackEvents {
  const steps: Step[] = [];
  const done: Step[] = [];
  const failed: Step[] = [];
  const errors = new Map<string, EngineError>();
  let changes: OpMap = {};
  return {
    steps,
    done,
    failed,
    errors: () => [...errors.values()],
    changes: () => changes,
    observe({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent }) {
      if (resourcePreEvent) steps.push(toStep(resourcePreEvent.metadata));
      if (resOutputsEvent) {
        done.push(toStep(resOutputsEvent.metadata));
        onDone();
      }
      if (resOpFailedEvent) failed.push(toStep(resOpFailedEvent.metadata));
      if (summaryEvent) changes = summaryEvent.resourceChanges;
      if (diagnosticEvent?.severity !== "error" || diagnosticEvent.ephemeral) return;
      const text = withoutColours(diagnosticEvent.message).trim();
      if (text) errors.set(text, { text, urn: diagnosticEvent.urn ?? "" });
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
