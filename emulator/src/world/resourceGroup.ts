/** A resource group of a subscription. */
export interface ResourceGroup {
  readonly name: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>>;
}
