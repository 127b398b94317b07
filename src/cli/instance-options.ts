/** The options that choose instances: --K, --d, --n, --lambda, one --lambda-… per block, and --mu. */
import { UsageError } from '../errors.js';
import { type Rational, compare, divide, multiply } from '../exact/rational.js';
import { lambdaOption } from '../check/command.js';
import type { Revision } from '../theorem/contract.js';
import { type InstanceRanges, LARGEST_INSTANCE, numbersAt } from '../theorem/genome.js';
import { type LambdaRange, type SizeRange, sizesAt } from '../theorem/ranges.js';
import type { Lemma } from '../theorem/lemma/contract.js';
import { type LemmaRanges, drawLemmaInstances } from '../theorem/lemma/draw.js';
import { lemmaName } from '../theorem/lemma/registry.js';
import { type Target, targetName } from '../theorem/registry.js';
import { toText } from '../symbolic/print.js';
import { holdsOnBox } from '../theorem/instance.js';
import { interval, point } from '../exact/interval.js';
import { rational } from '../exact/rational.js';
import { CLASSES_OF_TWO_LAYERS, DEFAULT_RANGES } from './defaults.js';
import { assertNonEmpty, parseLambdaRange, parseSizeRange } from './ranges.js';

/** The options as commander hands them over. */
export interface InstanceOptions {
  readonly K?: string;
  readonly d?: string;
  readonly n?: string;
  readonly lambda?: string;
  /** μ′ = 2√κ, for two layers. */
  readonly mu?: string;
  /** By option name: `lambda-w2`. */
  readonly lambdas: Readonly<Record<string, string>>;
  /** The run looks at instances outside the hypotheses only. */
  readonly outside?: boolean;
}

/** Every option that sets one λ, for any model with up to two layers. */
export const LAMBDA_OPTIONS = ['lambda-w', 'lambda-h', 'lambda-b', 'lambda-w2', 'lambda-w1', 'lambda-h1'] as const;

/** The ranges of one target. @throws UsageError for malformed or impossible values */
export const instanceRanges = (target: Target, options: InstanceOptions): InstanceRanges => {
  const { revision } = target;
  const K = options.K === undefined ? defaultClasses(revision) : parseSizeRange('K', options.K);
  const d = options.d === undefined ? defaultFeatures(revision, K) : parseSizeRange('d', options.d);
  const n = options.n === undefined ? DEFAULT_RANGES.n : parseSizeRange('n', options.n);
  assertNonEmpty('d', d, K);
  assertNonEmpty('n', n, K);
  const ranges: InstanceRanges = { K, d, n, lambda: lambdaRanges(target, options), ...muRange(target, options) };
  requireManageable(ranges);
  // Where the sizes are not of the user's choosing, hypotheses that nothing meets make the theorem vacuous.
  const chosen = [options.K, options.d, options.n].some((x) => x !== undefined);
  if (chosen && options.outside !== true) requirePossible(target, revision, ranges);
  return ranges;
};

/** κ = μ′²/4 is a generator of the theorems with two layers. @throws UsageError for theorems without it */
const muRange = (target: Target, { mu }: InstanceOptions): Pick<InstanceRanges, 'generators'> => {
  if (mu === undefined) return {};
  const { problem, parametrisation } = target.revision;
  const known = problem.spec.layers === 2 && parametrisation?.generators.some(({ symbol }) => symbol.name === 'kappa');
  if (known !== true) {
    throw new UsageError(`--mu does not belong to theorem ${targetName(target)}`, 'It is a parameter of two layers.');
  }
  const { lower, upper, text } = parseLambdaRange('mu', mu);
  const kappa = (x: Rational): Rational => divide(multiply(x, x), rational(4));
  return { generators: { kappa: { lower: kappa(lower), upper: kappa(upper), text } } };
};

/** Lemmas are about small matrices: what fails for large ones fails for small ones as well, as a rule. */
const LEMMA_SIZES = { K: '1..6', n: '1..2', d: '1..6' } as const;

/**
 * The sizes at which a lemma is tested: the given ones where the user named it, otherwise its own.
 *
 * @throws UsageError for sizes that the hypotheses exclude, and for a λ, which no lemma has
 */
export const lemmaRanges = (lemma: Lemma, options: InstanceOptions, named: boolean): LemmaRanges => {
  const given: Partial<Pick<InstanceOptions, 'K' | 'n' | 'd'>> = named ? options : {};
  const { sizes = {} } = lemma;
  const own = {
    K: sizes.K?.join('..') ?? LEMMA_SIZES.K,
    n: sizes.n?.join('..') ?? LEMMA_SIZES.n,
    d: sizes.beyondK?.map((x) => (x === 0 ? 'K' : `K+${x}`)).join('..') ?? LEMMA_SIZES.d,
  };
  const range = (name: 'K' | 'n' | 'd'): SizeRange => parseSizeRange(name, given[name] ?? own[name]);
  const [K, n, d] = [range('K'), range('n'), range('d')];
  assertNonEmpty('d', d, K);
  assertNonEmpty('n', n, K);
  requireManageable({ K, n, d, lambda: {} });
  const lambda = options.lambda === undefined ? Object.keys(options.lambdas)[0] : 'lambda';
  if (named && lambda !== undefined) {
    throw new UsageError(`--${lambda} does not belong to ${lemmaName(lemma)}`, 'Lemmas draw their own numbers.');
  }
  const chosen = Object.keys(given).some((x) => x === 'K' || x === 'n' || x === 'd');
  if (chosen && drawLemmaInstances(lemma, { K, n, d }, 1, 1).instances.length === 0) {
    throw new UsageError(
      `--K ${K.text} --d ${d.text} --n ${n.text}: ${lemmaName(lemma)} needs ${lemma.hypotheses.map(toText).join(', ')}`,
      'Choose sizes that meet it.',
    );
  }
  return { K, n, d };
};

/** @throws UsageError where even the smallest sizes of the ranges are too large to measure */
const requireManageable = (ranges: InstanceRanges): void => {
  const K = ranges.K.lower.offset;
  const [d, n] = [sizesAt(ranges.d, K)?.lower ?? 1, sizesAt(ranges.n, K)?.lower ?? 1];
  if (numbersAt({ K, n, d }) <= LARGEST_INSTANCE) return;
  throw new UsageError(
    `K = ${K}, d = ${d}, n = ${n} is too large to measure`,
    `Keep d·K·n and K²·n below ${LARGEST_INSTANCE}, for example --K 50 --d 200 --n 100.`,
  );
};

/** With two layers what is false shows itself at larger K than with one. */
const defaultClasses = ({ problem }: Revision): SizeRange =>
  problem.spec.layers > 1 ? CLASSES_OF_TWO_LAYERS : DEFAULT_RANGES.K;

/** From K on where the hypotheses ask for that, from 1 on where they allow d < K: what they allow has to hold. */
const defaultFeatures = (revision: Revision, classes: SizeRange): SizeRange => {
  const most = classes.upper.offset;
  const fewer = new Map([
    ['K', interval(rational(Math.min(2, most)), rational(most))],
    ['d', point(rational(1))],
    ['n', interval(rational(1), HUGE)],
    ...Object.keys(revision.problem.lambda).map((block) => [`lambda_${block}`, interval(TINY, HUGE)] as const),
  ]);
  const allowed = most > 1 && revision.hypotheses.every((x) => holdsOnBox(x, fewer) !== false);
  return parseSizeRange('d', allowed ? '1..2K+1' : 'K..2K+1');
};

const lambdaRanges = (target: Target, options: InstanceOptions): Record<string, LambdaRange> => {
  const blocks = Object.keys(target.revision.problem.lambda);
  const known = new Map(blocks.map((block) => [lambdaOption(block).slice(2), block]));
  const all = options.lambda === undefined ? undefined : parseLambdaRange('lambda', options.lambda);
  const ranges: Record<string, LambdaRange> =
    all === undefined ? {} : Object.fromEntries(blocks.map((block) => [block, all]));
  for (const [option, text] of Object.entries(options.lambdas)) {
    const block = known.get(option);
    if (block === undefined) {
      throw new UsageError(
        `--${option} does not belong to theorem ${targetName(target)}`,
        `It has ${[...known.keys()].map((x) => `--${x}`).join(', ')}.`,
      );
    }
    ranges[block] = parseLambdaRange(option, text);
  }
  return ranges;
};

/**
 * A hypothesis on the sizes that no instance of the ranges can meet is a mistake of the command, not a vacuous
 * theorem.
 */
const requirePossible = (target: Target, { hypotheses }: Revision, ranges: InstanceRanges): void => {
  for (const hypothesis of hypotheses) {
    let reachable = false;
    for (let K = ranges.K.lower.offset; K <= ranges.K.upper.offset && !reachable; K++) {
      const [d, n] = [sizesAt(ranges.d, K), sizesAt(ranges.n, K)];
      if (d === undefined || n === undefined) continue;
      const box = new Map([
        ['K', point(rational(K))],
        ['d', interval(rational(d.lower), rational(d.upper))],
        ['n', interval(rational(n.lower), rational(n.upper))],
        ...Object.keys(target.revision.problem.lambda).map(
          (block) => [`lambda_${block}`, lambdaBox(ranges.lambda[block])] as const,
        ),
      ]);
      reachable = holdsOnBox(hypothesis, box) !== false;
    }
    if (!reachable) {
      const given = `--K ${ranges.K.text} --d ${ranges.d.text} --n ${ranges.n.text}`;
      throw new UsageError(
        `${given}: theorem ${targetName(target)} needs ${toText(hypothesis)}`,
        'Choose sizes that meet it, for example --K 3 --d K..2K.',
      );
    }
  }
};

const TINY: Rational = rational(1, 10n ** 50n);
const HUGE: Rational = rational(10n ** 50n);

const lambdaBox = (range: LambdaRange | undefined) =>
  range === undefined || compare(range.lower, range.upper) > 0
    ? interval(TINY, HUGE)
    : interval(range.lower, range.upper);
