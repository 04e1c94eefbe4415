import { defineErrors } from "./defineErrors.ts";

export const tenantListErrors = defineErrors({
  title: "Tenant list errors",
  about: "Problems with a tenant list, found before anything is declared.",
  errors: {
    CSP_LIST_FILE_UNREADABLE: {
      kind: "input",
      fact: "{file} cannot be read: {reason}.",
      leadsTo: "A list read in part would remove the customers of the missing part, so nothing is registered.",
      remedy: "Correct the path, relative to the project's folder, or make the file readable.",
    },
    CSP_LIST_FORMAT_UNKNOWN: {
      kind: "input",
      fact: "{file} does not end in .yaml, .yml, .json or .csv.",
      leadsTo: "There is no telling how to read it.",
      remedy: "Name the file after what it holds.",
    },
    CSP_LIST_ENCODING: {
      kind: "input",
      fact: "The file holds {character} here, so it was not saved as UTF-8.",
      leadsTo: "Names would be mangled, and ids might be misread.",
      remedy: 'Save it as UTF-8 (in Excel: "CSV UTF-8", in PowerShell: -Encoding utf8).',
    },
    CSP_LIST_SYNTAX: {
      kind: "input",
      fact: "The file is not {format}: {reason}.",
      leadsTo: "Rows might be read wrongly or not at all, so nothing is registered.",
      remedy: "{remedy}",
    },
    CSP_LIST_MULTIPLE_DOCUMENTS: {
      kind: "input",
      fact: "A second YAML document begins here.",
      leadsTo: "Its rows would be ignored.",
      remedy: "Remove the separator (`---` or `...`), or put the document into a file of its own.",
    },
    CSP_LIST_ALIAS: {
      kind: "input",
      fact: "The alias `*{name}` {reason}.",
      leadsTo: "Its value cannot be told.",
      remedy: "Write the value out, or use `defaults`.",
    },
    CSP_LIST_DUPLICATE_KEY: {
      kind: "input",
      fact: "`{key}` is given a second time; the first is at {first}.",
      leadsTo: "One of the two would silently win.",
      remedy: "Keep one.",
    },
    CSP_LIST_EMPTY_FILE: {
      kind: "input",
      fact: "The file holds no value.",
      leadsTo: "Taken for an empty list it would remove every customer, while it is more likely cut off.",
      remedy: "Restore it; a list that is meant to be empty says `tenants: []`.",
    },
    CSP_LIST_ROOT: {
      kind: "input",
      fact: "The file holds {given} where a map with `registrations` and `tenants` is expected.",
      leadsTo: "No customer can be read from it.",
      remedy: "Put the rows under `tenants:` and the Hubs under `registrations:`.",
    },
    CSP_LIST_NO_TENANTS: {
      kind: "input",
      fact: "`tenants` is missing.",
      leadsTo: "Taken for an empty list it would remove every customer.",
      remedy:
        "Add the rows, or name the file that holds them too; only a list that is meant to be empty says `tenants: []`.",
    },
    CSP_LIST_UNKNOWN_KEY: {
      kind: "input",
      fact: "`{key}` is not a key of {place}{nearest}.",
      leadsTo: "A misspelled key would silently have no effect.",
      remedy: "Correct or remove it; the keys are {known}.",
    },
    CSP_LIST_CELLS: {
      kind: "input",
      fact: "The row has {given} cells and the header has {expected}{hint}.",
      leadsTo: "Cells may have slipped into another column, and usage would be billed to the wrong customer.",
      remedy: "Give every row as many cells as the header, and quote a cell that holds the delimiter.",
    },
    CSP_LIST_COLUMN_MISSING: {
      kind: "input",
      fact: "The first row has no column {columns}{hint}.",
      leadsTo: "There is no telling which cell is whose id, so no row is read.",
      remedy: "Begin the file with a header: name, tenantId, customerSubscriptionId, registrations.",
    },
    CSP_LIST_NO_ROWS: {
      kind: "input",
      fact: "The file has a header and no rows.",
      leadsTo: "Taken for an empty list it would remove every customer, while it is more likely cut off.",
      remedy: "Restore the rows; a list that is meant to be empty is a YAML file with `tenants: []`.",
    },
    CSP_LIST_COLUMN_UNNAMED: {
      kind: "input",
      fact: 'The cell "{value}" stands in a column without a name.',
      leadsTo: "There is no telling what it means.",
      remedy: "Name the column in the first row, or clear the cell.",
    },
    CSP_LIST_REGISTRATION_KEY: {
      kind: "input",
      fact: '"{value}" cannot be the key of a registration.',
      leadsTo: "The key becomes part of resource names, and CSV separates keys by spaces and semicolons.",
      remedy: "Write up to 64 letters, digits, full stops, hyphens and underscores, a letter or digit first.",
    },
    CSP_LIST_REGISTRATION_UNDEFINED: {
      kind: "input",
      fact: 'No registration has the key "{value}"{nearest}.',
      leadsTo: "What names it, a tenant or an option, would mean no Hub at all.",
      remedy: "Correct the key, or define it under `registrations`; the keys are {known}.",
    },
    CSP_LIST_REGISTRATIONS_MISSING: {
      kind: "input",
      fact: "The tenants name registrations, and no file of the list defines any.",
      leadsTo: "There is no telling which Hubs they are, so nothing can be registered.",
      remedy:
        "Name the file that defines them too: `azurestack-csp validate registrations.yaml {file}`; a program takes a pattern, such as `lists/*`.",
    },
    CSP_LIST_REGISTRATION_SAME: {
      kind: "input",
      fact: "Registrations {first} ({firstPlace}) and {second} are both {registration}.",
      leadsTo: "One customer could be declared twice on it, and differently.",
      remedy: "Keep one of the two keys, or correct the id.",
    },
    CSP_LIST_NO_REGISTRATIONS: {
      kind: "input",
      fact: "Tenant {tenant} is on no registration.",
      leadsTo: "It would be registered nowhere, and its usage billed to the CSP's own subscription.",
      remedy: "Name its registrations, or remove the row if that is meant.",
    },
    CSP_LIST_TENANT_TWICE: {
      kind: "input",
      fact: "Tenant {tenantId} is mapped a second time on registration {registration}: by {second} here, by {first} at {firstPlace}.",
      leadsTo:
        "A registration has one customer subscription per tenant, so the second would silently displace the first.",
      remedy: "Keep one of the two, or correct the tenant id.",
    },
    CSP_LIST_SUBSCRIPTION_TWICE: {
      kind: "input",
      fact: "Customer subscription {customerSubscriptionId} is used a second time on registration {registration}: by {second} here, by {first} at {firstPlace}.",
      leadsTo: "It can be mapped to one tenant only; the other's usage would be billed to the CSP's own subscription.",
      remedy: "Keep one of the two, or correct the subscription id.",
    },
    CSP_LIST_NAME_TWICE: {
      kind: "input",
      fact: 'The name "{name}" is also that of tenant {firstTenantId} at {firstPlace}.',
      leadsTo: "Reports could not tell the two customers apart, and one row may be a copy that was not finished.",
      remedy: "Give each customer a name of its own, or correct the tenant id.",
    },
    CSP_LIST_TENANT_IS_SUBSCRIPTION: {
      kind: "input",
      fact: "Tenant and customer subscription have the same id, {tenantId}.",
      leadsTo: "One of the two is wrong: a directory and a subscription never share one.",
      remedy: "Take `tenantId` from the customer's directory and `customerSubscriptionId` from its Azure subscription.",
    },
    CSP_LIST_USES_REGISTRATION_SUBSCRIPTION: {
      kind: "input",
      fact: "Customer subscription {customerSubscriptionId} is also the own subscription of registration {registration}.",
      leadsTo: "It is usually the CSP's, so the tenant's usage may be billed to the CSP instead of the customer.",
      remedy: "Check that the subscription was sold to this customer.",
    },
    CSP_LIST_RETAIN_UNTIL_MISSING: {
      kind: "input",
      fact: "Tenant {tenant} is suspended and has no `retainUntil`.",
      leadsTo: "Its mapping could be removed before its last usage has arrived, and that would be billed to the CSP.",
      remedy: "Set `retainUntil` to the last day that the mapping has to stay, as YYYY-MM-DD.",
    },
    CSP_LIST_RETAIN_UNTIL_FAR: {
      kind: "input",
      fact: "`retainUntil` is {value}, more than {years} years ahead.",
      leadsTo: "Until then the mapping can be neither removed nor moved; years of another calendar look like this.",
      remedy: "Write a year of the Gregorian calendar: 2026, not 2569.",
    },
    CSP_LIST_MORE_ISSUES: {
      kind: "input",
      fact: "There are {count} more {kind} beside the {shown} that are shown; the first of them is here.",
      leadsTo: "Most likely one slip is repeated, such as a column that has moved or another kind of file.",
      remedy: "Correct the first few and check the list again.",
    },
  },
});
