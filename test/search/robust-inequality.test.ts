/**
 * The robust inequality f ≥ f* − √(λ_{W₁}λ_{H₁})·max(‖σ(X)‖_* − ‖X‖_*, 0) against the winners of the hunt: at the
 * points of all counterexamples of this project to two layers with ReLU, exactly; and from there, perturbed, by
 * descents of f and by climbs of the breach. A long run (`UFM_CHECK_LONG`) takes all of them and more perturbations.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateLemma, excess } from '../../src/check/lemma/evaluate.js';
import { modelAlong } from '../../src/check/lemma/descents.js';
import { lemmaLayout } from '../../src/check/lemma/layout.js';
import { type LemmaCandidate, climbLemma } from '../../src/check/lemma/search.js';
import { holdsExactly } from '../../src/check/measured/holds-exactly.js';
import * as M from '../../src/exact/matrix.js';
import * as Q from '../../src/exact/rational.js';
import { descend } from '../../src/numeric/descent/descend.js';
import { createStream } from '../../src/numeric/random.js';
import { type Instance, holdsAt } from '../../src/theorem/instance.js';
import type { Lemma } from '../../src/theorem/lemma/contract.js';
import { robustInequality, robustInequalityAbove } from '../../theorems/tirer-bruna-2022/robust-lemmas.js';
import { LONG } from '../effort.js';

interface Stored {
  readonly claim: { readonly model?: { readonly layers: number; readonly activation: string } };
  readonly instance?: Pick<Instance, 'K' | 'n' | 'd'> & { readonly lambda?: Readonly<Record<string, string>> };
  readonly point?: Readonly<Record<string, readonly (readonly string[])[]>>;
}

interface Winner {
  readonly name: string;
  readonly instance: Instance;
  readonly blocks: ReadonlyMap<string, M.ExactMatrix>;
}

const GALLERY = new URL('../../docs/counterexamples/', import.meta.url);
/** Larger ones are for the long run. */
const MOST_CLASSES = LONG ? Infinity : 5;
const PERTURBATIONS = LONG ? [1e-3, 1e-2, 0.03, 0.1, 0.2, 0.3] : [0.03, 0.3];
const TIMES = LONG ? 4 : 1;
/** As the checks of lemmas climb, or further. */
const CLIMB_STEPS = LONG ? 96 : 8;

const winners: readonly Winner[] = readdirSync(GALLERY, { withFileTypes: true })
  .filter((x) => x.isDirectory())
  .flatMap(({ name }): Winner[] => {
    const text = readFileSync(new URL(`${name}/certificate.json`, GALLERY), 'utf8');
    const { claim, instance, point } = JSON.parse(text) as Stored;
    const { model } = claim;
    if (model?.layers !== 2 || model.activation !== 'relu' || instance?.lambda === undefined) return [];
    if (point === undefined || instance.K > MOST_CLASSES) return [];
    const { K, n, d, lambda } = instance;
    const scalars = Object.fromEntries(Object.entries(lambda).map(([block, x]) => [`lambda_${block}`, x]));
    const blocks = new Map(Object.entries(point).map(([block, rows]) => [block, M.fromStrings(rows)]));
    return [{ name, instance: { K, n, d, lambda: {}, scalars }, blocks }];
  });

const lemmaAt = (instance: Instance): Lemma =>
  robustInequality.hypotheses.every((x) => holdsAt(x, instance)) ? robustInequality : robustInequalityAbove;

describe('the robust inequality at the winners of the hunt', () => {
  it('has counterexamples on both sides of the threshold to be tried at', () => {
    expect(winners.length).toBeGreaterThanOrEqual(LONG ? 8 : 3);
    if (LONG) expect(new Set(winners.map((x) => lemmaAt(x.instance).id)).size).toBe(2);
  });

  it.each(winners)('holds exactly at $name', ({ instance, blocks }) => {
    expect(holdsExactly({ instance, blocks, frames: new Map() }, lemmaAt(instance).statement)).toBe(true);
  });

  it.each(winners)('is not broken by descents and climbs from near $name', ({ name, instance, blocks }) => {
    const lemma = lemmaAt(instance);
    const layout = lemmaLayout(lemma, instance);
    const model = modelAlong(lemma, instance);
    if (model === undefined) throw new Error('the lemma has no objective');
    const winner = new Float64Array(model.size);
    for (const { name: block, offset } of model.blocks) {
      winner.set((blocks.get(block)?.entries ?? []).map(Q.toNumber), offset);
    }
    const size = Math.sqrt(winner.reduce((sum, x) => sum + x * x, 0) / winner.length);
    const candidate = (from: Float64Array, kind: string): LemmaCandidate | undefined => {
      const at = new Float64Array(layout.size);
      for (const slot of layout.slots) {
        const { offset, length } = model.block(slot.name);
        at.set(from.subarray(offset, offset + length), slot.offset);
      }
      const gap = evaluateLemma(lemma, instance, layout, at);
      return gap === undefined ? undefined : { ...gap, kind, at };
    };
    let [tried, worst, breach] = [0, -Infinity, -Infinity];
    for (const length of [0, ...PERTURBATIONS]) {
      for (let time = 0; time < TIMES; time++) {
        const stream = createStream(1, 'robust', name, length, time);
        const start = winner.map((x) => x + length * size * stream.normal());
        const end = descend(model, start, { maximumIterations: 300, maximumEscapes: 2 });
        for (const from of [candidate(start, 'winner'), candidate(end.point, 'descent')]) {
          if (from === undefined) continue;
          for (const each of climbLemma(lemma, instance, layout, from, stream, { steps: CLIMB_STEPS })) {
            tried += 1;
            worst = Math.max(worst, excess(each));
            breach = Math.max(breach, each.breach);
          }
        }
      }
    }
    const most = `breach at most ${breach.toExponential(1)}, ${worst.toFixed(3)} of its rounding`;
    if (LONG) console.log(`${name}: ${tried} points, ${most}`);
    expect(tried).toBeGreaterThan(PERTURBATIONS.length * CLIMB_STEPS);
    expect(worst).toBeLessThanOrEqual(1);
  });
});
