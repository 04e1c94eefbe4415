import type { ProviderError, UsageQuery, UsageRow } from "@azurestack-csp/provider";
import type { Noted } from "../store/notes.ts";

/** What a Hub answered to a request for a page of usage. */
export type PageAnswer =
  | {
      readonly kind: "page";
      readonly rows: readonly UsageRow[];
      /** Where the next page is, as the Hub wrote it; `undefined` on the last one. */
      readonly nextLink: string | undefined;
      /** The answer as it came. */
      readonly body: string;
      /** When it answered by its own clock, in milliseconds since 1970; `undefined` where it does not say. */
      readonly answeredAt?: number | undefined;
    }
  /** Its gateway gave up; less has to be asked for at once. */
  | { readonly kind: "timedOut" }
  /** It does not know its own link any more; the window has to be read anew. */
  | { readonly kind: "lost" }
  /** The one subscriber that was asked for is none of this provider's, so that its usage is not among that of all either. */
  | { readonly kind: "notServed" }
  /** The one subscriber that was asked for was refused, and nobody else need be. */
  | { readonly kind: "refused"; readonly error: ProviderError };

/** As whom a Hub is asked, which decides whose usage it shows. */
export interface Asker {
  /** Which of its endpoints is asked: the operator's shows all subscribers, a user's the user's own subscriptions. */
  readonly kind: "admin" | "user";
  /**
   * The subscription that it is asked by, which may have usage of its own without being among the others; `undefined` for a
   * user who has several, each of which is asked by itself.
   */
  readonly subscription: string | undefined;
}

/** A Hub whose usage is asked for. */
export interface UsageSource {
  /** The key of its registration in the list. */
  readonly key: string;
  /** The cloud id of its registration. */
  cloudId(): Promise<string>;
  /** As whom it is asked. */
  asker(): Promise<Asker>;
  /** The page that a link leads to, or the first; what is no answer at all is thrown. */
  usagePage(query: UsageQuery, link: string | undefined): Promise<PageAnswer>;
  /** Its local subscriptions as they are now; deleted ones are not among them. */
  subscriptions(): Promise<readonly Noted[]>;
  /** The customer subscriptions of its registration as they are now. */
  mappings(): Promise<readonly Noted[]>;
}
