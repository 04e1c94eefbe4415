import { CORRECT_THE_ROW } from "../customerSubscription/directoryMismatch.ts";
import { formatPlace } from "../tenantList/tenantListIssue.ts";
import type { Declaration } from "../tenantList/toDeclarations.ts";
import { type DeclaredDirectory, isWrong } from "./wrongDirectories.ts";

/** A row whose customer subscription belongs to another directory than its tenant, by its first declaration. */
export type DirectoryMismatch = DeclaredDirectory & { readonly directory: string };

/** Mismatches that one slip explains, and what to say of it. */
export interface MismatchGroup {
  /** The first in the order of the list. */
  readonly first: DirectoryMismatch;
  /** What else is seen, to follow the fact; empty where nothing is. */
  readonly seen: string;
  readonly remedy: string;
}

/** How many rows have to be off alike before a column is said to have slipped: two may be a swap, or chance. */
const LEAST_SHIFTED = 3;

/** The rows that are wrong by what Azure says of their subscriptions' directories, each once, in the order of the list. */
export function findMismatches(declared: readonly DeclaredDirectory[]): readonly DirectoryMismatch[] {
  const found = new Map<string, DirectoryMismatch>();
  for (const each of declared.filter(isWrong)) {
    const { place, id } = each.declaration;
    const key = JSON.stringify([place, id.customerSubscriptionId.toLowerCase(), each.isRefused]);
    if (!found.has(key)) found.set(key, each);
  }
  const rank = new Map(
    inOrder([...found.values()].map(({ declaration }) => declaration)).map((each, index) => [each, index]),
  );
  return [...found.values()].sort(
    (left, right) => (rank.get(left.declaration) ?? 0) - (rank.get(right.declaration) ?? 0),
  );
}

/** Puts together what one slip explains: a column that has slipped by some rows, two rows that are swapped. */
export function groupMismatches(
  declarations: readonly Declaration[],
  found: readonly DirectoryMismatch[],
): readonly MismatchGroup[] {
  // What is refused is an error, and what is in place already a warning.
  return [true, false].flatMap((isRefused) =>
    groupAlike(
      declarations,
      found.filter((each) => each.isRefused === isRefused),
    ),
  );
}

function groupAlike(
  declarations: readonly Declaration[],
  mismatches: readonly DirectoryMismatch[],
): readonly MismatchGroup[] {
  const rows = [...new Map(inOrder(declarations).map((each) => [formatPlace(each.place), each])).values()];
  const positions = new Map(rows.map(({ place }, index) => [formatPlace(place), index]));
  const owners = new Map(rows.map(({ inputs }, index) => [inputs.tenantId.toLowerCase(), index]));
  const at = ({ declaration }: DirectoryMismatch) => positions.get(formatPlace(declaration.place)) ?? -1;
  const ownerOf = ({ directory }: DirectoryMismatch) => owners.get(directory.toLowerCase());
  const offsetOf = (mismatch: DirectoryMismatch) => (ownerOf(mismatch) ?? Number.NaN) - at(mismatch);

  const shifted = [...Map.groupBy(mismatches, offsetOf)].filter(
    ([offset, group]) => !Number.isNaN(offset) && group.length >= LEAST_SHIFTED,
  );
  const grouped = new Set(shifted.flatMap(([, group]) => group));
  // What fell off the end of the column belongs to nobody in the list, or to the row at its other end.
  const ends = new Set(
    shifted.flatMap(([, group]) => [Math.min(...group.map(at)) - 1, Math.max(...group.map(at)) + 1]),
  );
  const single = mismatches.filter((each) => !grouped.has(each) && !ends.has(at(each)));
  const groups = [...shifted.flatMap(([offset, group]) => describeShift(offset, group)), ...describeSingle()];
  return groups.sort((left, right) => at(left.first) - at(right.first));

  function describeSingle(): readonly MismatchGroup[] {
    return single.flatMap((mismatch) => {
      const owner = rows[ownerOf(mismatch) ?? -1];
      if (!owner) return [{ first: mismatch, seen: "", remedy: CORRECT_THE_ROW }];
      const other = single.find(({ declaration }) => declaration.place === owner.place);
      const named = `"${owner.tenantName}" at ${formatPlace(owner.place)}`;
      if (!other || ownerOf(other) !== at(mismatch)) {
        return [{ first: mismatch, seen: `, and that directory is tenant ${named}`, remedy: CORRECT_THE_ROW }];
      }
      if (at(other) < at(mismatch)) return [];
      return [
        {
          first: mismatch,
          seen: `; with ${named} it is the other way round, so the two are swapped`,
          remedy: "Give each of the two rows the subscription of its own customer.",
        },
      ];
    });
  }
}

function describeShift(offset: number, [first, ...others]: readonly DirectoryMismatch[]): readonly MismatchGroup[] {
  if (!first) return [];
  const rows = `${Math.abs(offset)} ${Math.abs(offset) === 1 ? "row" : "rows"}`;
  const { line } = first.declaration.place;
  return [
    {
      first,
      seen: `; ${others.length + 1} rows are off alike, so a column is shifted by ${rows} from line ${line} on`,
      remedy: `Restore the column: at line ${line} a cell was added, or one is missing.`,
    },
  ];
}

function inOrder(declarations: readonly Declaration[]): readonly Declaration[] {
  return declarations.toSorted(
    (left, right) =>
      left.place.file.localeCompare(right.place.file, "en") ||
      left.place.line - right.place.line ||
      left.place.column - right.place.column,
  );
}
