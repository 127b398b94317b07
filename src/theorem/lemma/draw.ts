/** Sizes and numbers at which a lemma is tested: a function of (lemma, ranges, seed, index) alone. */
import * as Q from '../../exact/rational.js';
import { createStream } from '../../numeric/random.js';
import type { Draw } from '../contract.js';
import { type Instance, describeInstance, holdsAt } from '../instance.js';
import { type SizeRange, sizesAt } from '../ranges.js';
import { type Lemma, fullLemmaId } from './contract.js';

/** Sizes from which instances are drawn. */
export interface LemmaRanges {
  readonly K: SizeRange;
  readonly n: SizeRange;
  readonly d: SizeRange;
}

/** Draws before the hypotheses count as met by nothing. */
const ATTEMPTS = 200;

/** Numbers are multiples of 1/1000, and of a millionth where a hypothesis ends. */
const DENOMINATOR = 1000;
const FINE_DENOMINATOR = 1_000_000;
/** Halvings of the way to where a hypothesis ends. */
const HALVINGS = 24;

/** The number at a share of the way from one end of its range to the other, on a logarithmic scale. */
const numberAt = (draw: Draw, share: number, denominator = DENOMINATOR): string => {
  if ('exactly' in draw) return draw.exactly;
  const [low, high] = [Q.parseRational(draw.from), Q.parseRational(draw.to)];
  const [from, to] = [Q.toNumber(low), Q.toNumber(high)];
  const rounded = Q.rational(Math.round(from * (to / from) ** share * denominator), denominator);
  return Q.format(Q.maximum(low, Q.minimum(high, rounded)));
};

/**
 * The instance with one number moved towards an end of its range until just before a hypothesis fails, if towards one
 * of them it does: where a hypothesis is too weak, the statement is false there first.
 */
const atTheEdge = (lemma: Lemma, instance: Instance, share: number, index: number, up: boolean): Instance => {
  const scalar = lemma.scalars[index % lemma.scalars.length];
  if (scalar === undefined) return instance;
  const { symbol, draw } = scalar;
  const at = (x: number): Instance => ({
    ...instance,
    scalars: { ...instance.scalars, [symbol.name]: numberAt(draw, x, FINE_DENOMINATOR) },
  });
  const meets = (x: number): boolean => lemma.hypotheses.every((h) => holdsAt(h, at(x)));
  let [inside, outside] = [share, up ? 1 : 0];
  if (meets(outside)) outside = 1 - outside;
  if (meets(outside)) return at(outside);
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (inside + outside) / 2;
    if (meets(middle)) inside = middle;
    else outside = middle;
  }
  return at(inside);
};

/** Up to `count` instances that meet the hypotheses, and how many were drawn for them. */
export const drawLemmaInstances = (
  lemma: Lemma,
  ranges: LemmaRanges,
  count: number,
  seed: number,
): { readonly instances: readonly Instance[]; readonly drawn: number } => {
  const instances: Instance[] = [];
  let tries = 0;
  for (let index = 0; instances.length < count && tries < ATTEMPTS + 20 * count; index++) {
    tries += 1;
    const stream = createStream(seed, fullLemmaId(lemma), 'instance', index);
    const within = (range: SizeRange, K: number): number | undefined => {
      const bounds = sizesAt(range, K);
      return bounds === undefined ? undefined : stream.integer(bounds.lower, bounds.upper);
    };
    const K = within(ranges.K, 1);
    if (K === undefined) continue;
    const [n, d] = [within(ranges.n, K), within(ranges.d, K)];
    if (n === undefined || d === undefined) continue;
    const shares = lemma.scalars.map(() => stream.uniform());
    const scalars = Object.fromEntries(
      lemma.scalars.map(({ symbol, draw }, k) => [symbol.name, numberAt(draw, shares[k] ?? 0)]),
    );
    const instance: Instance = { K, n, d, lambda: {}, scalars };
    if (!lemma.hypotheses.every((x) => holdsAt(x, instance))) continue;
    const picked = stream.integer(0, Math.max(0, lemma.scalars.length - 1));
    const edge = lemma.hypotheses.length > 0 && index % 2 === 0;
    const found = edge ? atTheEdge(lemma, instance, shares[picked] ?? 0, picked, stream.uniform() < 0.5) : instance;
    const repeat = instances.filter((x) => describeInstance(x) === describeInstance(found)).length;
    instances.push(repeat === 0 ? found : { ...found, repeat });
  }
  return { instances, drawn: tries };
};
