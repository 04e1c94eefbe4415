/** Versions of `Microsoft.Authorization/locks`, newest first. */
export const lockVersions = ["2020-05-01", "2017-04-01", "2016-09-01", "2015-05-01-preview", "2015-01-01"] as const;

/** Versions of role assignments and definitions, newest first. */
export const roleVersions = [
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
export const armVersions = [
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

const wellFormed = /^\d{4}-\d{2}-\d{2}(-(preview|alpha|beta|rc|privatepreview))?$/i;

/** Whether the version is a date, with one of the suffixes that ARM knows or none. */
export function isWellFormedVersion(version: string): boolean {
  return wellFormed.test(version);
}

/** Whether ARM's own types know the version. Clients of ten years ask for many; the listed ones bound them. */
export function isArmVersion(version: string, today: Date): boolean {
  const date = version.slice(0, 10);
  return date >= "2014-04-01" && date <= today.toISOString().slice(0, 10);
}
