/** Versions of `Microsoft.Authorization/locks`, newest first. */
const lockVersions = ["2020-05-01", "2017-04-01", "2016-09-01", "2015-05-01-preview", "2015-01-01"] as const;

/** Versions of role assignments and definitions, newest first. */
const roleVersions = [
  "2022-05-01-preview",
  "2022-04-01",
  "2020-10-01-preview",
  "2020-08-01-preview",
  "2020-04-01-preview",
  "2018-09-01-preview",
  "2018-07-01",
  "2018-01-01-preview",
  "2015-07-01",
] as const;

/** Versions that ARM names for its own types (subscriptions, resource groups, providers), newest first. */
const armVersions = [
  "2025-04-01",
  "2025-03-01",
  "2024-11-01",
  "2024-07-01",
  "2024-03-01",
  "2023-07-01",
  "2022-12-01",
  "2022-09-01",
  "2022-01-01",
  "2021-04-01",
  "2021-01-01",
  "2020-10-01",
  "2020-06-01",
  "2020-01-01",
  "2019-11-01",
  "2019-10-01",
  "2019-05-01",
  "2018-05-01",
  "2018-02-01",
  "2017-05-10",
  "2016-09-01",
  "2016-06-01",
  "2016-02-01",
  "2015-11-01",
  "2015-01-01",
  "2014-04-01",
] as const;

/** Versions in which the types that ARM answers for itself can be asked for. */
export interface ArmVersions {
  /** Of subscriptions, resource groups and providers: those that are named to callers, newest first. */
  readonly resources: readonly string[];
  /** Whether those types have a version. */
  readonly has: (version: string, today: Date) => boolean;
  /** Of role assignments and definitions, newest first. */
  readonly roles: readonly string[];
  /** Of locks, newest first. */
  readonly locks: readonly string[];
}

/** Azure's. Clients of ten years ask for many versions; the listed ones bound them. */
export const azureVersions: ArmVersions = {
  resources: armVersions,
  has(version, today) {
    const date = version.slice(0, 10);
    return date >= "2014-04-01" && date <= today.toISOString().slice(0, 10);
  },
  roles: roleVersions,
  locks: lockVersions,
};

const stampResources = [
  "2019-10-01",
  "2018-05-01",
  "2018-02-01",
  "2016-06-01",
  "2016-02-01",
  "2015-11-01",
  "2015-01-01",
];

/** A Hub's: those of the profiles that were made for it, 2017-03-09 to 2020-09-01-hybrid, and no newer one. */
export const hubVersions: ArmVersions = {
  resources: stampResources,
  has: (version) => stampResources.includes(version.toLowerCase()),
  roles: ["2015-07-01"],
  locks: ["2016-09-01", "2015-01-01"],
};

const wellFormed = /^\d{4}-\d{2}-\d{2}(-(preview|alpha|beta|rc|privatepreview))?$/i;

/** Whether the version is a date, with one of the suffixes that ARM knows or none. */
export function isWellFormedVersion(version: string): boolean {
  return wellFormed.test(version);
}
