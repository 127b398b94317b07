/** Sizes and numbers at which a lemma is tested: a function of (lemma, ranges, seed, index) alone. */
import * as Q from '../../exact/rational.js';
import { createStream } from '../../numeric/random.js';
import type { Draw } from '../contract.js';
import { type Instance, holdsAt } from '../instance.js';
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

/** Numbers are fractions of this many steps on a logarithmic scale, rounded to this denominator. */
const STEPS = 64;
const DENOMINATOR = 60;

const drawn = (draw: Draw, share: number): string => {
  if ('exactly' in draw) return draw.exactly;
  const [from, to] = [Q.toNumber(Q.parseRational(draw.from)), Q.toNumber(Q.parseRational(draw.to))];
  const value = from * (to / from) ** share;
  const rounded = Q.rational(Math.round(value * DENOMINATOR), DENOMINATOR);
  const [low, high] = [Q.parseRational(draw.from), Q.parseRational(draw.to)];
  return Q.format(Q.maximum(low, Q.minimum(high, rounded)));
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
    const scalars = Object.fromEntries(
      lemma.scalars.map(({ symbol, draw }) => [symbol.name, drawn(draw, stream.integer(0, STEPS) / STEPS)]),
    );
    const instance: Instance = { K, n, d, lambda: {}, scalars };
    if (lemma.hypotheses.every((x) => holdsAt(x, instance))) instances.push(instance);
  }
  return { instances, drawn: tries };
};
