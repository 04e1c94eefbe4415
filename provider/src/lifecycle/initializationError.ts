const BRAND = "azurestack-csp.InitializationError";

/** A resource that was written, or may have been, but could not be made sure of; state has to hold it all the same. */
export class InitializationError extends Error {
  override readonly name = "InitializationError";
  /** The id that the state holds it by; an ARM id. */
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** One whole explanation each; the engine shows these and not the message. */
  readonly reasons: readonly string[];
  readonly brand = BRAND;

  constructor(facts: Pick<InitializationError, "id" | "outputs" | "reasons"> & { cause?: unknown }) {
    super(facts.reasons.join("\n"), { cause: facts.cause });
    this.id = facts.id;
    this.outputs = facts.outputs;
    this.reasons = facts.reasons;
  }
}

/** Whether the value is an initialisation error, also one made by another copy of this package. */
export function isInitializationError(error: unknown): error is InitializationError {
  return error instanceof Error && "brand" in error && error.brand === BRAND;
}
