import { defineErrors } from "@azurestack-csp/provider";

/** The family as `docs/errors.md` shows it. */
export const rateFamily = defineErrors({
  title: "Rate card errors",
  about: "Problems with a rate card, found before anything is rated by it.",
  errors: {
    CSP_RATES_FILE_UNREADABLE: {
      kind: "input",
      fact: "{file} cannot be read: {reason}.",
      leadsTo: "Without its card no usage has a price.",
      remedy: "Correct the path, or name the card: --rates FILE; docs/rates.md begins with one.",
    },
    CSP_RATES_FORMAT_UNKNOWN: {
      kind: "input",
      fact: "{file} does not end in .yaml, .yml, .json or .csv.",
      leadsTo: "There is no telling how to read it.",
      remedy: "Name the file after what it holds.",
    },
    CSP_RATES_ENCODING: {
      kind: "input",
      fact: "The file holds {character} here, so it was not saved as UTF-8.",
      leadsTo: "Names of meters would be mangled, and prices might be misread.",
      remedy: 'Save it as UTF-8 (in Excel: "CSV UTF-8", in PowerShell: -Encoding utf8).',
    },
    CSP_RATES_SYNTAX: {
      kind: "input",
      fact: "The file is not {format}: {reason}.",
      leadsTo: "Prices might be read wrongly or not at all, so none is.",
      remedy: "{remedy}",
    },
    CSP_RATES_CONFLICT_MARKERS: {
      kind: "input",
      fact: "Git has left the conflict marker `{marker}` here{more}.",
      leadsTo: "Two versions of the prices stand behind one another, and nothing says which of them is meant.",
      remedy: "Finish the merge: keep the rates that are right, and remove the lines with markers.",
    },
    CSP_RATES_MULTIPLE_DOCUMENTS: {
      kind: "input",
      fact: "A second YAML document begins here.",
      leadsTo: "Its rates would be ignored.",
      remedy: "Remove the separator (`---` or `...`); a card is one document in one file.",
    },
    CSP_RATES_ALIAS: {
      kind: "input",
      fact: "The alias `*{name}` {reason}.",
      leadsTo: "Its value cannot be told.",
      remedy: "Write the value out.",
    },
    CSP_RATES_DUPLICATE_KEY: {
      kind: "input",
      fact: "`{key}` is given a second time; the first is at {first}.",
      leadsTo: "One of the two would silently win.",
      remedy: "Keep one.",
    },
    CSP_RATES_UNKNOWN_KEY: {
      kind: "input",
      fact: "`{key}` is not a key of {place}{nearest}{more}.",
      leadsTo: "A misspelled key would silently have no effect on what is charged.",
      remedy: "Correct or remove it; the keys are {known}.",
    },
    CSP_RATES_EMPTY: {
      kind: "input",
      fact: "The card has no rates.",
      leadsTo: "All usage would be unrated; more likely the file is cut off, or another one is meant.",
      remedy: "Restore it, or write the prices under `rates`.",
    },
    CSP_RATES_ROOT: {
      kind: "input",
      fact: "The file holds {given} where a map with `currency` and `rates` is expected.",
      leadsTo: "No price can be read from it.",
      remedy: "Put the prices as a list under `rates:`.",
    },
    CSP_RATES_CELLS: {
      kind: "input",
      fact: "The row has {given} cells and the header has {expected}{hint}.",
      leadsTo: "Cells may have slipped into another column, and one price be taken for another.",
      remedy:
        "Give every row as many cells as the header, and quote a cell that holds the delimiter, such as a price with a comma.",
    },
    CSP_RATES_COLUMN_MISSING: {
      kind: "input",
      fact: "The first row has no column {columns}{hint}.",
      leadsTo: "There is no telling which cell is the price of what, so no row is read.",
      remedy: "Begin the file with a header: meter, unit, price, currency.",
    },
    CSP_RATES_COLUMN_UNNAMED: {
      kind: "input",
      fact: 'The cell "{value}" stands in a column without a name.',
      leadsTo: "There is no telling what it means.",
      remedy: "Name the column in the first row, or clear the cell.",
    },
    CSP_RATES_MORE_ISSUES: {
      kind: "input",
      fact: "There are {count} more {kind} beside the {shown} that are shown; the first of them is here.",
      leadsTo: "Most likely one slip is repeated, such as a column that has moved or another kind of file.",
      remedy: "Correct the first few and check the card again.",
    },
    CSP_RATES_MISSING: {
      kind: "input",
      fact: "`{property}` is missing.",
      leadsTo: "What it belongs to cannot be rated without it.",
      remedy: "Set `{property}`.{hint}",
    },
    CSP_RATES_NUMBER: {
      kind: "input",
      fact: '`{property}` is "{value}", which is no number as a card has them{hint}.',
      leadsTo: "Read in any other way it could be another amount.",
      remedy: "Write it out with a full stop before the places: 0.0125.",
    },
    CSP_RATES_DIGITS: {
      kind: "input",
      fact: "`{property}` is {value}, of more than {most} digits and not in quotes.",
      leadsTo:
        "It is read here as it is written, but a program that saves the file may keep it as a binary number and lose the last digits.",
      remedy: 'Check the digits, and put them into quotes: "{value}".',
    },
    CSP_RATES_NEGATIVE: {
      kind: "input",
      fact: "`{property}` is {value}, below 0.",
      leadsTo: "The CSP would pay its customers for what they use.",
      remedy: "Write what is charged; what costs nothing is 0, and a discount is a `markup` below 0%.",
    },
    CSP_RATES_PLACES: {
      kind: "input",
      fact: "The price {price} of {meter} has {places} places{after}, and {most} are kept{hint}.",
      leadsTo: "Its last digits would be lost in every amount.",
      remedy:
        "Write a shorter price, or say with `pricePlaces` to how many places prices are rounded after their markup.",
    },
    CSP_RATES_ROUNDED_AWAY: {
      kind: "input",
      fact: "The price {price} of {meter} is 0 once it is rounded to {places} places.",
      leadsTo: "Its usage would be free, which nobody has said.",
      remedy: "Raise `pricePlaces`, or write a price of 0 if that is meant.",
    },
    CSP_RATES_PRICE_PLACES: {
      kind: "input",
      fact: '`{property}` is "{value}", which is no whole number from 0 to {most}.',
      leadsTo: "How prices are rounded cannot be told.",
      remedy: "Write how many places a price keeps after its markup, or leave it out: up to 8 places are then exact.",
    },
    CSP_RATES_MARKUP: {
      kind: "input",
      fact: '`{property}` is "{value}", which is no markup{hint}.',
      leadsTo: "Whether 10 and 0.1 mean the same cannot be told.",
      remedy: "Write it in per cent, with the sign: 10%, 2.5%, or -5% for a discount.",
    },
    CSP_RATES_METER_UNKNOWN: {
      kind: "input",
      fact: '`{property}` is "{value}", and no meter with that {what} is published{nearest}.',
      leadsTo: "No usage would ever have this price. Azure's own price list has other ids than a Hub's usage.",
      remedy:
        "Take the id that the Hub's usage has; `azurestack-csp usage meters` lists the published ones. A meter of the Hub's own, such as a custom worker tier, takes its id and a `name`.",
    },
    CSP_RATES_METER_AMBIGUOUS: {
      kind: "input",
      fact: '{count} meters are called "{value}" and are measured in {unit}: {ids}.',
      leadsTo: "There is no telling which of them has this price.",
      remedy: "Write the id in the place of the name.",
    },
    CSP_RATES_METER_NAME: {
      kind: "input",
      fact: "`{property}` calls meter {meterId} {name}, and it is published as {published}.",
      leadsTo: "One of id and name is wrong, and another meter would have this price.",
      remedy: "Correct the id, or leave the name out.",
    },
    CSP_RATES_UNIT: {
      kind: "input",
      fact: "`{property}` is {given}, and {meter} is measured in {unit}.",
      leadsTo: "A price of another unit charges a multiple: 730 times as much between a month and an hour.",
      remedy: "Convert the price to the published unit; where another meter is meant, write its id.",
    },
    CSP_RATES_BYTE_HOURS: {
      kind: "input",
      fact: "{meter} is measured in Byte*hours and deprecated.",
      leadsTo: "A price of one byte for an hour has more places than prices have.",
      remedy: "Price the meter in GB*month that has taken its place: {successor}.",
    },
    CSP_RATES_CURRENCY_MISSING: {
      kind: "input",
      fact: "The card does not say in which currency its prices are.",
      leadsTo: "An amount without its currency is none.",
      remedy: "Set `currency`, in CSV as a column: EUR, USD and so on.",
    },
    CSP_RATES_CURRENCY_UNKNOWN: {
      kind: "input",
      fact: '"{value}" is no currency of ISO 4217 that something can be billed in{nearest}.',
      leadsTo: "How its amounts are rounded is not known.",
      remedy: "Write the code of three capitals: EUR, USD, GBP.",
    },
    CSP_RATES_CURRENCY_MIXED: {
      kind: "input",
      fact: "The rate is in {currency}, and the card is in {first}, since {firstPlace}.",
      leadsTo: "Amounts of two currencies cannot be added.",
      remedy: "Keep a card for each currency.",
    },
    CSP_RATES_DATE: {
      kind: "input",
      fact: '`{property}` is "{value}", which is not a date.',
      leadsTo: "There is no telling which days of usage have this price.",
      remedy: "Write a day of UTC as YYYY-MM-DD: 2026-10-01.",
    },
    CSP_RATES_PERIOD: {
      kind: "input",
      fact: "The rate holds from {from} to {to}, and `to` is the first day on which it holds no more.",
      leadsTo: "It would hold on no day at all.",
      remedy: "Write a later `to`, or leave it out if the rate holds until further notice.",
    },
    CSP_RATES_PRICE_TWICE: {
      kind: "input",
      fact: "The rate has both `price` and `tiers`.",
      leadsTo: "There is no telling which of them is charged.",
      remedy: "Keep one of the two.",
    },
    CSP_RATES_TIERS_OVERLAP: {
      kind: "input",
      fact: "The tier from {from} begins before the tier from {before} ends, at {end}.",
      leadsTo: "Quantities in both would have two prices.",
      remedy: "End each tier where the next begins; a tier ends right before its `to`.",
    },
    CSP_RATES_TIERS_GAP: {
      kind: "input",
      fact: "No tier holds quantities from {from} to {to}.",
      leadsTo: "They would have no price.",
      remedy: "Begin the first tier at 0 and each other where the one before ends; the last one has no `to`.",
    },
    CSP_RATES_TIER_EMPTY: {
      kind: "input",
      fact: "The tier goes from {from} to {to}.",
      leadsTo: "It would hold no quantity at all.",
      remedy: "Write a `to` above `from`, or leave it out in the last tier.",
    },
    CSP_RATES_DIFFERS: {
      kind: "input",
      fact: "`{column}` is {value} here and {first} at {firstPlace}, in rows of one {of}.",
      leadsTo: "There is no telling which of them is meant.",
      remedy: "Give it in one row, or the same in all of them.",
    },
    CSP_RATES_TWICE: {
      kind: "input",
      fact: "{rate} is given a second time; the first is at {first}.",
      leadsTo: "One of the two would silently win.",
      remedy: "Keep one; in CSV the tiers of one rate have a `tierFrom` each.",
    },
    CSP_RATES_OVERLAP: {
      kind: "input",
      fact: "{rate} begins to hold while the one at {first} still does: both do from {from} to {to}.",
      leadsTo: "Usage of those days would have two prices.",
      remedy:
        "End the earlier rate on the day that the later one begins: `to` is the first day on which it holds no more.",
    },
    CSP_RATES_GAP: {
      kind: "input",
      fact: "{rate} begins on {to}, and the one before it, at {first}, ends on {from}.",
      leadsTo: "Usage of the days between would be unrated.",
      remedy: "Let the earlier rate hold until then, or write a rate for the days between.",
    },
    CSP_RATES_TENANT_ALONE: {
      kind: "input",
      fact: "{rate} has no price of its own, and no rate for all tenants holds {when}.",
      leadsTo: "There is nothing that its `free` or `markup` could change.",
      remedy: "Give it a `price`, or write the rate for all tenants.",
    },
    CSP_RATES_TENANT_EMPTY: {
      kind: "input",
      fact: "{rate} has neither price nor `tiers`, `free` or `markup`.",
      leadsTo: "It would change nothing for the tenant.",
      remedy: "Say what differs for the tenant, or remove the rate.",
    },
    CSP_RATES_TENANT_COST: {
      kind: "input",
      fact: "{rate} has a `cost`.",
      leadsTo: "What Microsoft charges does not depend on the tenant, so it would have no effect.",
      remedy: "Give `cost` in the rate for all tenants.",
    },
    CSP_RATES_VM_FAMILIES: {
      kind: "input",
      fact: "{meter} has a price{whom} from {from} to {to}, and so has {other}, at {first}.",
      leadsTo: "VM hours and core hours describe the same machine, so it would be charged twice.",
      remedy: "Keep the price of one family, and give the other a price of 0.",
    },
  },
});

/** The errors of the family, each by its code. */
export const rateErrors = rateFamily.errors;
