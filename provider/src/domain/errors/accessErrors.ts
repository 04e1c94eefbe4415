import { defineErrors } from "./defineErrors.ts";

export const accessErrors = defineErrors({
  title: "Access errors",
  about: "Credentials, rights, clouds and the installation of this package.",
  errors: {
    CSP_CREDENTIAL_MISSING: {
      kind: "access",
      fact: "No credential for Azure was found. Tried: {tried}.{reasons}",
      leadsTo: "Nothing was sent.",
      remedy:
        "Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or their ARM_ names), use a workload's OIDC token, or sign in with `az login`.",
    },
    CSP_CREDENTIAL_REFUSED: {
      kind: "access",
      fact: "The sign-in was refused for directory {directory} with {credential}: {reason}.",
      leadsTo: "Without a token the request was not sent.",
      remedy:
        "Check client id, secret or federated credential, and that the application exists in that directory (a registration's subscription may live in another one).",
    },
    CSP_CREDENTIAL_CONFLICT: {
      kind: "access",
      fact: "{first} and {second} are both set and differ.",
      leadsTo: "One of them would win silently, and customers might be registered by the wrong principal.",
      remedy: "Unset one of the two.",
    },
    CSP_CREDENTIAL_INCOMPLETE: {
      kind: "access",
      fact: "{given} is set, but {missing} is not.",
      leadsTo: "The credential cannot be used, and another one must not be taken silently in its place.",
      remedy: "Set {missing}, or unset {given}.",
    },
    CSP_CLOUD_UNKNOWN: {
      kind: "access",
      fact: '{variable} is "{value}", which is no Azure cloud.',
      leadsTo: "Nothing was sent.",
      remedy: "Take public, usgovernment or china, or set AZURESTACK_CSP_RESOURCE_MANAGER for another cloud.",
    },
    CSP_CLOUD_WITH_ENDPOINT: {
      kind: "access",
      fact: 'A registration names the cloud "{cloud}", and {variable} is set.',
      leadsTo: "The two would mean different places; nothing was sent.",
      remedy: "Unset {variable}, or take the cloud out of the registration.",
    },
    CSP_ENDPOINT_MALFORMED: {
      kind: "access",
      fact: '{variable} is "{value}", which is not an https URL.',
      leadsTo: "Nothing was sent; a token must not travel in clear.",
      remedy: "Write https://host[:port].",
    },
    CSP_PROXY_MALFORMED: {
      kind: "access",
      fact: '{variable} is "{value}", which is not the address of a proxy.',
      leadsTo: "Nothing was sent.",
      remedy:
        "Write [http://][user:password@]host[:port], with `#`, `/`, `?`, `@` and `%` in a password percent-encoded.",
    },
    CSP_API_VERSION_UNKNOWN: {
      kind: "access",
      fact: '{variable} is "{value}", which is no version of customer subscriptions.',
      leadsTo: "Nothing was sent.",
      remedy: "Take one of {known}, or unset it.",
    },
    CSP_SETTINGS_UNUSABLE: {
      kind: "access",
      fact: "{count} settings in the environment cannot be used:\n{problems}\n",
      leadsTo: "Nothing was sent.",
      remedy: "Correct them all and run again; docs/credentials.md lists what is read.",
    },
    CSP_CHANGE_LOG_UNWRITABLE: {
      kind: "access",
      fact: "The change log {path} cannot be written: {reason}.",
      leadsTo: "No mapping is changed without its line in the log, so nothing further is sent.",
      remedy: "Make the file writable, or change or unset AZURESTACK_CSP_CHANGE_LOG.",
    },
    CSP_CHANGE_LOG_LINE_LOST: {
      kind: "access",
      fact: "The change log {path} did not take a line: {reason}.",
      leadsTo: "The change in it has been sent, and is missing from the log. Nothing further is sent.",
      remedy: "Make the file writable, add the line by hand, and run again:\n{line}",
    },
    CSP_NOT_AUTHENTICATED: {
      kind: "access",
      fact: "Azure did not accept the token for {scope}.",
      leadsTo: "The request was not carried out, and nothing counts as gone.",
      remedy: "Check that credential and cloud belong together, and the machine's clock.",
    },
    CSP_WRONG_DIRECTORY: {
      kind: "access",
      fact: "The token is of another directory than {scope}.",
      leadsTo: "The request was not carried out, and nothing counts as gone.",
      remedy: "Use an application that can sign in to the directory of the registration's subscription.",
    },
    CSP_NOT_AUTHORIZED: {
      kind: "access",
      fact: "The principal has no right to {action} {scope}.",
      leadsTo: "The request was not carried out, and nothing counts as gone.",
      remedy: "Assign the role of docs/permissions.md on the registration; a new assignment takes up to ten minutes.",
    },
    CSP_UNREACHABLE: {
      kind: "access",
      fact: "{host} could not be reached: {reason}.",
      leadsTo: "Whether anything was sent is not known.",
      remedy: "Check the network, the proxy and the cloud's address, and run again.",
    },
    CSP_CERTIFICATE_REFUSED: {
      kind: "access",
      fact: "The certificate of {host} is not trusted: {reason}.",
      leadsTo: "The request was not sent.",
      remedy:
        "If the authority is yours, name its file in NODE_EXTRA_CA_CERTS (one file; append to a copy of what is there).",
    },
    CSP_NOT_ARM: {
      kind: "access",
      fact: "{host} answered something that is not Azure's: {reason}.",
      leadsTo: "Nothing counts as done or as gone.",
      remedy: "Look for a proxy or a sign-in page in between, and check the cloud's address.",
    },
    CSP_DYNAMIC_NOT_RESOLVABLE: {
      kind: "install",
      fact: '"azurestack-csp/dynamic" does not resolve from {folder}{reason}.',
      leadsTo: "Pulumi loads the provider from the program's own folder, so every later operation would fail.",
      remedy: "{remedy}",
    },
    CSP_LOOKUP_UNSUPPORTED: {
      kind: "install",
      fact: 'With @pulumi/pulumi {sdkVersion}, {name} cannot be looked up by its `id` under this CLI, which says: "{answer}".',
      leadsTo: "Pulumi would fail before it asks this provider, so nothing was read.",
      remedy:
        "Update @pulumi/pulumi in the program to 3.268 or later, or the CLI to 3.274.1 or later. `getCustomerSubscription` looks mappings up with every version.",
    },
    CSP_LOOKUP_NOT_FOUND: {
      kind: "notFound",
      fact: "{id} is looked up by its `id` and is not live.",
      leadsTo: "The program would go on as if the tenant's usage were billed to this customer subscription.",
      remedy: "Correct the `id`, or take it out of the resource's options, so that `pulumi up` registers the mapping.",
    },
    CSP_DYNAMIC_VERSION: {
      kind: "install",
      fact: "The program uses azurestack-csp {version} from {used}, but {folder} resolves it to {resolvedVersion} in {resolved}.",
      leadsTo: "Resources would be declared by one version and carried out by another.",
      remedy: "Keep one copy: align the versions in package.json and install again (npm dedupe, pnpm dedupe).",
    },
  },
});
