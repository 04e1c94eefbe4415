/** The namespace of what an operator manages of local subscriptions. */
export const NAMESPACE = "Microsoft.Subscriptions.Admin";

/** Versions of all its types, newest first. */
export const versions = ["2015-11-01"] as const;
