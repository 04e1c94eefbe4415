import { createEmulator, type Emulator } from "../createEmulator.ts";
import { WorldError } from "../world/worldError.ts";
import { parseEmulatorArguments, usage } from "./commandLine.ts";
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
  try {
    const settings = await parseEmulatorArguments(argv);
    if (settings.help) {
      stdout(usage);
      return 0;
    }
    const ended = untilEnded();
    const emulator = await createEmulator({ ...settings.options, onError: (error) => stderr(`${describe(error)}\n`) });
    stdout(settings.json ? `${JSON.stringify(readyLine(emulator))}\n` : instructions(emulator));
    await ended;
    await emulator.close();
    return 0;
  } catch (error) {
    if (!isExpected(error)) throw error;
    stderr(`${remedied(error)}\n`);
    return 2;
  }
}

function readyLine(emulator: Emulator) {
  const { resourceManager, authority, tenantId, clientId, clientSecret, caCertificate, control } = emulator;
  return { resourceManager, authority, tenantId, clientId, clientSecret, caCertificate, control };
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

function isExpected(error: unknown): error is Error {
  if (error instanceof WorldError || error instanceof RangeError || error instanceof TypeError) return true;
  return isPortTaken(error);
}

function isPortTaken(error: unknown): error is Error & { readonly port?: number } {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function remedied(error: Error): string {
  if (!isPortTaken(error)) return error.message;
  return `Port ${error.port} on 127.0.0.1 is taken, so the emulator cannot listen there. Name another with --port, or none for a free one.`;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
