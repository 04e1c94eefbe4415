/** A failed set-up step: `code` is stable, the message says what happened, what follows from it and what to do. */
export class SetupError extends Error {
  constructor(code, message, options) {
    super(message, options);
    this.name = "SetupError";
    this.code = code;
  }
}
