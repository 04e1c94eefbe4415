import type { Acceptance } from "../entra/judgeCaller.ts";
import type { ArmVersions } from "./apiVersions.ts";
import type { ArmOperation } from "./exchange.ts";
import type { Remaining } from "./throttle.ts";

/** A region, as subscriptions list it. */
export interface ArmLocation {
  readonly name: string;
  readonly displayName: string;
}

/** What tells one Azure Resource Manager from another: Azure's, a Hub's for its operator, a Hub's for its users. */
export interface ArmEnvironment {
  readonly versions: ArmVersions;
  readonly acceptance: Acceptance;
  /** Where callers without a token are sent, below the authority. @default the directory of the subscription */
  readonly signInPath?: string;
  readonly locations: readonly ArmLocation[];
  /** Where its requests are routed. */
  readonly region: string;
  /** What its headers say is left where nothing is throttled. */
  readonly remaining: Remaining;
  /** Whether the deletion of a resource group is answered with its end, or with a place to ask for it. */
  readonly groupDeletion: "atOnce" | "later";
  /** How clients find out what it is. */
  readonly metadata: readonly ArmOperation[];
}
