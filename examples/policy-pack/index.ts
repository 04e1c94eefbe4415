import { PolicyPack } from "@pulumi/policy";
import { createPolicies } from "./policies.ts";

new PolicyPack("azurestack-csp", { policies: createPolicies(() => new Date()) });
