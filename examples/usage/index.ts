import { getUsage } from "azurestack-csp";
import { add } from "./quantities.ts";

const [list = "tenants.yaml", registration = "paris", from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error("node index.ts LIST REGISTRATION FROM TO");

// Parts of one usage in several windows are added, to the last digit.
const sums = new Map<string, string>();
for await (const { subscriptionId, meterId, quantity } of getUsage({ list, registration, from, to })) {
  const key = `${subscriptionId},${meterId}`;
  sums.set(key, add(sums.get(key) ?? "0", quantity));
}

process.stdout.write("subscriptionId,meterId,quantity\n");
for (const [key, quantity] of [...sums].toSorted()) process.stdout.write(`${key},${quantity}\n`);
