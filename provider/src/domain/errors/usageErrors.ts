import { defineErrors } from "./defineErrors.ts";

export const usageErrors = defineErrors({
  title: "Usage errors",
  about: "Usage aggregates of a Hub that cannot be taken as they are.",
  errors: {
    CSP_USAGE_PAGE_UNREADABLE: {
      kind: "service",
      fact: "{host} answered with a page of usage that cannot be read: {problems}.",
      leadsTo: "No row of it was taken, since one that is passed over is usage that nobody is billed for.",
      remedy:
        "Run again. If the same rows come again, ask whoever runs the Hub what wrote them; whatever is not theirs, such as a proxy on the way, has to go.",
    },
  },
});
