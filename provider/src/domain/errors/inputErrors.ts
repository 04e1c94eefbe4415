import { defineErrors } from "./defineErrors.ts";

export const inputErrors = defineErrors({
  title: "Input errors",
  about: "Problems with what the user wrote, found before anything is sent.",
  errors: {
    CSP_INPUT_REQUIRED: {
      kind: "input",
      fact: "`{property}` is missing.",
      leadsTo: "What it belongs to cannot be declared without it.",
      remedy: "Set `{property}`.{hint}",
    },
    CSP_INPUT_TYPE: {
      kind: "input",
      fact: "`{property}` is {given}; it takes {expected}.",
      leadsTo: "The value cannot be read.",
      remedy: "Write {expected}.",
    },
    CSP_INPUT_UNKNOWN: {
      kind: "input",
      fact: "`{property}` is not an input of a customer subscription.",
      leadsTo: "A misspelled input would silently have no effect.",
      remedy: "Remove it or correct it; the inputs are {known}.",
    },
    CSP_GUID_MALFORMED: {
      kind: "input",
      fact: '`{property}` is "{value}", which is not a GUID{hint}.',
      leadsTo: "Azure would refuse it, or worse, take it for another id.",
      remedy: "Write it as Azure prints it: 8-4-4-4-12 hexadecimal digits, without braces or spaces.",
    },
    CSP_GUID_NIL: {
      kind: "input",
      fact: "`{property}` is the nil GUID, all zeros.",
      leadsTo: "No subscription and no directory has that id; it is usually an empty value filled in by a tool.",
      remedy: "Put the real id in.",
    },
    CSP_VALUE_UNKNOWN: {
      kind: "input",
      fact: "`{property}` is {value}, by which Pulumi stands in for a value that it does not know.",
      leadsTo:
        "It looks like an id, and no subscription or directory has it. Outputs of a stack show it where a resource that they depend on has failed and the run went on.",
      remedy: "Cure that resource and run its stack again; then take the value anew.",
    },
    CSP_RESOURCE_GROUP_NAME: {
      kind: "input",
      fact: '`{property}` is "{value}", which is no name of a resource group: {reason}.',
      leadsTo: "Azure would refuse every request with it.",
      remedy: "Take the name of the group that holds the registration, usually `azurestack`.",
    },
    CSP_REGISTRATION_NAME: {
      kind: "input",
      fact: '`{property}` is "{value}", which is no name of a registration: {reason}.',
      leadsTo: "Azure would refuse every request with it.",
      remedy: "Take the last part of the registration's ARM id; it is usually `azurestack-<cloud id>`.",
    },
    CSP_REGISTRATION_ID_MALFORMED: {
      kind: "input",
      fact: '`registrationId` is "{value}", which is not the ARM id of a registration{hint}.',
      leadsTo: "There is no registration to put the customer subscription under.",
      remedy:
        "Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.AzureStack/registrations/<name>, without anything behind it.",
    },
    CSP_REGISTRATION_GIVEN_TWICE: {
      kind: "input",
      fact: "The registration is given both by `registrationId` and by `{property}`.",
      leadsTo: "If the two ever disagree, a customer would be registered on the wrong Hub.",
      remedy: "Keep one form: `registrationId`, or the three names.",
    },
    CSP_CUSTOMER_IS_REGISTRATION_SUBSCRIPTION: {
      kind: "input",
      fact: "`customerSubscriptionId` is {value}, the registration's own subscription.",
      leadsTo: "The tenant's usage would be billed to the provider, which is what happens without any registration.",
      remedy: "Put in the customer's own Azure subscription, the one sold to it through Partner Center.",
    },
    CSP_CLOUD_NAME: {
      kind: "input",
      fact: '`{property}` is "{value}", which is no Azure cloud.',
      leadsTo: "There is no telling where the registration is.",
      remedy: "Take one of {known}, or leave it out for the cloud of the environment.",
    },
    CSP_CREDENTIAL_PREFIX: {
      kind: "input",
      fact: '`{property}` is "{value}", which cannot begin the name of an environment variable.',
      leadsTo: "The credential of the registration would not be found.",
      remedy: "Write capital letters, digits and underscores, a letter first: CONTOSO stands for CONTOSO_CLIENT_ID.",
    },
    CSP_TEXT_UNPRINTABLE: {
      kind: "input",
      fact: '`{property}` is "{value}", with characters that cannot be seen: {characters}.',
      leadsTo:
        "People would read another text than the one that is there, and terminals and logs could be steered by it.",
      remedy: "Type the text anew, on one line; pasted text often brings them along.",
    },
    CSP_PROVIDER_GIVEN: {
      kind: "input",
      fact: "{name} has a provider of its own for `pulumi-nodejs`, from `provider` or `providers` in its options or a parent's.",
      leadsTo:
        "Pulumi would run that provider as a second process, which does not know what the rest of the run declares: renaming a row could un-register its customer.",
      remedy: "Take the provider out. Another cloud or credential is named by `cloud` and `credentialPrefix`.",
    },
    CSP_LOCK_LEVEL: {
      kind: "input",
      fact: '`{property}` is "{value}", which is no level of a management lock.',
      leadsTo: "There is no telling whether a lock that is there is the one that is meant.",
      remedy: "Write CanNotDelete or ReadOnly, as `az lock list` shows it.",
    },
    CSP_DATE_MALFORMED: {
      kind: "input",
      fact: '`{property}` is "{value}", which is not a date.',
      leadsTo: "There is no telling until when the mapping has to stay.",
      remedy: "Write a calendar date as YYYY-MM-DD; it lasts until 00:00 UTC after that day.",
    },
  },
});
