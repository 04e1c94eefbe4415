import { createEmulator, type Emulator } from "../createEmulator.ts";
import { WorldError } from "../world/worldError.ts";
import { type EmulatorSettings, helpText, parseEmulatorArguments } from "./commandLine.ts";
import { instructions } from "./instructions.ts";

/** The edges of the program form, for tests. */
export interface RunEmulatorOptions {
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
  /** Settles when the emulator is to end. @default on SIGINT or SIGTERM */
  readonly untilEnded?: () => Promise<void>;
}

/**
 * Runs the emulator as a program until it is told to end.
 *
 * With `--json` standard output gets exactly one line, when the emulator is ready.
 *
 * @returns the exit code: 0, or 2 for arguments or files it cannot use.
 */
export async function runEmulator(argv: readonly string[], options: RunEmulatorOptions = {}): Promise<number> {
  const { stdout = (text) => process.stdout.write(text), stderr = (text) => process.stderr.write(text) } = options;
  const { untilEnded = signalled } = options;
  const refuse = (reason: string) => {
    stderr(`${reason}\n`);
    return 2;
  };
  const settings = await readArguments(argv);
  if (settings instanceof Error) return refuse(settings.message);
  if (settings.help) {
    stdout(helpText);
    return 0;
  }
  try {
    const ended = untilEnded();
    const emulator = await createEmulator({ ...settings.options, onError: (error) => stderr(`${describe(error)}\n`) });
    stdout(settings.json ? `${JSON.stringify(readyLine(emulator))}\n` : instructions(emulator));
    await ended;
    await emulator.close();
    return 0;
  } catch (error) {
    if (error instanceof WorldError) return refuse(error.message);
    if (isPortTaken(error)) return refuse(portTaken(error));
    throw error;
  }
}

/** What the arguments say, or what is wrong with them. */
async function readArguments(argv: readonly string[]): Promise<EmulatorSettings | Error> {
  try {
    return await parseEmulatorArguments(argv);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return error;
    throw error;
  }
}

function readyLine(emulator: Emulator) {
  const { resourceManager, authority, tenantId, clientId, clientSecret, caCertificate, control, hubs } = emulator;
  return { resourceManager, authority, tenantId, clientId, clientSecret, caCertificate, control, hubs };
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

function isPortTaken(error: unknown): error is Error & { readonly port?: number; readonly address?: string } {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function portTaken({ port, address }: { readonly port?: number; readonly address?: string }): string {
  return `Port ${port} on ${address} is taken, so the emulator cannot listen there. Name another with --port, or none for a free one.`;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
