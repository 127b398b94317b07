/** Where a run really looked: the least and the largest of each size and λ among the instances that were measured. */
import * as Q from '../exact/rational.js';
import type { Instance } from '../theorem/instance.js';

type Ends<T> = readonly [least: T, largest: T];

export interface Extent {
  readonly K: Ends<number>;
  readonly d: Ends<number>;
  readonly n: Ends<number>;
  /** By block name, as exact fractions. */
  readonly lambda: Readonly<Record<string, Ends<string>>>;
}

/** Of these instances; undefined where there are none. */
export const extentOf = (instances: readonly Instance[]): Extent | undefined => {
  const [first] = instances;
  if (first === undefined) return undefined;
  const ends = (of: (x: Instance) => number): Ends<number> => {
    const values = instances.map(of);
    return [Math.min(...values), Math.max(...values)];
  };
  const lambdaEnds = (name: string): Ends<string> => {
    const values = instances.map((x) => x.lambda[name] ?? '0');
    const least = (sign: 1 | -1): string =>
      values.reduce((a, b) => (sign * Q.compare(Q.parseRational(b), Q.parseRational(a)) < 0 ? b : a));
    return [least(1), least(-1)];
  };
  return {
    K: ends((x) => x.K),
    d: ends((x) => x.d),
    n: ends((x) => x.n),
    lambda: Object.fromEntries(Object.keys(first.lambda).map((name) => [name, lambdaEnds(name)])),
  };
};
