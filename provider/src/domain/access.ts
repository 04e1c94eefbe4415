/** The Azure clouds that a registration can name. */
export const CLOUD_NAMES = ["public", "usgovernment", "china"] as const;

/** A cloud by the name that lists and states hold. */
export type CloudName = (typeof CLOUD_NAMES)[number];

/** How a registration is reached where it is not by the cloud and the credential of the whole run; no secrets. */
export interface Access {
  /** The cloud of the registration; that of the environment by default. */
  readonly cloud?: CloudName;
  /** The beginning of the environment variables with its credential: `<prefix>_CLIENT_ID` and so on. */
  readonly credentialPrefix?: string;
}
