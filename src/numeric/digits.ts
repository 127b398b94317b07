/** Doubles as text, where a few digits would not do. */

/** A double in full, small and large ones with their power of ten. */
export const inFull = (x: number): string =>
  x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e6) ? String(x) : x.toExponential().replace('e+', 'e');

const LEAST_DIGITS = 6;
const MOST_DIGITS = 17;

/** Two doubles with as many digits as it takes to tell them apart, at least `least`. */
export const apart = (x: number, y: number, least = LEAST_DIGITS): readonly [string, string] => {
  let digits = least;
  while (digits < MOST_DIGITS && x !== y && x.toPrecision(digits) === y.toPrecision(digits)) digits += 1;
  const text = (of: number): string => inFull(Number(of.toPrecision(digits)));
  return [text(x), text(y)];
};
