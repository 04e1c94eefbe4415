import type { SyncWatch } from "@azurestack-csp/usage";
import type { Terminal } from "../console/terminal.ts";
import { amount } from "./amount.ts";

/** Shows how far a sync is; silent where no terminal is. */
export function watchSync(
  terminal: Pick<Terminal, "progress">,
  now: () => number = Date.now,
): { readonly watch: SyncWatch; readonly stop: () => void } {
  const begun = now();
  const counts = { windows: 0, done: 0, pages: 0, rows: 0, day: "" };
  const progress = terminal.progress("Asking the Hubs");
  const show = () => progress.update(progressText({ ...counts, elapsedInMs: now() - begun }));
  const watch: SyncWatch = {
    windows(count) {
      counts.windows += count;
      show();
    },
    page(rows) {
      counts.pages += 1;
      counts.rows += rows;
      show();
    },
    window(start) {
      counts.done += 1;
      counts.day = start.slice(0, 10);
      show();
    },
  };
  return { watch, stop: () => progress.stop() };
}

/** How far a sync is. */
export interface SyncProgress {
  /** Windows to ask for, and those that were asked for to their end. */
  readonly windows: number;
  readonly done: number;
  readonly pages: number;
  readonly rows: number;
  /** The reported day of the latest of them; empty before the first. */
  readonly day: string;
  readonly elapsedInMs: number;
}

/** The progress in a line, with the time that is left where enough is done to tell it. */
export function progressText({ windows, done, pages, rows, day, elapsedInMs }: SyncProgress): string {
  const at = day === "" ? "" : `, at ${day}`;
  const text = `Usage: ${amount(done)} of ${amount(windows)} windows, ${amount(pages)} pages, ${amount(rows)} rows${at}`;
  if (done < 5 || done >= windows) return text;
  const left = Math.round(((elapsedInMs / done) * (windows - done)) / 1_000);
  return `${text}, about ${left < 90 ? `${left} s` : `${Math.round(left / 60)} min`} left`;
}
