import { defineErrors } from "@azurestack-csp/provider";

/** The family as `docs/errors.md` shows it. */
export const settingsFamily = defineErrors({
  title: "Settings errors",
  about:
    "What is wrong in the settings file of a folder, which names the list and the stack of the commands that are run there.",
  errors: {
    CSP_SETTINGS_UNREADABLE: {
      kind: "input",
      fact: "The settings cannot be read: {reason}.",
      leadsTo: "The command might work on another stack or list than is meant, so nothing was done.",
      remedy: "Correct the file, or remove it and name list and stack with options.",
    },
    CSP_SETTINGS_UNKNOWN_KEY: {
      kind: "input",
      fact: "`{key}` is no setting{nearest}.",
      leadsTo: "A misspelled setting would silently have no effect.",
      remedy: "Correct or remove it; the settings are {known}.",
    },
    CSP_SETTINGS_VALUE: {
      kind: "input",
      fact: "`{key}` is {given}; it takes {expected}.",
      leadsTo: "The command might work on another stack or list than is meant, so nothing was done.",
      remedy: "Write {expected}.",
    },
  },
});

/** The errors of the family, each by its code. */
export const settingsErrors = settingsFamily.errors;
