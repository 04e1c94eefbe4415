import * as pulumi from "@pulumi/pulumi";
import { formatTenantListIssue, readTenantList, TenantRegistrations } from "azurestack-csp";

const config = new pulumi.Config();
const { list, issues } = readTenantList("tenants.yaml");
if (!list) throw new pulumi.RunError(issues.map(formatTenantListIssue).join("\n"));

new TenantRegistrations("tenants", {
  list,
  guard: {
    maxRemovals: config.get("maxRemovals"),
    maxMoves: config.get("maxMoves"),
    confirmedRemovals: config.getNumber("confirmedRemovals"),
    confirmedMoves: config.getNumber("confirmedMoves"),
  },
});
