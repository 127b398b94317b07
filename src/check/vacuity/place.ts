/**
 * What the descents of one run say by K and μ′ = 2√κ: how many ended certainly below f*, and how the two sides of a
 * hypothesis on the minimizer lay to each other where they ended. Of two layers with a ReLU.
 */
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import { toText } from '../../symbolic/print.js';
import { caseAt } from '../../theorem/cases.js';
import type { MinimizerHypothesis, Revision } from '../../theorem/contract.js';
import type { Instance } from '../../theorem/instance.js';
import type { DescentRecord } from '../descents.js';
import type { Setting } from '../setting.js';
import { type Excess, pricedHypothesis } from './excess.js';
import { missingOfPrice } from './price.js';

export interface LowestEnd {
  /** f − f*, and how far that may be off by rounding. */
  readonly gap: number;
  readonly rounding: number;
  readonly excess?: Excess;
}

/** The ends of all descents at one instance; plain data, since it crosses threads. */
export interface DescentPlace {
  readonly instance: Instance;
  readonly runs: number;
  /** Ends by how the sides of the hypothesis lay; absent where no hypothesis has a price. */
  readonly counts?: Readonly<Record<Excess, number>>;
  /** Ends that are certainly below the claimed minimum. */
  readonly lower: number;
  /** Those of them that contradict what the hypothesis says of its price. */
  readonly againstPrice: number;
  readonly lowest: LowestEnd;
}

/** What the runs at one instance say; undefined without runs, and of other models. */
export const placeOf = (
  { instance, model: { spec } }: Setting,
  runs: readonly DescentRecord[],
): DescentPlace | undefined => {
  const [first] = runs;
  if (first === undefined || spec.layers !== 2 || spec.activation !== 'relu') return undefined;
  const { gap, rounding, excess } = runs.reduce((a, b) => (b.gap < a.gap ? b : a), first);
  const count = (wanted: Excess): number => runs.filter((x) => x.excess === wanted).length;
  return {
    instance,
    runs: runs.length,
    ...(excess === undefined
      ? {}
      : { counts: { above: count('above'), within: count('within'), below: count('below') } }),
    lower: runs.filter((x) => x.gap < -x.rounding).length,
    againstPrice: runs.filter((x) => x.againstPrice === true).length,
    lowest: { gap, rounding, ...(excess === undefined ? {} : { excess }) },
  };
};

/** `from` ≤ μ′ < `to`, without the threshold above it; or, where both are the same, that one value. */
export interface MuRange {
  readonly from: string;
  readonly to?: string;
}

/** All places of one K in one range of μ′, together. */
export interface MapCell {
  readonly K: number;
  readonly range: MuRange;
  readonly instances: number;
  readonly runs: number;
  readonly counts?: Readonly<Record<Excess, number>>;
  readonly lower: number;
  readonly againstPrice: number;
  /** Instances with an end that is certainly below the claimed minimum. */
  readonly beaten: number;
  /** The end that is lowest below f*, of all instances. */
  readonly lowest: LowestEnd;
}

export interface DescentMap {
  /** The hypothesis on the minimizer that the ends are counted by, where one has a price. */
  readonly hypothesis?: { readonly id: string; readonly text: string };
  /** What is missing of the proof of that price; only asked where an end is below the claimed minimum. */
  readonly unproved?: string;
  readonly classes: readonly number[];
  /** Ascending in μ′; from the least to the largest that an instance lies in. */
  readonly ranges: readonly MuRange[];
  readonly cells: readonly MapCell[];
}

/** The threshold of two layers, 2√κ at κ = 1/16. */
const THRESHOLD = '1/2';

/** Narrow at the threshold, where something is to be seen. */
const BELOW = ['0', '1/10', '1/5', '3/10', '2/5', '9/20', '12/25', THRESHOLD];
const ABOVE = [THRESHOLD, '13/25', '11/20', '13/20', '1'];

/** More classes than this are shown without those between that no instance has. */
const WIDEST = 12;

const steps = (marks: readonly string[]): MuRange[] =>
  marks.flatMap((from, k): MuRange[] => {
    const to = marks[k + 1];
    return to === undefined ? [] : [{ from, to }];
  });

const RANGES: readonly MuRange[] = [
  ...steps(BELOW),
  { from: THRESHOLD, to: THRESHOLD },
  ...steps(ABOVE),
  { from: '1' },
];

/** 4κ = μ′². */
const squareOfMu = ({ K, n, lambda }: Instance): Rational =>
  Object.values(lambda).reduce(
    (product, x) => Q.multiply(product, Q.parseRational(x)),
    Q.rational(4n * BigInt(K) ** 3n * BigInt(n)),
  );

/** Decided in rational numbers, so that an instance on the threshold is on neither side. */
const liesIn = (square: Rational, { from, to }: MuRange): boolean => {
  const against = (mark: string): number => {
    const mu = Q.parseRational(mark);
    return Q.compare(square, Q.multiply(mu, mu));
  };
  if (to === undefined) return against(from) >= 0;
  if (from === to) return against(from) === 0;
  const includesFrom = from !== THRESHOLD;
  return (includesFrom ? against(from) >= 0 : against(from) > 0) && against(to) < 0;
};

const together = (K: number, range: MuRange, places: readonly DescentPlace[]): MapCell[] => {
  const [first] = places;
  if (first === undefined) return [];
  const sum = (of: (place: DescentPlace) => number): number => places.reduce((total, x) => total + of(x), 0);
  const counts = (['above', 'within', 'below'] as const).map((x) => [x, sum((y) => y.counts?.[x] ?? 0)] as const);
  return [
    {
      K,
      range,
      instances: places.length,
      runs: sum((x) => x.runs),
      ...(first.counts === undefined ? {} : { counts: Object.fromEntries(counts) as Record<Excess, number> }),
      lower: sum((x) => x.lower),
      againstPrice: sum((x) => x.againstPrice),
      beaten: places.filter((x) => x.lower > 0).length,
      lowest: places.reduce((a, b) => (b.lowest.gap < a.lowest.gap ? b : a), first).lowest,
    },
  ];
};

/** What is missing of the proof of a price where it matters: in the cases of places with an end below f*. */
const unprovedAt = (
  revision: Revision,
  hypothesis: MinimizerHypothesis,
  places: readonly DescentPlace[],
): string | undefined =>
  places
    .filter((x) => x.lower > 0)
    .map((x) => missingOfPrice(revision, caseAt(revision, x.instance), hypothesis))
    .find((x) => x !== undefined);

/** The places of a run of a revision on a grid; undefined where there are none. */
export const descentMap = (revision: Revision, places: readonly DescentPlace[]): DescentMap | undefined => {
  if (places.length === 0) return undefined;
  const squares = new Map(places.map((x) => [x, squareOfMu(x.instance)]));
  const within = (range: MuRange): DescentPlace[] => places.filter((x) => liesIn(squares.get(x) ?? Q.ZERO, range));
  const met = RANGES.map(within);
  const [from, to] = [met.findIndex((x) => x.length > 0), met.findLastIndex((x) => x.length > 0)];
  const inhabited = [...new Set(places.map((x) => x.instance.K))].sort((a, b) => a - b);
  const [least, most] = [Math.min(...inhabited), Math.max(...inhabited)];
  const classes =
    most - least < WIDEST ? Array.from({ length: most - least + 1 }, (_, k) => least + k) : inhabited;
  const hypothesis = pricedHypothesis(revision);
  const unproved = hypothesis === undefined ? undefined : unprovedAt(revision, hypothesis, places);
  return {
    ...(hypothesis === undefined ? {} : { hypothesis: { id: hypothesis.id, text: toText(hypothesis.statement) } }),
    ...(unproved === undefined ? {} : { unproved }),
    classes,
    ranges: RANGES.slice(from, to + 1),
    cells: RANGES.flatMap((range, k) =>
      classes.flatMap((K) => together(K, range, met[k]?.filter((x) => x.instance.K === K) ?? [])),
    ),
  };
};
