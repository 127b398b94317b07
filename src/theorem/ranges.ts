/** Ranges of sizes and parameters: where instances may be drawn from. */
import type { Rational } from '../exact/rational.js';

/** The size `factor * K + offset`; a plain integer has factor 0. */
export interface LinearInK {
  readonly factor: number;
  readonly offset: number;
}

/** The sizes from `lower` to `upper`, both included, and the text that said so. */
export interface SizeRange {
  readonly lower: LinearInK;
  readonly upper: LinearInK;
  readonly text: string;
}

/** The positive numbers from `lower` to `upper`, both included and exact, and the text that said so. */
export interface LambdaRange {
  readonly lower: Rational;
  readonly upper: Rational;
  readonly text: string;
}

/** The value of a size at one K. */
export function evaluateSize(size: LinearInK, K: number): number {
  return size.factor * K + size.offset;
}

/** The sizes that a range holds at one K, at least 1 each; `undefined` where it holds none. */
export function sizesAt(range: SizeRange, K: number): { readonly lower: number; readonly upper: number } | undefined {
  const lower = Math.max(1, evaluateSize(range.lower, K));
  const upper = evaluateSize(range.upper, K);
  return lower <= upper ? { lower, upper } : undefined;
}

/** The range of one size. */
export const constantRange = (size: number): SizeRange => {
  const end = { factor: 0, offset: size };
  return { lower: end, upper: end, text: String(size) };
};
