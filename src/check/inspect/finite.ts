/** Figures of a point that has run away: nothing is concluded from a number that is not finite. */
import { UsageError } from '../../errors.js';

/**
 * @param figures by what they are, for the message
 * @throws UsageError that names the first that is infinite or NaN
 */
export const requireFinite = (figures: Readonly<Record<string, number>>): void => {
  for (const [what, value] of Object.entries(figures)) {
    if (Number.isFinite(value)) continue;
    throw new UsageError(
      `the numbers of this point are too large to be measured in doubles: ${what} is ${value}`,
      'A run that has diverged says nothing about a theorem.',
    );
  }
};
