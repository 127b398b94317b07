/** Drawing instances: pinned ones first, then random ones by stratum, all rational. */
import fc from 'fast-check';
import * as I from '../exact/interval.js';
import type { Interval } from '../exact/interval.js';
import * as Q from '../exact/rational.js';
import type { Proposition } from '../symbolic/expression.js';
import { caseAt } from './cases.js';
import type { Case, Revision, Stratum } from './contract.js';
import {
  type Genome,
  type InstanceRanges,
  atAmplitudes,
  decodeDirect,
  decodeRational,
  decodeStratum,
  excludedByGenerators,
  generatorRanges,
  generatorsFit,
  genomes,
  inStratum,
  lambdaBox,
  lambdasGiven,
  sizeBounds,
  sizesFit,
} from './genome.js';
import { type Instance, holdsAt, holdsOnBox } from './instance.js';
import { type SizeRange, sizesAt } from './ranges.js';
import { besideThresholds, onThresholds } from './thresholds.js';

/** An instance and why it is there. */
export interface DrawnInstance {
  readonly instance: Instance;
  readonly caseId: string;
  /**
   * The stratum it was drawn for, `pinned`, `rational`, `direct` (λ's drawn as they are) or `threshold` (beside one).
   */
  readonly origin: string;
  /** The construction is rational here, so the exact checks apply. */
  readonly rational: boolean;
  /** What it was decoded from; pinned instances have none. */
  readonly genome?: Genome;
}

export interface Coverage {
  readonly stratum: string;
  readonly caseId: string;
  readonly instances: number;
  /** Whether the given ranges can reach the stratum at all. */
  readonly reachable: boolean;
}

/** How many of the distinct instances that were drawn met each hypothesis, and how many met all. */
export interface HypothesisCounts {
  readonly drawn: number;
  readonly each: readonly number[];
  readonly all: number;
}

export interface Sample {
  readonly instances: readonly DrawnInstance[];
  readonly hypotheses: HypothesisCounts;
  readonly coverage: readonly Coverage[];
}

/** Genomes tried before a stratum counts as not reached. */
const ATTEMPTS = 2000;

const keyOf = (instance: Instance): string => JSON.stringify([instance.K, instance.n, instance.d, instance.lambda]);

/** Whether some instance of the ranges could meet a condition: a sound "no", a cautious "yes". */
const possible = (condition: Proposition, revision: Revision, ranges: InstanceRanges): boolean => {
  const span = (range: SizeRange): Interval => {
    const { lower, upper } = sizeBounds(range, ranges.K);
    return I.interval(Q.rational(lower), Q.rational(upper));
  };
  const sizes: [string, Interval][] = [
    ['K', span(ranges.K)],
    ['n', span(ranges.n)],
    ['d', span(ranges.d)],
  ];
  return holdsOnBox(condition, new Map([...sizes, ...lambdaBox(revision, ranges)])) !== false;
};

const stratumPossible = (revision: Revision, c: Case, stratum: Stratum, ranges: InstanceRanges): boolean => {
  if (excludedByGenerators(c.when, revision, ranges)) return false;
  if (!lambdasGiven(ranges) && ranges.generators === undefined) return true;
  if (lambdasGiven(ranges) && !possible(c.when, revision, ranges)) return false;
  const span = (range: SizeRange): Interval => {
    const { lower, upper } = sizeBounds(range, ranges.K);
    return I.interval(Q.rational(lower), Q.rational(upper));
  };
  return (
    generatorRanges(revision, stratum, ranges, [
      ['K', span(ranges.K)],
      ['n', span(ranges.n)],
      ['d', span(ranges.d)],
    ]) !== undefined
  );
};

/** Sizes at which nothing coincides: n ≥ 2, d > K, K ≠ n. Comfortable sizes hide errors. */
const isGeneric = ({ K, n, d }: Pick<Instance, 'K' | 'n' | 'd'>): boolean => n >= 2 && d > K && K !== n;

const genericPossible = (ranges: InstanceRanges): boolean => {
  for (let K = ranges.K.lower.offset; K <= ranges.K.upper.offset; K++) {
    const [n, d] = [sizesAt(ranges.n, K), sizesAt(ranges.d, K)];
    if (n === undefined || d === undefined || sizesAt(ranges.K, K) === undefined || d.upper <= K) continue;
    if (n.upper >= 2 && !(Math.max(n.lower, 2) === K && n.upper === K)) return true;
  }
  return false;
};

/** Up to `trials` distinct instances that meet the hypotheses, a function of (revision, ranges, trials, seed) alone. */
export const drawInstances = (revision: Revision, ranges: InstanceRanges, trials: number, seed: number): Sample => {
  const chosen = new Map<string, DrawnInstance>();
  /** For each instance that was looked at, which hypotheses it met. */
  const looked = new Map<string, readonly boolean[]>();
  const accept = (
    instance: Instance | undefined,
    origin: string,
    rational: boolean,
    genome?: Genome,
    within?: Case,
  ): boolean => {
    if (instance === undefined || chosen.size >= trials || !generatorsFit(revision, instance, ranges)) return false;
    const key = keyOf(instance);
    const met = looked.get(key) ?? revision.hypotheses.map((hypothesis) => holdsAt(hypothesis, instance));
    looked.set(key, met);
    if (met.includes(false)) return false;
    const home = caseAt(revision, instance);
    if ((within !== undefined && home !== within) || chosen.has(key)) return false;
    const source = genome === undefined ? {} : { genome };
    chosen.set(key, { instance, caseId: home.id, origin, rational, ...source });
    return true;
  };
  const fill = (
    wanted: number,
    salt: number,
    genes: number,
    decode: (genome: Genome) => Instance | undefined,
    keep: (instance: Instance | undefined, genome: Genome) => boolean,
  ): void => {
    if (wanted <= 0) return;
    let found = 0;
    // Where there are generic sizes, at least half of what is drawn has them; unless half of the attempts say they do
    // not occur here.
    let lead = genericPossible(ranges) ? 0 : Infinity;
    // In chunks with an end: fast-check's own filter would not return where nothing fits.
    const most = ATTEMPTS + 20 * wanted;
    for (let chunk = 0, tried = 0; tried < most; chunk++) {
      const numRuns = Math.min(most - tried, 64 + 2 * wanted);
      if (2 * tried >= most) lead = Infinity;
      tried += numRuns;
      for (const genome of fc.sample(genomes(ranges, genes), { numRuns, seed: (seed + 4096 * salt + chunk) | 0 })) {
        if (found >= wanted || chosen.size >= trials) return;
        const step = isGeneric(genome) ? 1 : -1;
        if (lead + step < 0 || !keep(decode(genome), genome)) continue;
        found += 1;
        lead += step;
      }
    }
  };

  const strata = revision.cases.flatMap((c) => c.strata.map((stratum) => ({ c, stratum })));
  const reachable = strata.filter(({ c, stratum }) => stratumPossible(revision, c, stratum, ranges));
  const direct = lambdasGiven(ranges) || revision.parametrisation === undefined;
  // A share that owes nothing to the module's own strata: λ's as they come, both sides of thresholds, and their middle.
  const share = Math.floor(trials / 20);
  const thresholds = [besideThresholds, onThresholds];
  const beside = share > 0 ? thresholds.flatMap((find) => find(revision, ranges, share, seed)) : [];
  const reserved = beside.length + (direct ? 0 : share);
  // Pinned instances come first, but never at the expense of a stratum.
  const room = trials - reachable.length - reserved;
  for (const { K, n, d, amplitudes } of revision.pinned ?? []) {
    if (chosen.size >= room) break;
    const genome: Genome = { K, n, d, genes: [] };
    const bounds = sizesAt(ranges.K, K);
    if (bounds === undefined || K < bounds.lower || K > bounds.upper || !sizesFit(genome, ranges)) continue;
    accept(atAmplitudes(revision, genome, amplitudes, ranges), 'pinned', true);
  }
  if (revision.amplitudes !== undefined) {
    const genes = revision.amplitudes.free.length;
    fill(Math.ceil(Math.max(0, room - chosen.size) / 6), 1, genes, decodeRational(revision, ranges), (x, genome) =>
      accept(x, 'rational', true, genome),
    );
  }
  const shares = reachable.length + (direct ? reachable.length + 1 : 0);
  const lambdas = Object.keys(revision.problem.lambda).length;
  const generators = revision.parametrisation?.generators.length ?? lambdas;
  reachable.forEach(({ c, stratum }, index) => {
    const wanted = Math.max(1, Math.ceil((trials - reserved - chosen.size) / (shares - index)));
    fill(wanted, 2 + index, generators, decodeStratum(revision, stratum, ranges), (x, genome) =>
      accept(x, stratum.id, false, genome, c),
    );
  });
  const fillDirectly = (wanted: number, salt: number): void => {
    fill(wanted, salt, lambdas, decodeDirect(revision, ranges), (x, genome) => accept(x, 'direct', false, genome));
  };
  fillDirectly(trials - beside.length - chosen.size, 1000);
  for (const instance of beside) accept(instance, 'threshold', false);
  // Some of those may have been there before.
  fillDirectly(trials - chosen.size, 2000);

  const instances = [...chosen.values()];
  const coverage = strata.map(({ c, stratum }): Coverage => ({
    stratum: stratum.id,
    caseId: c.id,
    instances: instances.filter((x) => x.caseId === c.id && inStratum(revision, stratum, x.instance)).length,
    reachable: reachable.some((x) => x.stratum === stratum && x.c === c),
  }));
  const flags = [...looked.values()];
  const hypotheses: HypothesisCounts = {
    drawn: flags.length,
    each: revision.hypotheses.map((_, index) => flags.filter((met) => met[index]).length),
    all: flags.filter((met) => !met.includes(false)).length,
  };
  return { instances, hypotheses, coverage };
};
