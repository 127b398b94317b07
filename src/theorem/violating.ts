/** Drawing instances that violate one hypothesis of a revision and meet the others: where it can be seen to matter. */
import fc from 'fast-check';
import { UsageError } from '../errors.js';
import { ExactError } from '../exact/error.js';
import { geq, sub } from '../symbolic/build.js';
import type { Proposition, Scalar } from '../symbolic/expression.js';
import { caseAt } from './cases.js';
import type { Revision } from './contract.js';
import {
  type Genome,
  type InstanceRanges,
  atAmplitudes,
  decodeDirect,
  decodeStratum,
  genomes,
  lambdasGiven,
  sizesFit,
} from './genome.js';
import { type Instance, holdsAt, scalarAt } from './instance.js';
import type { SizeRange } from './ranges.js';

export interface ViolatingInstance {
  readonly instance: Instance;
  readonly caseId: string;
  /** By how much sizes violate it: K − d for K ≤ d; undefined for a hypothesis about anything else. */
  readonly amount: number | undefined;
  /** Drawn where a generator has one exact value, such as c = 1: there a theorem may hold for other reasons. */
  readonly special: boolean;
}

/** Genomes drawn for each hypothesis. */
const ATTEMPTS = 400;
/** Instances are kept to this many unknowns where there are such. */
const SMALL = 150;
/** Amounts from here on are taken together. */
const FAR = 3;

const ofSizes = (node: Scalar): boolean => {
  switch (node.kind) {
    case 'number':
      return true;
    case 'symbol':
      return node.role === 'size';
    case 'defined':
      return ofSizes(node.value);
    case 'sum':
      return node.terms.every(ofSizes);
    case 'product':
      return node.factors.every(ofSizes);
    default:
      return false;
  }
};

/** The sides of a comparison of sizes, the one that should be larger first; undefined for other propositions. */
const comparedSizes = (h: Proposition): { readonly large: Scalar; readonly small: Scalar } | undefined => {
  if (!('left' in h) || h.left.sort === 'matrix' || h.right.sort === 'matrix') return undefined;
  if (h.kind === 'eq' || h.kind === 'neq' || !ofSizes(h.left) || !ofSizes(h.right)) {
    return undefined;
  }
  return h.kind === 'leq' || h.kind === 'lt' ? { large: h.right, small: h.left } : { large: h.left, small: h.right };
};

/** The hypothesis with room for violations by up to `amount`: d ≥ K − 1 for K ≤ d and 1. */
export const weakened = (hypothesis: Proposition, amount: number): Proposition | undefined => {
  const sides = comparedSizes(hypothesis);
  return sides === undefined ? undefined : geq(sides.large, amount === 0 ? sides.small : sub(sides.small, amount));
};

const amountAt = (hypothesis: Proposition, instance: Instance): number | undefined => {
  const sides = comparedSizes(hypothesis);
  return sides === undefined ? undefined : scalarAt(sub(sides.small, sides.large), instance);
};

const downToOne = (range: SizeRange): SizeRange => ({
  ...range,
  lower: { factor: 0, offset: 1 },
  text: `1..${range.text.split('..').at(-1) ?? ''}`,
});

/** The ranges as they are, then opened downwards size by size: the first that hold a violation are used. */
const reaches = (ranges: InstanceRanges): InstanceRanges[] => {
  const d = downToOne(ranges.d);
  const n = downToOne(ranges.n);
  return [ranges, { ...ranges, d }, { ...ranges, d, n }, { ...ranges, d, n, K: downToOne(ranges.K) }];
};

const unknowns = ({ K, n, d }: Instance): number => d * K * (n + 1);

/** Whether an instance violates this hypothesis, meets the others, and is in a case; false where that is undefined. */
const violates = (revision: Revision, index: number, instance: Instance): boolean => {
  try {
    const wanted = revision.hypotheses.every((h, k) => holdsAt(h, instance) !== (k === index));
    return wanted && caseAt(revision, instance) !== undefined;
  } catch (error) {
    if (error instanceof UsageError || error instanceof ExactError) return false;
    throw error;
  }
};

const drawWithin = (revision: Revision, index: number, ranges: InstanceRanges, seed: number): ViolatingInstance[] => {
  const hypothesis = revision.hypotheses[index];
  const direct = decodeDirect(revision, ranges);
  const plainly = { decode: direct, special: false };
  const decoders: { readonly decode: (genome: Genome) => Instance | undefined; readonly special: boolean }[] =
    lambdasGiven(ranges) || revision.parametrisation === undefined
      ? [plainly]
      : [
          ...revision.cases.flatMap((c) =>
            c.strata.map((x) => ({
              decode: decodeStratum(revision, x, ranges),
              special: Object.values(x.draw).some((draw) => 'exactly' in draw),
            })),
          ),
          plainly,
        ];
  const genes = Math.max(
    revision.parametrisation?.generators.length ?? 0,
    Object.keys(revision.problem.lambda).length,
  );
  const sizesDecide = comparedSizes(hypothesis) !== undefined;
  const found = new Map<string, ViolatingInstance>();
  const keep = (instance: Instance | undefined, special: boolean): void => {
    if (instance === undefined || !violates(revision, index, instance)) return;
    found.set(JSON.stringify(instance), {
      instance,
      caseId: caseAt(revision, instance).id,
      amount: amountAt(hypothesis, instance),
      special,
    });
  };
  // A hypothesis such as κ ≠ 1/16 is violated by nothing that is drawn at random.
  for (const { K, n, d, amplitudes } of revision.pinned ?? []) {
    if (sizesFit({ K, n, d, genes: [] }, ranges)) keep(atAmplitudes(revision, { K, n, d }, amplitudes, ranges), true);
  }
  fc.sample(genomes(ranges, genes), { numRuns: ATTEMPTS, seed }).forEach((genome, k) => {
    if (!sizesFit(genome, ranges)) return;
    if (sizesDecide && holdsAt(hypothesis, { ...genome, lambda: {} })) return;
    const { decode, special } = decoders[k % decoders.length] ?? plainly;
    keep(decode(genome), special);
  });
  const all = [...found.values()];
  const small = all.filter((x) => unknowns(x.instance) <= SMALL);
  return small.length > 0 ? small : all;
};

/**
 * Up to `count` instances that violate the hypothesis with the given index: by every amount in every case once, then
 * the small amounts again, each where nothing is special before where it is. A function of its arguments alone.
 */
export const drawViolating = (
  revision: Revision,
  index: number,
  ranges: InstanceRanges,
  count: number,
  seed: number,
): ViolatingInstance[] => {
  let drawn: ViolatingInstance[] = [];
  for (const reach of reaches(ranges)) {
    drawn = drawWithin(revision, index, reach, (seed + 7919 * (index + 1)) | 0);
    if (drawn.length > 0) break;
  }
  const buckets = new Map<string, ViolatingInstance[]>();
  const order = ({ amount, caseId }: ViolatingInstance): string =>
    `${Math.min(amount ?? 0, FAR)} ${revision.cases.findIndex((c) => c.id === caseId)}`;
  const plainFirst = [...drawn.filter((x) => !x.special), ...drawn.filter((x) => x.special)];
  for (const x of plainFirst) buckets.set(order(x), [...(buckets.get(order(x)) ?? []), x]);
  const sorted = [...buckets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => members);
  const rounds = Math.max(0, ...sorted.map((x) => x.length));
  const inTurn = Array.from({ length: rounds }, (_, round) =>
    sorted.flatMap((members) => members.slice(round, round + 1)),
  );
  const [first = [], ...again] = inTurn;
  const near = again.flat().filter((x) => (x.amount ?? 0) < FAR);
  const far = again.flat().filter((x) => (x.amount ?? 0) >= FAR);
  return [...first, ...near, ...far].slice(0, count);
};
