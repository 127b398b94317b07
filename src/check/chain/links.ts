/** The links of a chain: pairs of bounds, each claimed to be at least the next at every point. */
import { sub } from '../../symbolic/build.js';
import type { Scalar } from '../../symbolic/expression.js';
import { fingerprint } from '../../symbolic/fingerprint.js';
import type { Case, Revision } from '../../theorem/contract.js';

/** A side of a link. */
export interface ChainBound {
  readonly name: string;
  readonly of: Scalar;
}

export interface ChainLink {
  /** `step 2, B1 ≥ B2`. */
  readonly name: string;
  readonly upper: ChainBound;
  readonly lower: ChainBound;
}

/** What every point is claimed to be above: the value, less the prices of hypotheses on the minimizer. */
const endOf = ({ ofMinimizer = [] }: Revision, value: Scalar): ChainBound => {
  const prices = ofMinimizer.flatMap(({ price }) => (price === undefined ? [] : [price]));
  return prices.length === 0
    ? { name: 'f*', of: value }
    : { name: 'f* − price', of: prices.reduce<Scalar>((bound, price) => sub(bound, price), value) };
};

/** f, the bounds of the steps, and the value of the minimum: the last step may be that value itself. */
const boundsOf = (revision: Revision, { chain = [], value }: Case): ChainBound[] => {
  const end = endOf(revision, value);
  const steps = chain.map(({ id, bound }): ChainBound => ({ name: id, of: bound }));
  const last = chain.at(-1);
  const ends = last !== undefined && fingerprint(last.bound) === fingerprint(end.of);
  return [{ name: 'f', of: revision.problem.objective }, ...steps, ...(ends ? [] : [end])];
};

/** The links of a case's chain; none where it has no chain. */
export const linksOf = (revision: Revision, home: Case): ChainLink[] => {
  if (home.chain === undefined) return [];
  const bounds = boundsOf(revision, home);
  return bounds.slice(1).map((lower, index) => {
    const upper = bounds[index] ?? lower;
    return { name: `step ${index + 1}, ${upper.name} ≥ ${lower.name}`, upper, lower };
  });
};

/** `f ≥ B1 ≥ B2 ≥ f*`. */
export const chainText = (revision: Revision, home: Case): string =>
  boundsOf(revision, home)
    .map((x) => x.name)
    .join(' ≥ ');
