import type { IssueCollector, NodeReader, Place } from "@azurestack-csp/provider";

/** What the values of a card are read by. */
export interface CardReader {
  readonly reader: NodeReader;
  readonly issues: IssueCollector;
  /** Whether the value at the place stands there without quotes, so that other programs take it for a binary number. */
  readonly isBare: (place: Place) => boolean;
}
