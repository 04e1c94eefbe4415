import { defineErrors } from "@azurestack-csp/provider";

/** The family as `docs/errors.md` shows it. */
export const usageFamily = defineErrors({
  title: "Usage store errors",
  about: "What keeps usage from its store, and what is kept there without being counted.",
  errors: {
    CSP_STORE_MISSING: {
      kind: "input",
      fact: "There is no usage store in {store}.",
      leadsTo: "There is nothing to show.",
      remedy: "Make one with `azurestack-csp usage sync`, or name its folder: --store or AZURESTACK_CSP_USAGE_STORE.",
    },
    CSP_STORE_FOREIGN: {
      kind: "input",
      fact: "{store} is no usage store, and has files of somebody else: {files}.",
      leadsTo: "A store would lie among them, so nothing was written there.",
      remedy: "Name a folder that is empty or not there yet: --store or AZURESTACK_CSP_USAGE_STORE.",
    },
    CSP_STORE_BUSY: {
      kind: "conflict",
      fact: "Another sync of {store} is under way: process {pid} on {host}, since {since}.",
      leadsTo: "Two at one time would ask for the same usage twice, so this one does not begin.",
      remedy: "Wait for it to end. Once its process is gone, the store is free by itself.",
    },
    CSP_STORE_NEWER: {
      kind: "install",
      fact: "{store} is written in version {version} of the store's form, and this program knows up to version {known}.",
      leadsTo: "It would read or write it wrongly, so it leaves the store as it is.",
      remedy: "Use the release that wrote it, or a newer one: `npm install --save-dev @azurestack-csp/usage@latest`.",
    },
    CSP_STORE_OLDER: {
      kind: "install",
      fact: "{store} is written in version {version} of the store's form, and this program reads version {known} alone.",
      leadsTo: "It would read or write it wrongly, so it leaves the store as it is.",
      remedy:
        "Sync into another folder, which asks the Hubs for everything anew: --store. The release that wrote the old one reads it.",
    },
    CSP_STORE_UNREADABLE: {
      kind: "input",
      fact: "{file} cannot be read as the list of a usage store: {reason}.",
      leadsTo: "Which usage is in the store is not known, so the store was left as it is.",
      remedy:
        "Check that --store names the right folder. Bring {file} back from a backup; the Parquet files beside it stay as they are. To begin anew, name another folder.",
    },
    CSP_STORE_READ_REFUSED: {
      kind: "refused",
      fact: "{file} cannot be opened to be read: {reason}.",
      leadsTo: "What is in the store is not known; it was left as it is.",
      remedy:
        "Give the command the right to read the store and to write in its folder, where SQLite keeps what readers and a sync agree on in files beside {file}. Else read a copy of the whole folder.",
    },
    CSP_STORE_LOCKED: {
      kind: "conflict",
      fact: "{file} is held by another program: {reason}.",
      leadsTo: "The command waited, then gave up; what was noted until then stays, and nothing is lost.",
      remedy: "End whatever else has {file} open to write, such as an SQLite shell, and run the command again.",
    },
    CSP_STORE_FILE_TORN: {
      kind: "input",
      fact: "Files of the store are not as they were written: {files}.",
      leadsTo: "Their usage is missing or wrong in every sum, so the store is not read with them.",
      remedy:
        "Bring them back from a backup. Where there is none, ask again for what they held, all of it at once: `azurestack-csp usage sync {again}`.",
    },
    CSP_STORE_FULL: {
      kind: "refused",
      fact: "The disk of {store} is full: {reason}.",
      leadsTo: "The sync stopped; what it had noted until then stays, and nothing is lost.",
      remedy: "Free space there, and run the command again; it goes on where it stopped.",
    },
    CSP_STORE_UNWRITABLE: {
      kind: "refused",
      fact: "{file} cannot be written: {reason}.",
      leadsTo: "The sync stopped; what it had noted until then stays, and nothing is lost.",
      remedy: "Make the folder writable for the command, or name another with --store, and run the command again.",
    },
    CSP_STORE_FILE_SYSTEM: {
      kind: "refused",
      fact: "The file system of {store} lacks what a store needs: {reason}.",
      leadsTo: "Readers could see half of what is written, so nothing is published there.",
      remedy: "Keep the store on a local disk, and name its folder with --store or AZURESTACK_CSP_USAGE_STORE.",
    },
    CSP_STORE_ENGINE: {
      kind: "refused",
      fact: "DuckDB could not {action}: {reason}.",
      leadsTo: "The sync stopped there; what is staged stays for the next one, and nothing is lost.",
      remedy: "Run the command again. Where it happens again, look for free memory and disk space, then report it.",
    },
    CSP_STORE_QUERY: {
      kind: "refused",
      fact: "DuckDB could not {action}: {reason}.",
      leadsTo: "There is no answer. The store is as it was, for whoever reads changes nothing in it.",
      remedy:
        "Correct the query. Where memory or space is short, narrow it to fewer days, or free space where temporary files go (TMPDIR).",
    },
    CSP_STORE_HUB_UNKNOWN: {
      kind: "input",
      fact: 'No Hub "{value}"{nearest} was ever synced into {store}.',
      leadsTo: "Nothing is known of its usage.",
      remedy:
        "Name it as the list does, or by its cloud id; the store has {known}. `azurestack-csp usage sync` brings in others.",
    },
    CSP_SYNC_HUB_CHANGED: {
      kind: "input",
      fact: 'Registration "{key}" was Hub {before} when it was first synced, and is Hub {now} today.',
      leadsTo: "Usage of two Hubs would be taken for that of one. Nothing was asked for.",
      remedy:
        "Correct the registration in the list. Where it is another Hub indeed, give it a key that no Hub had before.",
    },
    CSP_SYNC_HUB_TWICE: {
      kind: "input",
      fact: 'Registrations "{key}" and "{other}" are the same Hub, {hub}.',
      leadsTo: "Its usage would be asked for twice. Nothing was asked for under the second key.",
      remedy: "Take one of them out of the list, or leave its `hub` out.",
    },
    CSP_SYNC_CLOUD_ID: {
      kind: "input",
      fact: 'Registration "{key}" has the cloud id "{cloudId}", which cannot name a folder.',
      leadsTo: "Usage is kept by the Hub's cloud id, so none was asked for.",
      remedy: "Check the registration in Azure: its `cloudId` comes from the Hub when it is registered.",
    },
    CSP_SYNC_GRANULARITY: {
      kind: "input",
      fact: 'Usage of "{key}" is kept {fixed} since its first sync, and {given} is asked for.',
      leadsTo: "The same usage would be in the store twice and summed twice. Nothing was asked for.",
      remedy: "Leave --granularity out, or use another store: --store.",
    },
    CSP_SYNC_ASKER_CHANGED: {
      kind: "input",
      fact: 'Usage of "{key}" was first asked for at {fixed}, and today at {given}.',
      leadsTo:
        "Each shows other usage, and what was asked for is not asked for again, so that days would pass for whole that are not. Nothing was asked for.",
      remedy: "Give the registration in the list the endpoint and the principal it had, or use another store: --store.",
    },
    CSP_SYNC_RANGE: {
      kind: "usage",
      fact: "{option} {given} cannot be used: {reason}.",
      leadsTo: "Nothing was asked for.",
      remedy: "Write days or full hours in UTC: 2026-10-01, 2026-10-01T18:00Z; a month as 2026-10.",
    },
    CSP_SYNC_AGAIN_UNKNOWN: {
      kind: "input",
      fact: 'No window between {from} and {to} was ever asked of "{key}".',
      leadsTo: "There is nothing to replace.",
      remedy: "Leave --again out; --from, --to and --month ask for what is not there yet.",
    },
    CSP_SYNC_CLOCK: {
      kind: "input",
      fact: 'By the clock of this machine it is {here}, and by that of Hub "{key}" {there}.',
      leadsTo: "Windows would be asked for while usage is still reported in them, and never again. Nothing was noted.",
      remedy: "Set the clock of this machine, or that of the Hub, and run the command again.",
    },
    CSP_SYNC_ROWS_LOST: {
      kind: "conflict",
      fact: "Asked again, {windows} windows from {start} to {end} come with {lost} rows fewer than the store has of them: {before} rows before in all that was asked again, {after} now.",
      leadsTo: "The Hub may no longer keep usage of that time. Nothing was replaced, and the rows of before stay live.",
      remedy:
        "Find out why the Hub has less. Where it is right, ask again with `--max-rows-lost {lost}`; the rows of before are gone then.",
    },
    CSP_SYNC_TIMED_OUT: {
      kind: "service",
      fact: 'Hub "{key}" does not answer in time for the usage of {subscriber} reported from {start} to {end}.',
      leadsTo: "That window is missing; the others went on.",
      remedy: "Run the command again when the Hub is less busy.",
    },
    CSP_SYNC_SUBSCRIBER_REFUSED: {
      kind: "refused",
      fact: 'Hub "{key}" refuses the usage of subscription {subscriber} reported from {start} to {end}: {reason}.',
      leadsTo: "Every window that needs it is missing whole, for what the subscription used is not known.",
      remedy:
        "Give the principal the Reader role on that subscription, and run the command again; it goes on where it stopped.",
    },
    CSP_SYNC_NO_SUBSCRIBERS: {
      kind: "refused",
      fact: 'Hub "{key}" has to be asked one subscription at a time, and shows the principal none.',
      leadsTo: "Whose usage there is cannot be told, so no window was asked for and all stay to be asked for.",
      remedy: "Give the principal the Reader role on the subscriptions, and run the command again.",
    },
    CSP_SYNC_LINK_EXPIRED: {
      kind: "service",
      fact: 'Hub "{key}" gave up its own link to the next page {count} times for the window from {start} to {end}.',
      leadsTo: "That window is missing; the others went on.",
      remedy: "Run the command again; it begins that window anew.",
    },
    CSP_SYNC_LINK_REPEATED: {
      kind: "service",
      fact: 'Hub "{key}" links page {page} of the window from {start} to {end} to a page that was read before.',
      leadsTo: "It would be read without end, so that window is missing; the others went on.",
      remedy: "Run the command again, which begins that window anew; where the link stays, tell Microsoft's support.",
    },
    CSP_SYNC_ROW_LENGTH: {
      kind: "service",
      fact: "A row of meter {meter} in subscription {subscription} has {length} characters.",
      leadsTo: "That is more than any resource has tags for, so its window is missing; the others went on.",
      remedy: "Look at the tags of the subscription's resources on the Hub, and run the command again.",
    },
    CSP_SYNC_QUANTITY_OVERFLOW: {
      kind: "service",
      fact: "The quantity {quantity} of meter {meter} in subscription {subscription} does not fit into 18 digits before the point.",
      leadsTo: "It is kept as text and in no sum.",
      remedy:
        "Look at the resource's usage on the Hub. Once the Hub has it right, ask it again for the reported window that `usage status` names: `usage sync --again FROM..TO`.",
    },
    CSP_SYNC_QUANTITY_UNDERFLOW: {
      kind: "service",
      fact: "The quantity {quantity} of meter {meter} in subscription {subscription} would become 0 with 20 places.",
      leadsTo: "It is kept as text and in no sum.",
      remedy:
        "Look at the resource's usage on the Hub. Once the Hub has it right, ask it again for the reported window that `usage status` names: `usage sync --again FROM..TO`.",
    },
    CSP_SYNC_CONFLICT: {
      kind: "service",
      fact: "Meter {meter} in subscription {subscription} comes twice for one resource, time and reported window, and not alike: the quantities are {kept} and {quantity}.",
      leadsTo: "The first in the Hub's own order counts; the other is kept as text with all it says, and in no sum.",
      remedy:
        "Ask the Hub again for the reported window that `usage status` names: `usage sync --again FROM..TO`. Where it stays, tell Microsoft's support.",
    },
  },
});

/** The errors of the family, each by its code. */
export const usageErrors = usageFamily.errors;
