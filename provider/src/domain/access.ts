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

/** The access in properties that are not judged yet. */
type AccessProperties = { readonly [Key in keyof Access]?: unknown };

/** The access in the inputs or outputs of a customer subscription, without what is absent or not an access. */
export function readAccess(properties: AccessProperties): Access {
  const { credentialPrefix } = properties;
  const cloud = CLOUD_NAMES.find((name) => name === properties.cloud);
  return { ...(cloud ? { cloud } : {}), ...(typeof credentialPrefix === "string" ? { credentialPrefix } : {}) };
}

/** A setting of the access that is declared otherwise than before; `undefined` stands for what the environment says. */
export interface AccessChange {
  readonly setting: keyof Access;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The settings in which two ways of access differ; a value that is not known yet differs from every other. */
export function compareAccess(from: AccessProperties, to: AccessProperties): readonly AccessChange[] {
  return (["cloud", "credentialPrefix"] as const)
    .map((setting) => ({ setting, from: textOf(from[setting]), to: textOf(to[setting]) }))
    .filter((change) => change.from !== change.to);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
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
