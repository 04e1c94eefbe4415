/** A usage aggregate: what one resource used by one meter in an hour or a day, as a Hub answered it. */
export interface UsageRow {
  /** The local subscription that used it, in lower case. */
  readonly subscriptionId: string;
  /** The meter, in lower case and with dashes, however the resource provider spells it. */
  readonly meterId: string;
  /** When the usage began, in UTC: `2026-10-01T18:00:00Z`. */
  readonly usageStart: string;
  /** When it ended; exclusive, in the same form. */
  readonly usageEnd: string;
  /** In the meter's unit, digit by digit as the Hub wrote it: it may have a sign and an exponent. */
  readonly quantity: string;
  /** The resource in one spelling, lower case and with slashes, to compare by; empty where the Hub names none. */
  readonly resourceId: string;
  /** The resource as the Hub spells it. */
  readonly resourceUri: string | undefined;
  readonly location: string | undefined;
  /** JSON text of what the resource is tagged with; absent where the Hub says `""`, `"null"` or nothing. */
  readonly tags: string | undefined;
  /** JSON text of what the resource provider adds, such as a VM's size; absent as `tags` is. */
  readonly additionalInfo: string | undefined;
}
