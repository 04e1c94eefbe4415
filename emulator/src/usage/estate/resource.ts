import type { UsageSeries } from "../usageSource.ts";
import type { Quantity } from "./quantities.ts";

/** A series, and how much of it is used. */
export interface MeteredSeries extends UsageSeries {
  /** Its own chance. */
  readonly seed: number;
  readonly quantity: Quantity;
}

/** Where resources are made, and by which chance. */
export interface Place {
  readonly subscriptionId: string;
  /** The Hub's region. */
  readonly location: string;
  /** Names of its resource groups, one at least. */
  readonly groups: readonly string[];
  readonly seed: number;
}

/** The resource group that something of this number is in. */
export function groupOf({ groups }: Place, number: number): string {
  return groups[number % groups.length] ?? "";
}

/** What rows say of a resource beside its meter. */
export interface Instance {
  readonly resourceUri: string;
  readonly location: string;
  /** Always a text: `""`, `"null"`, or JSON. */
  readonly tags: string;
  /** A text too, and for virtual machines JSON. */
  readonly additionalInfo: string;
}

/** `instanceData` as rows have it: JSON in a text, with texts in it that hold JSON again. */
export function formatInstance({ resourceUri, location, tags, additionalInfo }: Instance): string {
  return JSON.stringify({ "Microsoft.Resources": { resourceUri, location, tags, additionalInfo } });
}
