/** The exit code where a part that the command needs is not installed. */
const NOT_INSTALLED = 2;

/**
 * Runs the emulator, a package of its own that is asked for where it is absent.
 *
 * @returns the exit code
 */
export async function runEmulatorCommand(options: readonly string[]): Promise<number> {
  if (!isInstalled()) {
    process.stderr.write("The emulator is not installed. Add it: npm install --save-dev @azurestack-csp/emulator\n");
    return NOT_INSTALLED;
  }
  const { runEmulator } = await import("@azurestack-csp/emulator");
  return await runEmulator(options);
}

function isInstalled(): boolean {
  try {
    return import.meta.resolve("@azurestack-csp/emulator") !== "";
  } catch {
    return false;
  }
}
