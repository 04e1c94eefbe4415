/** How many of something a run may do: a number, a share of what is managed, or both, of which the smaller holds. */
export interface Limit {
  /** A whole number from 0. */
  readonly count?: number;
  /** From 0 to 1, rounded down; of a share above 0, at least one is allowed. */
  readonly share?: number;
}

/**
 * How a limit is written: `5`, `"5"`, `"10%"` or `"5,10%"`.
 *
 * Comma and white space separate a number from a share; the smaller of the two holds.
 */
export type LimitText = number | string;

/** What holds where nothing is said: ten, and no more than a quarter. */
export const DEFAULT_LIMIT: Limit = { count: 10, share: 0.25 };

/** Reads a limit, or gives `undefined` where the text is none. */
export function parseLimit(text: LimitText): Limit | undefined {
  const parts = String(text)
    .trim()
    .split(/[\s,]+/);
  if (parts.length > 2) return undefined;
  const limits = parts.map(parsePart);
  const [first, second] = limits;
  if (!first || limits.includes(undefined)) return undefined;
  const merged = { ...first, ...second };
  return Object.keys(merged).length === parts.length ? merged : undefined;
}

/** How many are allowed of so many managed; a share is rounded down, and one above 0 allows at least one. */
export function allowedOf({ count = Number.POSITIVE_INFINITY, share }: Limit, managed: number): number {
  return share === undefined ? count : Math.min(count, partOf(managed, share));
}

/** A share such as 0.29 of 100 is 28.999999999999996 in binary, which must not round down to 28. */
function partOf(managed: number, share: number): number {
  return share === 0 ? 0 : Math.max(1, Math.floor(Number((share * managed).toFixed(6))));
}

/** Writes a limit as {@link parseLimit} reads it. */
export function formatLimit({ count, share }: Limit): string {
  const parts = [
    count === undefined ? [] : [String(count)],
    share === undefined ? [] : [`${Number((share * 100).toFixed(6))}%`],
  ];
  return parts.flat().join(",");
}

function parsePart(text: string): Limit | undefined {
  if (/^\d+$/.test(text)) return { count: Number(text) };
  const share = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  return share !== undefined && Number(share) <= 100 ? { share: Number(share) / 100 } : undefined;
}
