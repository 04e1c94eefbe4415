import { ProviderError } from "../../../domain/errors/providerError.ts";

/** Codes of Node's TLS layer by which a certificate is refused; what refuses the handshake itself is not among them. */
const CERTIFICATE_CODE =
  /^(CERT_|UNABLE_TO_|ERR_TLS_CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT$|HOSTNAME_MISMATCH$|INVALID_(CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|ERROR_IN_CERT_)/;

/** Whether the failure says that the other side's certificate is not trusted; no repetition cures that. */
export function isCertificateFailure(error: unknown): boolean {
  const code = failureCode(error);
  return code !== undefined && CERTIFICATE_CODE.test(code);
}

/** The code of a failed connection, the innermost one of a chain of causes, such as `ECONNREFUSED`. */
export function failureCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return failureCode(error.cause) ?? firstCode(error) ?? own;
}

/** The error of a request that got no answer: the certificate was refused, or the host was not reached. */
export function connectionError(options: {
  readonly error: unknown;
  readonly host: string;
  readonly request: string;
  readonly correlationId?: string | undefined;
}): ProviderError {
  const { error, host, request, correlationId } = options;
  const details = { host, reason: failureReason(error) };
  const answer = { request, ...(correlationId ? { correlationId } : {}) };
  const code = isCertificateFailure(error) ? "CSP_CERTIFICATE_REFUSED" : "CSP_UNREACHABLE";
  return new ProviderError(code, details, { answer });
}

/** Node tries several addresses of a name, and then reports their failures side by side. */
function firstCode(error: Error): string | undefined {
  if (!(error instanceof AggregateError)) return undefined;
  return error.errors.map(failureCode).find((code) => code !== undefined);
}

/** A code says what happened and, unlike a message, cannot hold an address with a secret in it. */
function failureReason(error: unknown): string {
  if (error instanceof Error && error.name === "AbortError") return "no answer within the time limit";
  return failureCode(error) ?? "the connection broke";
}
