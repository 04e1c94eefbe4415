import { azureVersions } from "./apiVersions.ts";
import { azureAudiences } from "./audiences.ts";
import type { ArmEnvironment } from "./environment.ts";
import { metadataOperations } from "./operations/metadata.ts";
import { azureRemaining } from "./throttle.ts";

/** Azure's own. */
export const azureEnvironment: ArmEnvironment = {
  versions: azureVersions,
  acceptance: { audiences: azureAudiences },
  locations: [
    { name: "francecentral", displayName: "France Central" },
    { name: "westeurope", displayName: "West Europe" },
  ],
  region: "francecentral",
  remaining: azureRemaining,
  groupDeletion: "atOnce",
  metadata: metadataOperations,
};
