import { isAbsolute, resolve } from "node:path";

/** The variables that name a file or folder which a run's processes read or write. */
const FILES = [
  "AZURESTACK_CSP_CHANGE_LOG",
  "AZURESTACK_CSP_JOURNAL",
  "ARM_CLIENT_CERTIFICATE_PATH",
  "AZURE_CLIENT_CERTIFICATE_PATH",
  "ARM_OIDC_TOKEN_FILE_PATH",
  "AZURE_FEDERATED_TOKEN_FILE",
  "NODE_EXTRA_CA_CERTS",
] as const;

/**
 * Makes the file names in an environment absolute, as seen from a folder.
 *
 * The processes of a run work in other folders than the command was started in: a change log must not end up in one of
 * them, where nobody looks for it.
 */
export function anchorFiles(env: Record<string, string | undefined>, folder: string): void {
  for (const name of FILES) {
    const file = env[name];
    if (file && !isAbsolute(file)) env[name] = resolve(folder, file);
  }
}
