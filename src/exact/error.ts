/**
 * The one error that exact arithmetic raises on purpose: input that has no exact meaning (a malformed number,
 * a division by zero, matrices whose shapes do not fit). `message` is one line that says what is wrong.
 */
export class ExactError extends Error {
  override readonly name = 'ExactError';
}
