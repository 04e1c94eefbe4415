import { defineErrors } from "@azurestack-csp/provider";

/** The family as `docs/errors.md` shows it. */
export const hostFamily = defineErrors({
  title: "Host errors",
  about: "What keeps the process that Pulumi starts for the resources from its work.",
  errors: {
    CSP_HOST_UNRECORDED: {
      kind: "refused",
      fact: "The process that sends the requests cannot be noted in {folder}: {reason}.",
      leadsTo: "After a crash the next run could not tell whether it still sends some, so nothing was sent.",
      remedy: "Free space there, or make the folder writable, and run the command again.",
    },
  },
});

/** The errors of the family, each by its code. */
export const hostErrors = hostFamily.errors;
