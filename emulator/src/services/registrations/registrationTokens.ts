import { textIn } from "../../pipeline/bodies.ts";
import { type Registration, registrationIdOf } from "../../store/registrations.ts";

/** What a registration token says of its Hub. */
export interface RegistrationTokenFacts {
  readonly cloudId: string;
  readonly objectId: string;
  readonly billingModel: string;
}

/** Reads a registration token: base64 of JSON, as the registration script's own reader takes it (AzureStack-Tools). */
export function readRegistrationToken(token: string): RegistrationTokenFacts | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(token, "base64").toString());
    if (typeof content !== "object" || content === null) return undefined;
    const facts = { ...content };
    const cloudId = textIn(facts, "cloudId");
    const objectId = textIn(facts, "objectId");
    const billingModel = textIn(facts, "billingModel");
    return cloudId && objectId && billingModel ? { cloudId, objectId, billingModel } : undefined;
  } catch {
    return undefined;
  }
}

/** The token that a Hub with these facts would send. */
export function createRegistrationToken(facts: RegistrationTokenFacts): string {
  const content = {
    ...facts,
    marketplaceSyndicationEnabled: true,
    usageReportingEnabled: true,
    hardwareInfo: [],
    issuer: "emulator",
    version: "1.0",
  };
  return Buffer.from(JSON.stringify(content)).toString("base64");
}

/** The key a Hub is activated with: a compact JWS, here with a signature that nobody checks. */
export function activationKey(registration: Registration): string {
  const { subscriptionId, resourceGroup, name, cloudId, objectId, billingModel } = registration;
  const header = { kid: "emulator", alg: "RS256" };
  const payload = {
    subscriptionId,
    resourceGroupName: resourceGroup,
    registrationName: name,
    certPinningRootSubjects: [],
    certPinningIntermediateThumbprints: [],
    usageEndpoint: "https://azstusage.trafficmanager.net/",
    marketplaceEndpoint: "https://management.azure.com",
    usageResourceUri: "https://usage.microsoftazurestack.com",
    marketplaceResourceUri: "https://marketplace.microsoftazurestack.com",
    expires: "9999-12-30T23:59:59.9999999Z",
    cloudId,
    objectId,
    billingModel,
    hardwareInfo: [],
    regionNames: ["local"],
    agreementNumber: "",
    usageReportingEnabled: true,
    marketplaceSyndicationEnabled: true,
    issuer: "emulator",
    version: "1.0",
  };
  const parts = [JSON.stringify(header), JSON.stringify(payload), registrationIdOf(registration)];
  return parts.map((part) => Buffer.from(part).toString("base64url")).join(".");
}
