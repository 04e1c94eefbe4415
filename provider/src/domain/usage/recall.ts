import { type InstanceData, readInstanceData } from "./instanceData.ts";
import { normalizeMeterId } from "./meterId.ts";
import { readUsageTime } from "./usageTime.ts";

/** How many texts of a kind are remembered before all of them are forgotten; most have less than 1 KB. */
const MOST_REMEMBERED = 20_000;

/** A longer one is read each time, in characters. */
const LONGEST_REMEMBERED = 4_096;

/** Readers of the parts of a row that come again and again, such as a resource with every meter and hour. */
export interface Recall {
  readonly time: (text: string) => string | undefined;
  readonly meterId: (text: string) => string;
  readonly subscriptionId: (text: string) => string;
  /** Reads `instanceData` in the spelling of a JSON text, as it stands between the quotes. */
  readonly escapedInstanceData: (escaped: string) => InstanceData | undefined;
}

/** Makes readers that read the same text once. */
export function createRecall(): Recall {
  return {
    time: recall(readUsageTime),
    meterId: recall(normalizeMeterId),
    subscriptionId: recall((text) => detach(text.toLowerCase())),
    escapedInstanceData: recall((escaped) => {
      const text = textBetweenQuotes(escaped);
      return text === undefined ? undefined : readInstanceData(text);
    }),
  };
}

function recall<Result>(read: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const result = read(text);
    if (text.length <= LONGEST_REMEMBERED) {
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(detach(text), result);
    }
    return result;
  };
}

/**
 * The same text on its own: a piece of a page would keep the whole page in memory.
 *
 * V8 copies what a text is put together of before it takes a piece of that; it is several times faster than a `Buffer`.
 */
export function detach(text: string): string {
  return ` ${text}`.slice(1);
}

function textBetweenQuotes(escaped: string): string | undefined {
  try {
    const text: unknown = JSON.parse(`"${escaped}"`);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
