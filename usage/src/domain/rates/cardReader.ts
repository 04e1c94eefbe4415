import type { Fields, IssueCollector, NodeReader, Place, SourceNode } from "@azurestack-csp/provider";

/** What the values of a card are read by. */
export interface CardReader {
  readonly reader: NodeReader;
  readonly issues: IssueCollector;
  /** Whether the value at the place stands there without quotes, so that other programs take it for a binary number. */
  readonly isBare: (place: Place) => boolean;
  /** Whether a key has been reported as unknown, which then is most likely what seems to be missing elsewhere. */
  readonly hasUnknownKeys: () => boolean;
}

/** The values of a map of the card, and what they are read by. */
export interface CardMap {
  readonly fields: Fields;
  readonly card: CardReader;
}

/** What a map of the card may have, and what it is, in words. */
interface Shape {
  readonly known: readonly string[];
  readonly of: string;
}

/**
 * The values of a map, or `undefined` with an issue where there is none.
 *
 * Where a key of it is not known, that is most likely the one that is missing, so of missing keys nothing is said.
 */
export function openMap(node: SourceNode, shape: Shape, card: CardReader): CardMap | undefined {
  const fields = card.reader.fields(node, shape);
  if (!fields || node.kind !== "map") return undefined;
  const isStrange = node.entries.some(({ key }) => !shape.known.includes(key));
  return { fields, card: isStrange ? { ...card, reader: { ...card.reader, missing: () => undefined } } : card };
}
