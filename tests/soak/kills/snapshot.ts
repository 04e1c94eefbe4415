import type { Emulator } from "@azurestack-csp/emulator";
import { lyon, paris } from "../../support/customers.ts";
import { readBackend, type StackPlace } from "../../support/stackFiles.ts";
import type { Snapshot } from "./judge.ts";
import { mappingName } from "./lists.ts";

/** What is read of a state's file (pulumi/pulumi, sdk/go/common/apitype/core.go). */
interface StateFile {
  readonly checkpoint?: {
    readonly latest?: {
      readonly resources?: readonly StateResource[];
      readonly pending_operations?: readonly { readonly resource: StateResource }[];
    };
  };
}

interface StateResource {
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** Reads what is live, the states of all stacks of a file backend, and the journals beside them. */
export async function takeSnapshot(azure: Emulator, place: Pick<StackPlace, "env">): Promise<Snapshot> {
  const files = [...(await readBackend(place))].map(([path, content]) => ({
    path: path.replaceAll("\\", "/"),
    text: content.toString("utf8"),
  }));
  const states = files
    .filter(({ path }) => /^\.pulumi\/stacks\/.*\.json$/.test(path))
    .map(({ path, text }) => ({ path, state: parse(text) as StateFile | undefined }));
  const journals = files.filter(({ path }) => path.endsWith(".journal.jsonl"));
  const notes = files.filter(({ path }) => /\.hosts\/[^/]+\.jsonl$/.test(path));
  return {
    live: liveMappings(azure),
    managed: states.flatMap(({ path, state }) =>
      (state?.checkpoint?.latest?.resources ?? []).flatMap((resource) =>
        nameOf(resource).map((mapping) => ({ stack: path, mapping })),
      ),
    ),
    pending: states.flatMap(({ state }) =>
      (state?.checkpoint?.latest?.pending_operations ?? []).flatMap(({ resource }) => nameOf(resource)),
    ),
    journalled: [
      ...journals.flatMap(({ text }) => linesOf(text).flatMap((line) => inputsName(line.inputs))),
      ...notes.flatMap(({ text }) => notedIn(text).flatMap(inputsName)),
    ],
    damaged: states.flatMap(({ path, state }) => (state === undefined ? [path] : [])),
  };
}

/** What is live on the registrations that lists use. */
export function liveMappings(azure: Emulator): readonly string[] {
  return [paris, lyon].flatMap((registration) =>
    azure.facts
      .customerSubscriptions(registration)
      .map((mapping) => mappingName({ registration: registration.name, ...mapping })),
  );
}

function nameOf({ type, inputs }: StateResource): readonly string[] {
  return type.endsWith(":CustomerSubscription") ? inputsName(inputs) : [];
}

/** Inputs as they stand in states and journals; their format is the provider's, and registrations are named last in an ARM id. */
function inputsName(inputs: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const { registrationId, customerSubscriptionId, tenantId } = inputs;
  const registration = String(registrationId).split("/").at(-1) ?? "";
  return [
    mappingName({
      registration,
      customerSubscriptionId: String(customerSubscriptionId),
      tenantId: String(tenantId),
    }),
  ];
}

/** A run that was killed while it wrote its journal leaves a line that is not whole. */
function linesOf(text: string): readonly { readonly inputs?: Readonly<Record<string, unknown>> }[] {
  const [, ...lines] = text.split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as { inputs?: Readonly<Record<string, unknown>> });
}

/** The inputs of what a host noted and did not take back; its lines stand behind a header, and some of them are torn. */
function notedIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  const noted = new Map<string, Readonly<Record<string, unknown>>>();
  for (const each of text.split("\n").slice(1)) {
    const line = parse(each) as
      | { readonly id?: string; readonly inputs?: Readonly<Record<string, unknown>>; readonly forget?: string }
      | undefined;
    if (line?.forget !== undefined) noted.delete(line.forget);
    else if (line?.inputs) noted.set(`${line.id} ${String(line.inputs.tenantId)}`.toLowerCase(), line.inputs);
  }
  return [...noted.values()];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
