import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/**
 * Waits for a child and returns its exit code; 1 when a signal ended it.
 *
 * The first SIGINT or SIGTERM to this process is passed on as SIGINT, once, except where a terminal has sent it to the
 * child as well. This process stays until the child has wound up.
 */
export async function forwardFirstSignal(child: ChildProcess): Promise<number> {
  let forwarded = false;
  const forward = (): void => {
    if (!forwarded) child.kill("SIGINT");
    forwarded = true;
  };
  const onInterrupt = (): void => {
    if (!process.stdin.isTTY) forward();
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", forward);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code ?? 1;
  } finally {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", forward);
  }
}
