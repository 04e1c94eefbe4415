import type { SyncWatch } from "@azurestack-csp/usage";
import type { Terminal } from "../console/terminal.ts";
import { amount } from "./amount.ts";

/** So long it is silent where every line stays. */
const SILENCE_IN_MS = 30_000;

/** What is watched of a sync. */
export interface WatchedSync {
  readonly watch: SyncWatch;
  /** Ends what is shown. */
  stop(): void;
  /** What an interruption leaves behind. */
  leftText(): string;
}

/** Shows how far a sync is; where no terminal is, a line now and then. */
export function watchSync(
  terminal: Pick<Terminal, "progress" | "showsProgress" | "say">,
  now: () => number = Date.now,
): WatchedSync {
  const begun = now();
  let said = begun;
  const counts = { windows: 0, done: 0, pages: 0, rows: 0, day: "" };
  const progress = terminal.progress("Asking the Hubs");
  const show = () => {
    const time = now();
    const isDue = terminal.showsProgress || time - said >= SILENCE_IN_MS;
    if (!isDue) return;
    const text = progressText({ ...counts, elapsedInMs: time - begun });
    said = time;
    if (terminal.showsProgress) progress.update(text);
    else terminal.say(text);
  };
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
  return { watch, stop: () => progress.stop(), leftText: () => leftText(counts) };
}

function leftText({ windows, done }: Pick<SyncProgress, "windows" | "done">): string {
  if (windows === 0) return "Interrupted before any usage was asked for; the store is as it was.";
  return `Interrupted after ${amount(done)} of ${amount(windows)} windows. What they brought is kept in the store; run the command again, and it goes on from there.`;
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
