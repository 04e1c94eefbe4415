import { defineErrors } from "./defineErrors.ts";

export const customerExportErrors = defineErrors({
  title: "Customer export errors",
  about: "What keeps a file from being Partner Center's export of the customers.",
  errors: {
    CSP_CUSTOMERS_COLUMN_MISSING: {
      kind: "input",
      fact: "The file has no column `Microsoft ID`; its columns are {columns}.",
      leadsTo: "There is no telling which directories the customers have.",
      remedy:
        "Take the file that Partner Center gives for Customers, Export customers, as it is. One that was made with PowerShell may call the column `CustomerId`.",
    },
  },
});
