import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { daysNotKnown } from "./daysNotKnown.ts";
import { type ShownHub, statusText } from "./statusText.ts";
import { loadUsage, storeFolder } from "./usagePart.ts";

/** What `usage status` is asked. */
export interface UsageStatusRequest {
  readonly store: string | undefined;
  /** Keys of registrations or cloud ids; none where all are meant. */
  readonly hubs: readonly string[];
  /** Usage days, as they were typed. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly month: string | undefined;
  /** Whether every file is read whole and compared with its SHA-256. */
  readonly verify: boolean;
  readonly json: boolean;
}

/**
 * Tells which usage is in the store, by Hub and day; asks nobody.
 *
 * @returns `drift` where rows are set aside, days that are shown have windows missing, or days that are asked for are not known
 */
export async function runUsageStatus(
  context: CommandContext,
  request: UsageStatusRequest,
  now: number = Date.now(),
): Promise<ExitCode> {
  const { openStore, readStretch } = await loadUsage();
  const wanted = readStretch(request, 0);
  const { from, to } = wanted;
  const isMeant = (day: string) => {
    const start = Date.parse(day);
    return (from === undefined || start >= from) && (to === undefined || start < to);
  };
  const folder = storeFolder(context, request.store);
  const store = openStore(folder);
  try {
    if (request.verify) await store.verify();
    else store.liveFiles();
    const aside = store.setAside();
    const hubs: readonly ShownHub[] = store.hubs({ names: request.hubs, now }).map((hub) => ({
      ...hub,
      days: hub.days.filter(({ day }) => isMeant(day)),
      setAside: aside.filter((each) => each.hub === hub.cloudId && isMeant(each.day)),
      notKnown: daysNotKnown(hub, wanted),
    }));
    const { terminal } = context;
    if (request.json) terminal.data(JSON.stringify({ version: 1, store: folder, hubs }));
    else terminal.data(statusText(hubs, terminal));
    return hubs.length === 0 || hubs.some(hasGap) ? exitCodes.drift : exitCodes.ok;
  } finally {
    store.close();
  }
}

function hasGap({ days, setAside, notKnown }: ShownHub): boolean {
  return setAside.length > 0 || notKnown.length > 0 || days.some(({ state }) => state === "missing");
}
