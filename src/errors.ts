/**
 * Errors that a user can act on.
 *
 * `message` is one line that says what is wrong; `hint` says what to do about it. The command line prints
 * both without a stack trace and exits with code 2; anything else that is thrown is a defect of the tool.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to do, as one imperative sentence. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** A contradiction inside the tool itself (two independent computations disagree): the run must stop. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}
