import { readFileSync } from "node:fs";
import { ComponentResource, type CustomResourceOptions, rootStackResource } from "@pulumi/pulumi";
import { CustomerSubscription, type CustomerSubscriptionArgs } from "azurestack-csp";

type Row = CustomerSubscriptionArgs & {
  readonly name: string;
  readonly component?: string;
  /** The row was at the top of the stack before it came under its component. */
  readonly formerlyAtTop?: boolean;
  readonly dependsOn?: string;
  readonly options?: CustomResourceOptions;
};

const rows = JSON.parse(readFileSync(new URL("rows.json", import.meta.url), "utf8")) as readonly Row[];
const declared = new Map<string, CustomerSubscription>();

for (const { name, component, formerlyAtTop, dependsOn, options, ...args } of rows) {
  const parent = component === undefined ? {} : { parent: new ComponentResource("test:index:Component", component) };
  const aliases = formerlyAtTop ? { aliases: [{ parent: rootStackResource }] } : {};
  const dependency = dependsOn === undefined ? undefined : declared.get(dependsOn);
  const dependencies = dependency ? { dependsOn: dependency } : {};
  declared.set(name, new CustomerSubscription(name, args, { ...options, ...parent, ...aliases, ...dependencies }));
}
