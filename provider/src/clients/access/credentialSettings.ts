import { ProviderError } from "../../domain/errors/providerError.ts";
import { sameId } from "../../domain/ids.ts";
import { type CredentialVariables, credentialVariables } from "./credentialVariables.ts";
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

/** What of it may never be shown, wherever a service repeats it. */
export function secretsOf(settings: CredentialSettings): readonly string[] {
  switch (settings.kind) {
    case "clientSecret":
      return [settings.clientSecret];
    case "oidcToken":
      return [settings.token];
    case "oidcGitHub":
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
 * Reads how to sign in, OIDC first: a token, a token's file, GitHub's, then a secret, a certificate, a managed identity.
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
  if (file) return { given: file.name, make: (app) => ({ kind: "oidcFile", ...app, path: file.value }) };
  const gitHub = gitHubProof(reader);
  // A workflow's token is there without anybody asking for it, so it is taken only where nothing else is meant.
  const isMeant = wanted !== undefined || (!other && names.tenantId && names.clientId);
  if (gitHub && isMeant) return gitHub;
  if (wanted) {
    const files = variables.oidcFile.at(-1);
    const missing = `${variables.oidcToken[0]}, ${files} or GitHub's ACTIONS_ID_TOKEN_REQUEST_URL (permission id-token: write)`;
    reader.problems.push(new ProviderError("CSP_CREDENTIAL_INCOMPLETE", { given: wanted.name, missing }));
  }
  return undefined;
}

/** The token is the workflow's own, whichever application it is exchanged for, so these names have no prefix. */
function gitHubProof(reader: EnvironmentReader): Proof | undefined {
  const url = reader.read(["ACTIONS_ID_TOKEN_REQUEST_URL", "ARM_OIDC_REQUEST_URL"]);
  const token = reader.read(["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ARM_OIDC_REQUEST_TOKEN"]);
  if (!url || !token) return undefined;
  return {
    given: url.name,
    make: (app) => ({ kind: "oidcGitHub", ...app, requestUrl: url.value, requestToken: token.value }),
  };
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
  return {
    given: path.name,
    make: (app) => ({ kind: "clientCertificate", ...app, path: path.value, password: password?.value }),
  };
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
