/** The namespace of the operator's usage API. */
export const ADMIN_NAMESPACE = "Microsoft.Commerce.Admin";

/** The namespace of the user's, and the operator's too on Hubs of before 2018. */
export const USER_NAMESPACE = "Microsoft.Commerce";
