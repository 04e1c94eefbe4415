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
    CSP_COMMAND_INTERRUPTED: {
      kind: "refused",
      fact: "Ctrl-C or SIGTERM ended the command before it was done.",
      leadsTo: "What it had done until then stays.",
      remedy: "Run it again; it goes on from there.",
    },
    CSP_COMMAND_CODE_UNKNOWN: {
      kind: "usage",
      fact: '"{code}" is the code of no error{nearest}.',
      leadsTo: "There is nothing to explain.",
      remedy:
        "Copy the code from the brackets in front of the message. A message without one, or with a code that does not begin with CSP_, is that of Azure or Pulumi.",
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
      remedy:
        "Name the files of the list, or run the command in the folder that holds it. `azurestack-csp init` writes a first list.",
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
    CSP_COMMAND_NO_HUBS: {
      kind: "input",
      fact: "None of the {count} registrations of the list has a `hub`.",
      leadsTo: "It is not known where usage can be asked for.",
      remedy: "Give the registrations the addresses of their Hubs: `hub:` with `adminEndpoint` (docs/tenant-list.md).",
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
    CSP_COMMAND_STATE_TORN: {
      kind: "refused",
      fact: "{file} is not whole, for Pulumi was ended while it wrote it, and {obstacle}.",
      leadsTo: 'Pulumi answers every command on the stack with "EOF", so what it manages is not known.',
      remedy:
        "Copy the folder. Where the state beside the file is whole, delete the file, which holds nothing that Pulumi needs. Else put the copy whose name ends in .bak in the place of the state, delete the file, and run `azurestack-csp reconcile`, which finds what the killed run has written.",
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
      remedy:
        "Name a file that can be written, free space on its disk, or correct the folder's permissions; TMPDIR names the folder of temporary files.",
    },
    CSP_INIT_UNATTENDED: {
      kind: "usage",
      fact: "The command asks its way to a list, and nobody is there to answer.",
      leadsTo: "Nothing was written.",
      remedy: "Pass --yes in a pipeline: then all registrations that are found, or those of --registration, are taken.",
    },
    CSP_INIT_NO_REGISTRATIONS: {
      kind: "input",
      fact: "No registration that can have customers was found in the {count} subscriptions that this credential sees.",
      leadsTo: "A list has to say on which registrations its customers are. Nothing was written.",
      remedy:
        "Name the registration: --registration KEY=ID. Where it should have been found, sign in to the directory of the Hub's registration, as a principal with a role on its subscription (docs/permissions.md).",
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
