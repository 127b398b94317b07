/** Where an inequality is claimed to be an equality: both sides at those matrices. */
import { type Instance, describeInstance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import type { Finding } from '../evidence.js';
import { evaluateLemma } from './evaluate.js';
import { lemmaLayout } from './layout.js';
import { constructed } from './points.js';

const UNIT_ROUNDOFF = 2 ** -53;

/**
 * Relative error of each constructed matrix: of a product of a few factors, and of the orthonormality of its frames,
 * which is held to 2e-14 times the dimension.
 */
const constructionError = ({ K, n, d }: Instance): number =>
  (200 * Math.max(K * n, d, 5) + 8 * (K * n + d)) * UNIT_ROUNDOFF;

/** Both sides at every construction of the lemma. */
export const equalityFindings = (
  lemma: Lemma,
  instances: readonly Instance[],
  seed: number,
  reproduce: string,
): Finding[] =>
  (lemma.equality ?? []).map(({ title, at }): Finding => {
    const base = {
      check: 'lemma-equality',
      part: title,
      method: 'numeric',
      statement: `equality: ${title}`,
      reproduce,
    } as const;
    const seen = instances.flatMap((instance) => {
      const layout = lemmaLayout(lemma, instance);
      const point = constructed(lemma, at, instance, layout, seed, 0);
      if (point === undefined) return [];
      const gap = evaluateLemma(lemma, instance, layout, point, constructionError(instance));
      return gap === undefined ? [] : [{ instance, measured: Math.abs(gap.breach), bound: gap.tolerance }];
    });
    const [first] = seen;
    if (first === undefined) {
      return { ...base, scope: { instances: 0 }, outcome: 'inconclusive', detail: 'the construction fits nowhere' };
    }
    const worst = seen.reduce((a, b) => (b.measured * a.bound > a.measured * b.bound ? b : a), first);
    const { instance, measured, bound } = worst;
    const figures = { scope: { instances: seen.length }, measured, bound };
    if (measured <= bound) return { ...base, ...figures, outcome: 'pass' };
    return {
      ...base,
      ...figures,
      outcome: 'fail',
      detail: `the sides differ by ${measured.toExponential(2)} at ${describeInstance(instance)}`,
      violation: {
        kind: 'inequality',
        instance,
        margin: measured.toExponential(3),
        what: `no equality: ${title}`,
        reproduce,
      },
    };
  });

