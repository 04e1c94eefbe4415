const plainIntervalInMs = 15_000;

/**
 * Shows how far a long step is: one line rewritten in place on a terminal, else a plain line every 15 s.
 *
 * `describe` returns the text to show; the elapsed time is put before it. Call the returned function at the end.
 */
export function showProgress(describe, { stream = process.stderr, now = Date.now } = {}) {
  const startedAt = now();
  const line = () => `  ${elapsed(now() - startedAt)}  ${describe()}`;
  const rewrite = () => stream.write(`\r\u001b[K${line()}`);
  const append = () => stream.write(`${line()}\n`);
  const show = stream.isTTY ? rewrite : append;
  const timer = setInterval(show, stream.isTTY ? 500 : plainIntervalInMs);
  return () => {
    clearInterval(timer);
    show();
    if (stream.isTTY) stream.write("\n");
  };
}

/** A duration as `m:ss`. */
export function elapsed(durationInMs) {
  const seconds = Math.round(durationInMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
