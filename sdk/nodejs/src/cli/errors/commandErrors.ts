import { defineErrors } from "@azurestack-csp/provider";

/** The family as `docs/errors.md` shows it. */
export const commandFamily = defineErrors({
  title: "Command errors",
  about: "What keeps a command of the command line from its work.",
  errors: {
    CSP_COMMAND_USAGE: {
      kind: "usage",
      fact: "The arguments cannot be used: {reason}.",
      leadsTo: "Nothing was done.",
      remedy: "Correct them; --help lists what there is.",
    },
    CSP_COMMAND_LIST_AMBIGUOUS: {
      kind: "input",
      fact: "No tenant list is named, and {folder} holds several: {files}.",
      leadsTo: "Read alone, one of them would leave out the customers of the others.",
      remedy: "Name the file, or all of them if they make one list: `azurestack-csp validate {files}`.",
    },
    CSP_COMMAND_LIST_MISSING: {
      kind: "input",
      fact: "No tenant list is named, and {folder} holds no tenants.yaml, tenants.yml, tenants.json or tenants.csv.",
      leadsTo: "There is nothing to compare with.",
      remedy: "Name the files of the list, or run the command in the folder that holds it.",
    },
    CSP_COMMAND_PULUMI_MISSING: {
      kind: "install",
      fact: "The Pulumi CLI cannot be run: {reason}.",
      leadsTo: "What the stack manages is not known.",
      remedy: "Install Pulumi (https://www.pulumi.com/docs/install/) and put `pulumi` on the PATH.",
    },
    CSP_COMMAND_PART_MISSING: {
      kind: "install",
      fact: "The {name} is not installed: there is no package {packageName} beside azurestack-csp.",
      leadsTo: "Nothing was done.",
      remedy: "Add it: `npm install --save-dev {packageName}`.",
    },
    CSP_COMMAND_PULUMI_FAILED: {
      kind: "refused",
      fact: 'Pulumi could not {action}, and says: "{reason}".',
      leadsTo: "The command stopped there.",
      remedy:
        "Correct what Pulumi names, and run the command again. Where it wants an access token, run `pulumi login` or set PULUMI_BACKEND_URL.",
    },
    CSP_COMMAND_STATE_WITHOUT_PROJECTS: {
      kind: "refused",
      fact: "The stacks in {folder} are not kept by project, and Pulumi {version} does not open such a state.",
      leadsTo: "What the stack manages is not known.",
      remedy:
        "Copy the folder, and upgrade it once with Pulumi 3.274.1 or earlier: `PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR=1 pulumi state upgrade`. Then run the command again.",
    },
    CSP_COMMAND_STACK_UNKNOWN: {
      kind: "input",
      fact: '"{stack}" is no stack of project {project}{known}.',
      leadsTo: "Everything that is live would look as if nobody managed it.",
      remedy:
        "Correct --stack or PULUMI_STACK, or create the stack: `pulumi stack init {stack}` beside a program, `azurestack-csp adopt --create-stack` elsewhere. `reconcile` creates the stack of its built-in program itself.",
    },
    CSP_COMMAND_STACK_BUSY: {
      kind: "conflict",
      fact: 'Another run holds the lock of stack "{stack}".',
      leadsTo: "The command stopped there.",
      remedy: "Wait for it to end; if it was killed, `pulumi cancel` frees the stack.",
    },
    CSP_COMMAND_STACK_NEEDED: {
      kind: "input",
      fact: "No stack is named, and none is selected.",
      leadsTo: "There is no state to {purpose}.",
      remedy: "Name it: --stack NAME.",
    },
    CSP_COMMAND_FILE_EXISTS: {
      kind: "input",
      fact: "{file} is there already.",
      leadsTo: "Writing it would destroy what somebody wrote.",
      remedy: "Name another file with {option}, or move this one away.",
    },
    CSP_COMMAND_FILE_UNWRITABLE: {
      kind: "input",
      fact: "{file} cannot be written: {reason}.",
      leadsTo: "The command stopped there.",
      remedy: "Name a file that can be written, or correct the folder's permissions.",
    },
    CSP_ADOPT_UNCONFIRMED: {
      kind: "usage",
      fact: '{count} mappings would come under management of stack "{stack}", and nobody is there to confirm it.',
      leadsTo: "The stack was not changed.",
      remedy: "Pass --yes in a pipeline.",
    },
    CSP_ADOPT_UNFINISHED: {
      kind: "conflict",
      fact: 'A run of stack "{stack}" did not come to its end, and {count} of its operations are open.',
      leadsTo:
        "The state would forget them, and what they have registered would be live and unmanaged. The stack was not changed.",
      remedy: "Run `azurestack-csp reconcile` first, or `pulumi refresh`.",
    },
  },
});

/** The errors of the family, each by its code. */
export const commandErrors = commandFamily.errors;
