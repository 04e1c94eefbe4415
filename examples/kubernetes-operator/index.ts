import * as pulumi from "@pulumi/pulumi";
import { guardFromConfig, requireTenantList, TenantRegistrations } from "azurestack-csp";

const config = new pulumi.Config();
const list = await requireTenantList("tenants.yaml", { liveChecks: config.getBoolean("liveChecks") });

new TenantRegistrations("tenants", { list, guard: guardFromConfig(config) });
