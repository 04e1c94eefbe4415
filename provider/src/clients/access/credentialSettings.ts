import { ProviderError } from "../../domain/errors/providerError.ts";
import { sameId } from "../../domain/ids.ts";
import type { EnvironmentReader, Setting } from "./environment.ts";

/** How to sign in, as the environment says. */
export type CredentialSettings =
  | (Application & { readonly kind: "oidcToken"; readonly token: string })
  | (Application & { readonly kind: "oidcFile"; readonly path: string })
  | (Application & { readonly kind: "oidcGitHub"; readonly requestUrl: string; readonly requestToken: string })
  | (Application & { readonly kind: "clientSecret"; readonly clientSecret: string })
  | (Application & { readonly kind: "clientCertificate"; readonly path: string; readonly password: string | undefined })
  | { readonly kind: "managedIdentity"; readonly tenantId: string | undefined; readonly clientId: string | undefined }
  | { readonly kind: "default"; readonly tenantId: string | undefined; readonly clientId: string | undefined };

interface Application {
  readonly tenantId: string;
  readonly clientId: string;
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

/**
 * Reads how to sign in, OIDC first: a token, a token's file, GitHub's, then a secret, a certificate, a managed identity.
 *
 * With none of them it is left to `DefaultAzureCredential`. The `ARM_` and `AZURE_` names of one thing must not differ;
 * an application that is named without any proof is a problem, so that no other identity takes its place unnoticed.
 */
export function readCredentialSettings(reader: EnvironmentReader): CredentialSettings {
  const names: Names = {
    tenantId: reader.read(["AZURE_TENANT_ID", "ARM_TENANT_ID"], sameId),
    clientId: reader.read(["AZURE_CLIENT_ID", "ARM_CLIENT_ID"], sameId),
  };
  const secret = secretProof(reader);
  const certificate = certificateProof(reader);
  const proof = oidcProof(reader, names, secret ?? certificate) ?? secret ?? certificate;
  const ids = { tenantId: names.tenantId?.value, clientId: names.clientId?.value };
  if (proof) {
    noteMissing(reader, names, proof);
    return proof.make({ tenantId: ids.tenantId ?? "", clientId: ids.clientId ?? "" });
  }
  if (reader.isOn(["ARM_USE_MSI", "AZURE_USE_MSI"])) return { kind: "managedIdentity", ...ids };
  noteUnproved(reader, names);
  return { kind: "default", ...ids };
}

function oidcProof(reader: EnvironmentReader, names: Names, other: Proof | undefined): Proof | undefined {
  const wanted = reader.isOn(["ARM_USE_OIDC", "AZURE_USE_OIDC"]);
  const token = reader.read(["ARM_OIDC_TOKEN"]);
  if (token) return { given: token.name, make: (app) => ({ kind: "oidcToken", ...app, token: token.value }) };
  const file = reader.read(["AZURE_FEDERATED_TOKEN_FILE", "ARM_OIDC_TOKEN_FILE_PATH"]);
  if (file) return { given: file.name, make: (app) => ({ kind: "oidcFile", ...app, path: file.value }) };
  const gitHub = gitHubProof(reader);
  // A workflow's token is there without anybody asking for it, so it is taken only where nothing else is meant.
  const isMeant = wanted !== undefined || (!other && names.tenantId && names.clientId);
  if (gitHub && isMeant) return gitHub;
  if (wanted) {
    const missing =
      "ARM_OIDC_TOKEN, ARM_OIDC_TOKEN_FILE_PATH or GitHub's ACTIONS_ID_TOKEN_REQUEST_URL (permission id-token: write)";
    reader.problems.push(new ProviderError("CSP_CREDENTIAL_INCOMPLETE", { given: wanted.name, missing }));
  }
  return undefined;
}

function gitHubProof(reader: EnvironmentReader): Proof | undefined {
  const url = reader.read(["ACTIONS_ID_TOKEN_REQUEST_URL", "ARM_OIDC_REQUEST_URL"]);
  const token = reader.read(["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ARM_OIDC_REQUEST_TOKEN"]);
  if (!url || !token) return undefined;
  return {
    given: url.name,
    make: (app) => ({ kind: "oidcGitHub", ...app, requestUrl: url.value, requestToken: token.value }),
  };
}

function secretProof(reader: EnvironmentReader): Proof | undefined {
  const secret = reader.read(["AZURE_CLIENT_SECRET", "ARM_CLIENT_SECRET"]);
  if (!secret) return undefined;
  return { given: secret.name, make: (app) => ({ kind: "clientSecret", ...app, clientSecret: secret.value }) };
}

function certificateProof(reader: EnvironmentReader): Proof | undefined {
  const path = reader.read(["AZURE_CLIENT_CERTIFICATE_PATH", "ARM_CLIENT_CERTIFICATE_PATH"]);
  const password = reader.read(["AZURE_CLIENT_CERTIFICATE_PASSWORD", "ARM_CLIENT_CERTIFICATE_PASSWORD"]);
  if (!path) return undefined;
  return {
    given: path.name,
    make: (app) => ({ kind: "clientCertificate", ...app, path: path.value, password: password?.value }),
  };
}

function noteMissing(reader: EnvironmentReader, names: Names, proof: Proof): void {
  const prefix = proof.given.startsWith("ARM_") ? "ARM_" : "AZURE_";
  for (const [setting, name] of [
    [names.tenantId, "TENANT_ID"],
    [names.clientId, "CLIENT_ID"],
  ] as const) {
    if (setting) continue;
    const details = { given: proof.given, missing: `${prefix}${name}` };
    reader.problems.push(new ProviderError("CSP_CREDENTIAL_INCOMPLETE", details));
  }
}

/** `AZURE_CLIENT_ID` alone names a managed identity; an `ARM_` name, or a tenant beside it, means an application. */
function noteUnproved(reader: EnvironmentReader, { tenantId, clientId }: Names): void {
  if (!clientId || (!tenantId && clientId.name.startsWith("AZURE_"))) return;
  const prefix = clientId.name.startsWith("ARM_") ? "ARM_" : "AZURE_";
  const missing = `${prefix}CLIENT_SECRET, ${prefix}CLIENT_CERTIFICATE_PATH or an OIDC token`;
  reader.problems.push(new ProviderError("CSP_CREDENTIAL_INCOMPLETE", { given: clientId.name, missing }));
}
