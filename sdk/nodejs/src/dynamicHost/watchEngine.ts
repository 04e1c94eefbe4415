import { connect } from "node:http2";

/** The pause before the engine is asked again, where the answer did not tell. */
const PAUSE_IN_MS = 1_000;

/**
 * The engine's address, which the engine gives its dynamic host behind options of its own (pulumi/pulumi,
 * pkg/host/host_server.go); absent where no engine has started the process.
 */
export function engineAddressIn(args: readonly string[]): string | undefined {
  return args.findLast((arg) => /^127\.0\.0\.1:\d+$/.test(arg));
}

/**
 * Tells once that the engine is gone; keeps no process alive.
 *
 * The host outlives an engine that is killed: its server goes on, and its parent is the shell that has started it. So a
 * connection to the engine's own server is held open, which the system closes with the engine. Only a port that nobody
 * listens on any more says that it is gone, whatever else ends a connection.
 */
export function watchEngine(address: string, onGone: () => void): void {
  let wasOpen = false;
  let refusal: unknown;
  const session = connect(`http://${address}`);
  session.unref();
  session.on("connect", () => {
    wasOpen = true;
  });
  session.on("error", (error) => {
    refusal = "code" in error ? error.code : undefined;
  });
  session.on("close", () => {
    if (!wasOpen && refusal === "ECONNREFUSED") return onGone();
    setTimeout(() => watchEngine(address, onGone), wasOpen ? 0 : PAUSE_IN_MS).unref();
  });
}
