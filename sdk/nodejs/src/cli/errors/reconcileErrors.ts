import { defineErrors } from "@azurestack-csp/provider";

/** The family as `docs/errors.md` shows it. */
export const reconcileFamily = defineErrors({
  title: "Reconcile errors",
  about: "What keeps `reconcile` from bringing a stack to what its list declares.",
  errors: {
    CSP_RECONCILE_BUSY: {
      kind: "conflict",
      fact: 'Another reconcile of stack "{stack}" is under way: process {pid} on {host}, since {since}.',
      leadsTo: "Two at one time would undo each other's work.",
      remedy: "Wait for it to end. If it has ended, in a container or on a machine that is gone, delete {file}.",
    },
    CSP_RECONCILE_LOCK_UNWRITABLE: {
      kind: "refused",
      fact: 'The lock of stack "{stack}" cannot be kept in {file}: {reason}.',
      leadsTo: "Without it two runs could work on the stack at one time, so this one does not go on.",
      remedy: "Free space there, or make the folder writable for the command, and run it again.",
    },
    CSP_RECONCILE_RUN_ALIVE: {
      kind: "conflict",
      fact: 'An earlier run of stack "{stack}" is still at work: process {pid} on {host}.',
      leadsTo: "It may still change what is live, so that cannot be looked at yet.",
      remedy: "Run the command again once the process has ended. Where it does not end by itself, end it.",
    },
    CSP_RECONCILE_UNCONFIRMED: {
      kind: "usage",
      fact: "The run would make {count} changes, and nobody is there to confirm it.",
      leadsTo: "The plan was not applied.",
      remedy: "Pass --yes in a pipeline.",
    },
    CSP_RECONCILE_PLAN_CHANGED: {
      kind: "conflict",
      fact: 'What would be done to stack "{stack}" is no longer what was shown and agreed to.',
      leadsTo: "The stack was left as it is; the others were worked on as agreed.",
      remedy: "Run the command again, and look at the plan of that stack.",
    },
    CSP_RECONCILE_PROGRAM_DIFFERS: {
      kind: "input",
      fact: "The program does not declare what the list does: {differences}.",
      leadsTo: "The checks would be about another list than the one that is applied. Nothing was written to Azure.",
      remedy: "Name the files that the program reads, or correct the program.",
    },
    CSP_RECONCILE_PROGRAM_WHOLE: {
      kind: "usage",
      fact: "The program in {folder} declares the whole list, and {option} limits the run to some registrations.",
      leadsTo: "A program cannot be limited from outside without going past its guard, so nothing was done.",
      remedy:
        "Leave {option} out, or run the command where no Pulumi.yaml is, with the stack that the built-in program has.",
    },
    CSP_RECONCILE_NOT_LIMITED: {
      kind: "input",
      fact: 'Stack "{stack}" holds {count} customer subscriptions on other registrations that a run limited to {registrations} cannot leave as they are: {mappings}.',
      leadsTo: "It would change or remove them, or take their `protect` away. Nothing was written to Azure.",
      remedy:
        "Look at `azurestack-csp plan`, and name their registrations as well or run without --registration and --keep-going.",
    },
    CSP_RECONCILE_OTHER_LIST: {
      kind: "input",
      fact: 'Stack "{stack}" manages {count} customer subscriptions, and none of them on a registration that {files} defines; they are on {registrations}.',
      leadsTo: "All of them would be removed: stack and list do not belong together. Nothing was written to Azure.",
      remedy:
        "Name the list of this stack, or the stack of this list. Where a Hub was registered anew, keep its old registration in the list beside the new one until a run has removed what is left on it.",
    },
    CSP_RECONCILE_HELD_ELSEWHERE: {
      kind: "input",
      fact: 'Stack "{holder}" manages {count} of the declared customer subscriptions already: {mappings}.',
      leadsTo: "Two stacks that manage one mapping undo each other's work, so the list is not applied.",
      remedy:
        "Correct --stack. To move them here, first take them out of the state of that stack (`pulumi state delete URN --stack {holder}`), and then out of its list; a run without their rows before that would un-register the customers.",
    },
    CSP_RECONCILE_MANAGED_TWICE: {
      kind: "input",
      fact: 'Stack "{holder}" manages {count} of the customer subscriptions as well that stack "{stack}" would remove or give to another tenant: {mappings}.',
      leadsTo: "The customers would lose a mapping that the other stack keeps. Nothing was written to Azure.",
      remedy:
        "If stack {holder} is to keep them, take them out of the state of stack {stack}: `pulumi state delete URN --stack {stack}`. If they are to go, take them out of the state of stack {holder} (`pulumi state delete URN --stack {holder}`), then out of its list, and run this again.",
    },
    CSP_RECONCILE_STACK_TAKEN: {
      kind: "input",
      fact: 'Stack "{stack}" was not made for a registration of stack "{whole}", and holds resources.',
      leadsTo: "They would be deleted, because the list does not declare them; so it is not applied.",
      remedy: "Give the registration another key, or choose another name with --stack.",
    },
    CSP_RECONCILE_STACK_NOT_SPLIT: {
      kind: "input",
      fact: 'Stack "{stack}" still manages {count} customer subscriptions on registrations that the list does not define: {mappings}.',
      leadsTo: "They belong to no registration's stack, and nobody would remove them. Nothing was written to Azure.",
      remedy: "Run reconcile once without --stack-per-registration, or put the registrations back.",
    },
    CSP_RECONCILE_STACK_FOREIGN: {
      kind: "input",
      fact: 'Stack "{stack}" holds {count} resources that do not come from a tenant list: {resources}.',
      leadsTo: "The built-in program does not declare them, so Pulumi would delete them. Nothing was written to Azure.",
      remedy: "Choose another name with --stack.",
    },
    CSP_RECONCILE_JOURNAL_UNREADABLE: {
      kind: "input",
      fact: "The journal of an interrupted run, {file}, cannot be read: {reason}.",
      leadsTo: "What that run wrote last may be live without being managed.",
      remedy: "Compare with `azurestack-csp audit`, then delete the file.",
    },
    CSP_RECONCILE_JOURNAL_UNWRITABLE: {
      kind: "refused",
      fact: "The journal of the run, {file}, cannot be written: {reason}.",
      leadsTo: "Nobody could tell what a killed run had sent, so nothing was sent to Azure.",
      remedy: "Free space there, or make the folder writable for the command, and run it again.",
    },
    CSP_RECONCILE_JOURNAL_STAYS: {
      kind: "refused",
      fact: "The journal {file} is settled, and cannot be removed: {reason}.",
      leadsTo: "The next run would take what somebody registers until then, and the journal names, for its own work.",
      remedy: "Delete the file, and make its folder writable for the command.",
    },
  },
});

/** The errors of the family, each by its code. */
export const reconcileErrors = reconcileFamily.errors;
