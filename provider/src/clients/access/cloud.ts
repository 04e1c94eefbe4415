import type { CloudName } from "../../domain/access.ts";
import { ProviderError } from "../../domain/errors/providerError.ts";
import type { EnvironmentReader, Setting } from "./environment.ts";

/** Where Azure is, and what tokens for it are called. */
export interface Cloud {
  readonly name: "public" | "usgovernment" | "china" | "custom";
  /** The resource manager's address, without a trailing slash. */
  readonly resourceManager: string;
  /** The address of Entra ID, without a trailing slash. */
  readonly authority: string;
  /** The resource that tokens are asked for. */
  readonly audience: string;
  /** The audience of an OIDC token that Entra ID exchanges, unless the federated credential names another one. */
  readonly exchangeAudience: string;
  /** Whether Microsoft's own list of authorities holds this one; others are not looked up there. */
  readonly isKnownAuthority: boolean;
}

type KnownCloud = Pick<Cloud, "name" | "resourceManager" | "authority" | "exchangeAudience">;

/** The audience of an OIDC token that is exchanged in the public cloud, and at any other authority. */
export const COMMON_EXCHANGE_AUDIENCE = "api://AzureADTokenExchange";

/**
 * The audiences of exchanged tokens: learn.microsoft.com, "Configure an application to trust a managed identity", where
 * each cloud's Entra ID is said to have its own.
 */
const CLOUDS: readonly (KnownCloud & { readonly aliases: readonly string[] })[] = [
  {
    name: "public",
    resourceManager: "https://management.azure.com",
    authority: "https://login.microsoftonline.com",
    exchangeAudience: COMMON_EXCHANGE_AUDIENCE,
    aliases: ["public", "azurecloud", "azurepubliccloud"],
  },
  {
    name: "usgovernment",
    resourceManager: "https://management.usgovcloudapi.net",
    authority: "https://login.microsoftonline.us",
    exchangeAudience: "api://AzureADTokenExchangeUSGov",
    aliases: ["usgovernment", "usgov", "azureusgovernment", "azureusgovernmentcloud"],
  },
  {
    name: "china",
    resourceManager: "https://management.chinacloudapi.cn",
    authority: "https://login.chinacloudapi.cn",
    exchangeAudience: "api://AzureADTokenExchangeChina",
    aliases: ["china", "azurechinacloud"],
  },
];

/** Older names of authorities, by which Hubs still call them. */
const FORMER_AUTHORITIES: Readonly<Record<string, string>> = {
  "https://login.windows.net": "https://login.microsoftonline.com",
};

/** Stands for a cloud that was reported as a problem. */
const UNUSABLE: KnownCloud = { name: "public", resourceManager: "", authority: "", exchangeAudience: "" };

/**
 * Reads which cloud is meant: `ARM_ENVIRONMENT` or `AZURE_ENVIRONMENT`, public by default.
 *
 * `AZURESTACK_CSP_RESOURCE_MANAGER` makes it a custom cloud, whose audience is the resource manager itself unless
 * `AZURESTACK_CSP_AUDIENCE` says otherwise. `AZURE_AUTHORITY_HOST` replaces the authority of any cloud.
 *
 * @param chosen - a cloud that is taken instead, with its own authority; a custom resource manager beside it is a problem.
 */
export function readCloud(reader: EnvironmentReader, chosen?: CloudName): Cloud {
  if (chosen) return chosenCloud(reader, chosen);
  const named = readNamedCloud(reader);
  const resourceManager = readUrl(reader, "AZURESTACK_CSP_RESOURCE_MANAGER");
  const authority = readAuthority(reader) ?? named.authority;
  const audience = reader.read(["AZURESTACK_CSP_AUDIENCE"])?.value;
  const endpoint = resourceManager ?? named.resourceManager;
  const known = CLOUDS.find((cloud) => cloud.authority === authority);
  return {
    name: resourceManager === undefined || resourceManager === named.resourceManager ? named.name : "custom",
    resourceManager: endpoint,
    authority,
    audience: audience ?? endpoint,
    exchangeAudience: (known ?? named).exchangeAudience,
    isKnownAuthority: known !== undefined,
  };
}

/** The cloud that has the authority, `https://host[:port]`, by its present or its former name. */
export function cloudOfAuthority(authority: string): Pick<Cloud, "authority" | "exchangeAudience"> | undefined {
  const present = FORMER_AUTHORITIES[authority] ?? authority;
  return CLOUDS.find((cloud) => cloud.authority === present);
}

/** The authority that the environment names in place of any cloud's own. */
export function readAuthority(reader: EnvironmentReader): string | undefined {
  return readUrl(reader, "AZURE_AUTHORITY_HOST");
}

/** The authority of the environment belongs to the environment's cloud: a machine in one cloud may serve another. */
function chosenCloud(reader: EnvironmentReader, name: CloudName): Cloud {
  const custom = reader.read(["AZURESTACK_CSP_RESOURCE_MANAGER"]) ?? reader.read(["AZURESTACK_CSP_AUDIENCE"]);
  if (custom) {
    reader.problems.push(new ProviderError("CSP_CLOUD_WITH_ENDPOINT", { cloud: name, variable: custom.name }));
  }
  const { resourceManager, authority, exchangeAudience } = find(name) ?? UNUSABLE;
  return { name, resourceManager, authority, audience: resourceManager, exchangeAudience, isKnownAuthority: true };
}

function readNamedCloud(reader: EnvironmentReader): KnownCloud {
  const setting = reader.read(["ARM_ENVIRONMENT", "AZURE_ENVIRONMENT"], (left, right) => find(left) === find(right));
  const [publicCloud] = CLOUDS;
  const found = setting ? find(setting.value) : publicCloud;
  if (found) return found;
  if (setting) {
    reader.problems.push(new ProviderError("CSP_CLOUD_UNKNOWN", { variable: setting.name, value: setting.value }));
  }
  return UNUSABLE;
}

function find(name: string): KnownCloud | undefined {
  return CLOUDS.find(({ aliases }) => aliases.includes(name.toLowerCase()));
}

function readUrl(reader: EnvironmentReader, name: string): string | undefined {
  const setting = reader.read([name]);
  if (!setting) return undefined;
  const url = parseHttps(setting);
  if (url !== undefined) return url;
  reader.problems.push(
    new ProviderError("CSP_ENDPOINT_MALFORMED", { variable: name, value: withoutUser(setting.value) }),
  );
  return undefined;
}

function parseHttps({ name, value }: Setting): string | undefined {
  // Azure's own tools write the authority without its scheme, too.
  const text = name === "AZURE_AUTHORITY_HOST" && !value.includes("://") ? `https://${value}` : value;
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, search, hash, origin, pathname } = new URL(text);
  if (protocol !== "https:" || username !== "" || search !== "" || hash !== "") return undefined;
  return `${origin}${pathname}`.replace(/\/+$/, "");
}

function withoutUser(value: string): string {
  return value.replace(/\/\/[^/]*@/, "//***@");
}
