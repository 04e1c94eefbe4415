import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { workspaceRoot } from "../../scripts/dev/emulatorProcess.ts";
import { localEnvironment } from "../../scripts/dev/environment.ts";

/** A running server of prepared pages. */
export interface HubProcess {
  readonly endpoint: string;
  /** The authority of its certificate, in PEM. */
  readonly caPem: string;
  /** Ends it. @returns the processor time that it took, in seconds */
  stop(): Promise<number>;
}

/** Starts the server, which passes on what it does not answer itself. */
export async function startHubProcess(options: {
  readonly rowsInAnHour: number;
  readonly upstream: string;
  /** File of certificates that the upstream is trusted by. */
  readonly upstreamCa: string;
}): Promise<HubProcess> {
  const { rowsInAnHour, upstream, upstreamCa } = options;
  const entry = join(workspaceRoot, "benchmarks", "usage", "hubServer.ts");
  const child = spawn(process.execPath, [entry, String(rowsInAnHour), upstream, upstreamCa], {
    env: localEnvironment(process.env),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [ready] = (await once(lines, "line")) as [string];
  const { endpoint, caPem } = JSON.parse(ready) as Pick<HubProcess, "endpoint" | "caPem">;
  return {
    endpoint,
    caPem,
    async stop() {
      const last = once(lines, "line") as Promise<[string]>;
      child.kill("SIGTERM");
      return (JSON.parse((await last)[0]) as { readonly cpuSeconds: number }).cpuSeconds;
    },
  };
}
