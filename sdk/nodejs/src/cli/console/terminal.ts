import { createSpinner } from "nanospinner";
import picocolors from "picocolors";
import stringWidth from "string-width";
import { wrap } from "./text.ts";

/** Colours by name; every one of them gives back the text alone where colours are off. */
export type Colours = ReturnType<typeof picocolors.createColors>;

/** Makes the colours, or what stands in for them where they are off. */
export function createColours(enabled: boolean): Colours {
  return picocolors.createColors(enabled);
}

/** Something that goes on for a while. */
export interface Progress {
  update(text: string): void;
  stop(): void;
}

/** What a text is laid out for. */
export interface TextLayout {
  /** Characters in a line. */
  readonly width: number;
  readonly colours: Colours;
}

/** Where a command writes: data to standard output, and everything for people to standard error. */
export interface Terminal extends TextLayout {
  /** Whether a person sits in front of it and can be asked. */
  readonly isInteractive: boolean;
  /** Whether {@link progress} is seen. */
  readonly showsProgress: boolean;
  /** The layout of messages; that of the terminal itself is for data. */
  readonly messages: TextLayout;
  /** Writes data, and a line's end where it has none. */
  data(text: string): void;
  /** Writes a line for a person; on a terminal it is broken between words, and ids that have a short name go by that. */
  say(text: string): void;
  /** Gives ids, by the text that stands for them elsewhere, a short name for people at a terminal. */
  abbreviate(names: ReadonlyMap<string, string>): void;
  /** Shows on a terminal that something goes on, and leaves nothing of it behind; elsewhere silent. */
  progress(text: string): Progress;
}

/** The streams and the environment that a terminal is made of. */
export interface TerminalEdges {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Characters in a line where no terminal says it: wide enough for two GUIDs and a name in a pipeline's log. */
const PLAIN_WIDTH = 120;

/** Looks at the streams and the environment (`NO_COLOR`, `FORCE_COLOR`, `CI`, `TERM`, `COLUMNS`). */
export function createTerminal({ stdin, stdout, stderr, env }: TerminalEdges): Terminal {
  const isPlain = env.TERM === "dumb" || isSet(env.CI);
  const isForPeople = stderr.isTTY === true && !isPlain;
  // The spinner clears its lines by the terminal's width, and without one never comes to an end.
  const animates = isForPeople && stderr.columns > 0;
  const spinners = new Set<Progress>();
  const shortNames = new Map<string, string>();
  const messages = layoutOf(stderr, env);
  const laidOut = (text: string) => (stderr.isTTY ? wrapLines(shorten(text, shortNames), messages) : text);
  return {
    isInteractive: stdin.isTTY === true && isForPeople,
    showsProgress: animates,
    ...layoutOf(stdout, env),
    messages,
    data: (text) => void stdout.write(withEnd(text)),
    say: (text) => void stderr.write(`${spinners.size > 0 ? CLEARED_LINE : ""}${withEnd(laidOut(text))}`),
    abbreviate(names) {
      for (const [id, name] of names) shortNames.set(id, name);
    },
    progress: (text) => (animates ? spin(text, { stream: stderr, spinners }) : SILENT),
  };
}

function layoutOf(stream: NodeJS.WriteStream, env: TerminalEdges["env"]): TextLayout {
  return {
    width: stream.isTTY && stream.columns > 0 ? stream.columns : widthIn(env.COLUMNS),
    colours: createColours(wantsColours(env, stream.isTTY === true && env.TERM !== "dumb")),
  };
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** What is written between two pictures of a spinner begins where the spinner stands. */
const CLEARED_LINE = "\r\u001b[2K";

function spin(
  text: string,
  { stream, spinners }: { readonly stream: NodeJS.WriteStream; readonly spinners: Set<Progress> },
): Progress {
  const spinner = createSpinner(text, { stream });
  withoutNewHandlers(() => spinner.start());
  const stop = () => {
    spinner.clear().stop();
    process.off("exit", stop);
    spinners.delete(progress);
  };
  const progress: Progress = { update: (next) => void spinner.update({ text: next }), stop };
  // A process that a second Ctrl-C ends would leave the terminal without a cursor.
  process.on("exit", stop);
  spinners.add(progress);
  return progress;
}

/** The spinner would end the process at the first Ctrl-C, in the middle of what the command has to wind up. */
function withoutNewHandlers(act: () => unknown): void {
  const handlers = (["SIGINT", "SIGTERM"] as const).map((name) => ({ name, before: process.listeners(name) }));
  act();
  for (const { name, before } of handlers) {
    for (const handler of process.listeners(name)) if (!before.includes(handler)) process.off(name, handler);
  }
}

function wantsColours(env: TerminalEdges["env"], byDefault: boolean): boolean {
  if (isSet(env.NO_COLOR)) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return byDefault && !isSet(env.CI);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false" && value !== "0";
}

function widthIn(columns: string | undefined): number {
  const width = Number(columns);
  return Number.isInteger(width) && width >= 40 ? width : PLAIN_WIDTH;
}

/** ARM ids come in any letter case; one that only begins alike is another. */
function shorten(text: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((shortened, [id, name]) => {
    const whole = new RegExp(`${id.replaceAll(/[^\w/]/g, "\\$&")}(?![\\w()-])(?!\\.\\w)`, "gi");
    return shortened.replaceAll(whole, () => name);
  }, text);
}

/** Lines that are pasted into a shell, where another line would be another command. */
const COMMAND = /^\s+(?:az|bash:|PowerShell:) /;

function wrapLines(text: string, { width }: TextLayout): string {
  const lines = text.split("\n").map((line) => {
    if (stringWidth(line) <= width || COMMAND.test(line)) return line;
    const [indent = ""] = /^\s*/.exec(line) ?? [];
    return wrap(line.slice(indent.length), { width, indent });
  });
  return lines.join("\n");
}

function withEnd(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
