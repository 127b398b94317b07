/** The minimum that a case claims, exactly. */
import type { Interval } from '../exact/interval.js';
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import type { Case } from '../theorem/contract.js';
import { type Instance, intervalInterpreter, pointValues } from '../theorem/instance.js';

/** Bounds of the claimed minimum at an instance. */
export const claimedValueWithin = (home: Case, instance: Instance): Interval =>
  intervalInterpreter(pointValues(instance), 64).scalar(home.value);

/** The claimed minimum; undefined where it is not known to be rational. */
export const claimedValue = (home: Case, instance: Instance): Rational | undefined => {
  const { lower, upper } = claimedValueWithin(home, instance);
  return Q.equals(lower, upper) ? lower : undefined;
};
