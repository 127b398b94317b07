/** The minimum that a case claims, exactly. */
import { type Interval, point as exactly } from '../exact/interval.js';
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import type { Case } from '../theorem/contract.js';
import { type Instance, intervalInterpreter, symbolValues } from '../theorem/instance.js';

/** Bounds of the claimed minimum at an instance. */
export const claimedValueWithin = (home: Case, instance: Instance): Interval => {
  const values = new Map([...symbolValues(instance)].map(([name, value]) => [name, exactly(value)]));
  return intervalInterpreter(values, 64).scalar(home.value);
};

/** The claimed minimum; undefined where it is not known to be rational. */
export const claimedValue = (home: Case, instance: Instance): Rational | undefined => {
  const { lower, upper } = claimedValueWithin(home, instance);
  return Q.equals(lower, upper) ? lower : undefined;
};
