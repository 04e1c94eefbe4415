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

/** The access in the inputs or outputs of a customer subscription, without what is absent or not an access. */
export function readAccess(properties: { readonly [Key in keyof Access]?: unknown }): Access {
  const { credentialPrefix } = properties;
  const cloud = CLOUD_NAMES.find((name) => name === properties.cloud);
  return { ...(cloud ? { cloud } : {}), ...(typeof credentialPrefix === "string" ? { credentialPrefix } : {}) };
}

/**
 * Makes a value for each way of access once, when it is first asked for.
 *
 * What fails is not remembered.
 */
export function oncePerAccess<Value>(make: (access: Access) => Value): (access: Access) => Value {
  const made = new Map<string, { readonly value: Value }>();
  return (access) => {
    const key = `${access.cloud ?? ""} ${access.credentialPrefix ?? ""}`;
    const { value } = made.get(key) ?? { value: make(access) };
    made.set(key, { value });
    return value;
  };
}
