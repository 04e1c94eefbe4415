import type { DayStatus } from "@azurestack-csp/usage";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
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
 * @returns `drift` where rows are set aside, or days that are shown have windows missing
 */
export async function runUsageStatus(context: CommandContext, request: UsageStatusRequest): Promise<ExitCode> {
  const { openStore, readStretch } = await loadUsage();
  const { from, to } = readStretch(request, 0);
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
    const hubs: readonly ShownHub[] = store
      .hubs()
      .filter(
        ({ keys, cloudId }) =>
          request.hubs.length === 0 || request.hubs.some((hub) => [...keys, cloudId].includes(hub)),
      )
      .map((hub) => ({
        ...hub,
        days: hub.days.filter(({ day }) => isMeant(day)),
        setAside: aside.filter((each) => each.hub === hub.cloudId && isMeant(each.day)),
      }));
    const { terminal } = context;
    if (request.json) terminal.data(JSON.stringify({ version: 1, store: folder, hubs }));
    else terminal.data(statusText(hubs, terminal));
    return hubs.some(({ days, setAside }) => setAside.length > 0 || days.some(isMissing))
      ? exitCodes.drift
      : exitCodes.ok;
  } finally {
    store.close();
  }
}

function isMissing({ state }: DayStatus): boolean {
  return state === "missing";
}
