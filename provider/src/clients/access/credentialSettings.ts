import { ProviderError } from "../../domain/errors/providerError.ts";
import { sameId } from "../../domain/ids.ts";
import type { CertificateFile } from "./clientCertificate.ts";
import type { CredentialFile } from "./credentialFile.ts";
import { type CredentialVariables, credentialVariables } from "./credentialVariables.ts";
import type { EnvironmentReader, Setting } from "./environment.ts";

/** How to sign in, as the environment says. */
export type CredentialSettings =
  | (Application & { readonly kind: "oidcToken"; readonly token: string })
  | (Application & CredentialFile & { readonly kind: "oidcFile" })
  | (Application & TokenRequest & { readonly kind: "oidcGitHub"; readonly audience: string | undefined })
  | (Application & TokenRequest & { readonly kind: "oidcAzureDevOps"; readonly serviceConnectionId: string })
  | (Application & { readonly kind: "clientSecret"; readonly clientSecret: string })
  | (Application & CertificateFile & { readonly kind: "clientCertificate" })
  | { readonly kind: "managedIdentity"; readonly tenantId: string | undefined; readonly clientId: string | undefined }
  | { readonly kind: "default"; readonly tenantId: string | undefined; readonly clientId: string | undefined };

/** What of it may never be shown, wherever a service repeats it. */
export function secretsOf(settings: CredentialSettings): readonly string[] {
  switch (settings.kind) {
    case "clientSecret":
      return [settings.clientSecret];
    case "oidcToken":
      return [settings.token];
    case "oidcGitHub":
    case "oidcAzureDevOps":
      return [settings.requestToken];
    case "clientCertificate":
      return [settings.password ?? ""];
    default:
      return [];
  }
}

interface Application {
  readonly tenantId: string;
  readonly clientId: string;
}

/** Where a job asks for its OIDC token, and the token that it asks with. */
interface TokenRequest {
  readonly requestUrl: string;
  readonly requestToken: string;
}

interface Names {
  readonly tenantId: Setting | undefined;
  readonly clientId: Setting | undefined;
}

/** What proves that the application is who it says, before its names are known to be complete. */
interface Proof {
  /** The variable that it was read from. */
  readonly given: string;
  make(application: Application): CredentialSettings;
}

/** Where a credential is looked for. */
interface Source {
  readonly reader: EnvironmentReader;
  readonly variables: CredentialVariables;
  /** A registration's own prefix; absent for the credential of the whole run. */
  readonly prefix: string | undefined;
}

/**
 * Reads how to sign in, OIDC first: a token, a token's file, that of a job of GitHub's or Azure DevOps', then a secret, a
 * certificate, a managed identity.
 *
 * With none of them it is left to `DefaultAzureCredential`, but not with a prefix, which names one identity. The `ARM_`
 * and `AZURE_` names of one thing must not differ; an application that is named without any proof is a problem, so that
 * no other identity takes its place unnoticed.
 *
 * @param prefix - the beginning of the variables' names, in place of `ARM` and `AZURE`.
 */
export function readCredentialSettings(reader: EnvironmentReader, prefix?: string): CredentialSettings {
  const variables = credentialVariables(prefix);
  const source = { reader, variables, prefix };
  const names: Names = {
    tenantId: reader.read(variables.tenantId, sameId),
    clientId: reader.read(variables.clientId, sameId),
  };
  noteUnfit(reader, names.tenantId);
  const secret = secretProof(source);
  const certificate = certificateProof(source);
  const proof = oidcProof(source, names, secret ?? certificate) ?? secret ?? certificate;
  const ids = { tenantId: names.tenantId?.value, clientId: names.clientId?.value };
  if (proof) {
    noteMissing(source, names, proof);
    return proof.make({ tenantId: ids.tenantId ?? "", clientId: ids.clientId ?? "" });
  }
  if (reader.isOn(variables.useManagedIdentity)) return { kind: "managedIdentity", ...ids };
  noteUnproved(source, names);
  return { kind: "default", ...ids };
}

function oidcProof({ reader, variables }: Source, names: Names, other: Proof | undefined): Proof | undefined {
  const wanted = reader.isOn(variables.useOidc);
  const token = reader.read(variables.oidcToken);
  if (token) return { given: token.name, make: (app) => ({ kind: "oidcToken", ...app, token: token.value }) };
  const file = reader.read(variables.oidcFile);
  if (file)
    return { given: file.name, make: (app) => ({ kind: "oidcFile", ...app, path: file.value, variable: file.name }) };
  const job = azureDevOpsProof({ reader, variables }) ?? gitHubProof({ reader, variables });
  // A workflow's token is there without anybody asking for it, so it is taken only where nothing else is meant.
  const isMeant = wanted !== undefined || (!other && names.tenantId && names.clientId);
  if (job && isMeant) return job;
  if (wanted) {
    const files = variables.oidcFile.at(-1);
    const missing = `${variables.oidcToken[0]}, ${files}, GitHub's ACTIONS_ID_TOKEN_REQUEST_URL (permission id-token: write) or Azure DevOps' SYSTEM_OIDCREQUESTURI with SYSTEM_ACCESSTOKEN and ${variables.serviceConnection[0]}`;
    reader.problems.push(new ProviderError("CSP_CREDENTIAL_INCOMPLETE", { given: wanted.name, missing }));
  }
  return undefined;
}

type Variables = Pick<Source, "reader" | "variables">;

/** The token is the workflow's own, whichever application it is exchanged for, so these names have no prefix. */
function gitHubProof({ reader, variables }: Variables): Proof | undefined {
  const url = reader.read(["ACTIONS_ID_TOKEN_REQUEST_URL", "ARM_OIDC_REQUEST_URL"]);
  const token = reader.read(["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ARM_OIDC_REQUEST_TOKEN"]);
  if (!url || !token) return undefined;
  noteAddress(reader, url);
  const audience = reader.read(variables.oidcAudience)?.value;
  const request = { requestUrl: url.value, requestToken: token.value };
  return { given: url.name, make: (app) => ({ kind: "oidcGitHub", ...app, ...request, audience }) };
}

/** The token is one of a service connection, and its audience is Azure DevOps' own choice. */
function azureDevOpsProof({ reader, variables }: Variables): Proof | undefined {
  const url = first(reader, ["SYSTEM_OIDCREQUESTURI", "ARM_OIDC_REQUEST_URL"]);
  const token = first(reader, ["SYSTEM_ACCESSTOKEN", "ARM_OIDC_REQUEST_TOKEN"]);
  const connection = first(reader, variables.serviceConnection);
  if (!url || !token || !connection) return undefined;
  noteAddress(reader, url);
  const request = { requestUrl: url.value, requestToken: token.value, serviceConnectionId: connection.value };
  return { given: url.name, make: (app) => ({ kind: "oidcAzureDevOps", ...app, ...request }) };
}

/** Of names that mean one thing at different places, and so may differ, the first that is set. */
function first(reader: EnvironmentReader, names: readonly string[]): Setting | undefined {
  return names.map((name) => reader.read([name])).find((setting) => setting !== undefined);
}

function secretProof({ reader, variables }: Source): Proof | undefined {
  const secret = reader.read(variables.clientSecret);
  if (!secret) return undefined;
  return { given: secret.name, make: (app) => ({ kind: "clientSecret", ...app, clientSecret: secret.value }) };
}

function certificateProof({ reader, variables }: Source): Proof | undefined {
  const path = reader.read(variables.certificatePath);
  const password = reader.read(variables.certificatePassword);
  if (!path) return undefined;
  const passwordVariable = password?.name ?? path.name.replace(/_PATH$/, "_PASSWORD");
  const file = { path: path.value, variable: path.name, password: password?.value, passwordVariable };
  return { given: path.name, make: (app) => ({ kind: "clientCertificate", ...app, ...file }) };
}

/** The sign-in library takes letters, digits, hyphens and full stops, as GUIDs and domains consist of them. */
function noteUnfit(reader: EnvironmentReader, tenantId: Setting | undefined): void {
  if (!tenantId || /^[a-z0-9.-]+$/i.test(tenantId.value)) return;
  const details = { variable: tenantId.name, path: `"${tenantId.value}"`, reason: "it is neither a GUID nor a domain" };
  reader.problems.push(new ProviderError("CSP_CREDENTIAL_UNUSABLE", details));
}

/** An address that cannot be asked would fail at the sign-in, and the sign-in library would not say by what. */
function noteAddress(reader: EnvironmentReader, url: Setting): void {
  if (URL.canParse(url.value)) return;
  const details = { variable: url.name, path: `"${url.value}"`, reason: "it is not a URL" };
  reader.problems.push(new ProviderError("CSP_CREDENTIAL_UNUSABLE", details));
}

function noteMissing({ reader, prefix }: Source, names: Names, proof: Proof): void {
  for (const [setting, name] of [
    [names.tenantId, "TENANT_ID"],
    [names.clientId, "CLIENT_ID"],
  ] as const) {
    if (setting) continue;
    const details = { given: proof.given, missing: `${prefix ?? familyOf(proof.given)}_${name}` };
    reader.problems.push(new ProviderError("CSP_CREDENTIAL_INCOMPLETE", details));
  }
}

/** `AZURE_CLIENT_ID` alone names a managed identity; an `ARM_` name, or a tenant beside it, means an application. */
function noteUnproved({ reader, prefix }: Source, { tenantId, clientId }: Names): void {
  if (prefix !== undefined) {
    notePrefix(reader, { prefix, given: clientId ?? tenantId });
    return;
  }
  if (!clientId || (!tenantId && clientId.name.startsWith("AZURE_"))) return;
  const missing = proofsOf(familyOf(clientId.name));
  reader.problems.push(new ProviderError("CSP_CREDENTIAL_INCOMPLETE", { given: clientId.name, missing }));
}

function notePrefix(
  reader: EnvironmentReader,
  named: { readonly prefix: string; readonly given: Setting | undefined },
) {
  const { prefix, given } = named;
  const proofs = proofsOf(prefix);
  const missing = given ? proofs : `${prefix}_TENANT_ID and ${prefix}_CLIENT_ID, with ${proofs}`;
  const details = { given: given?.name ?? `credentialPrefix ${prefix}`, missing };
  reader.problems.push(new ProviderError("CSP_CREDENTIAL_INCOMPLETE", details));
}

function familyOf(variable: string): string {
  return variable.startsWith("ARM_") ? "ARM" : "AZURE";
}

function proofsOf(family: string): string {
  return `${family}_CLIENT_SECRET, ${family}_CLIENT_CERTIFICATE_PATH or an OIDC token`;
}
