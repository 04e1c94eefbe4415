import { delimiter, dirname } from "node:path";

/** What a newcomer can try after the first run, and how the same program reaches real Azure. */
export function nextSteps(path = process.env.PATH ?? "", node = process.execPath): string {
  // The set-up has put the CLI's folder first.
  const folders = [path.split(delimiter)[0], dirname(node)].join(delimiter);
  return `
Next, for example:
  npm start                        nothing changes: everything is as the list says
  edit tenants.yaml                add, move or remove a tenant
  npm start -- plan                the difference, customer by customer, before anything is sent
  npm start -- preview             the same as Pulumi shows it
  npm start                        applies it
  npm start -- refresh --yes       reads every registration back
  npm start -- destroy --yes       removes every mapping that no lock protects

The same program on your own Azure, with your own tenants.yaml, credentials and Pulumi backend:
  export PATH="${folders}:$PATH" NODE_OPTIONS=--conditions=development
  export AZURE_TENANT_ID=… AZURE_CLIENT_ID=… AZURE_CLIENT_SECRET=…      (or: az login)
  pulumi login && pulumi stack init production && pulumi up
`;
}
