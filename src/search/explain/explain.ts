/**
 * A certified point of the two-layer model, explained: what its matrices look like, which step of the written proof
 * fails there, and how much room the violation has. Everything is read off the exact point.
 */
import { evaluateLinks, excess } from '../../check/chain/evaluate.js';
import { linksOf } from '../../check/chain/links.js';
import { createSetting } from '../../check/setting.js';
import * as matrix from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import { type ExactPoint, exactPreActivations } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import { nuclearNorm } from '../../numeric/dense.js';
import { toText } from '../../symbolic/print.js';
import type { ClaimedForm } from '../../exact/certificate/schema.js';
import type { Revision } from '../../theorem/contract.js';
import type { Instance } from '../../theorem/instance.js';
import type { Certified } from '../exact/lift.js';
import { claimAt } from '../ranges.js';
import { type EnlargedNorm, type EnlargedNormLabels, enlargedNorm } from './enlarged-norm.js';
import { type EntryFreedom, entryFreedom } from './freedom.js';
import { type KappaInterval, kappaInterval } from './interval.js';
import { exactRank } from './rank.js';
import { columnSymmetries } from './symmetry.js';

/** A step of the written proof that fails at the point. */
export interface BrokenStep {
  readonly name: string;
  readonly upper: string;
  readonly lower: string;
  readonly upperValue: number;
  readonly lowerValue: number;
}

export interface Explanation {
  /** X̄ and σ(X̄), one column for each class. */
  readonly preActivations: ExactMatrix;
  readonly activations: ExactMatrix;
  readonly rankBefore: number;
  readonly rankAfter: number;
  readonly nuclearBefore: number;
  readonly nuclearAfter: number;
  /** The different entries of X̄, and of the Gram matrix of σ(X̄) with their diagonal apart. */
  readonly differentEntries: readonly Rational[];
  readonly gram: ExactMatrix;
  readonly symmetries: number | undefined;
  readonly brokenStep: BrokenStep | undefined;
  /** That σ enlarges the nuclear norm of X̄, with its certificate. */
  readonly enlarged: EnlargedNorm | undefined;
  readonly kappa: Rational;
  readonly kappaInterval: KappaInterval;
  readonly freedom: readonly EntryFreedom[] | undefined;
}

export function explain(
  revision: Revision,
  instance: Instance,
  form: ClaimedForm,
  { problem, point, bound }: Certified,
  labels: EnlargedNormLabels,
): Explanation {
  const { K, n } = instance;
  const [samples] = exactPreActivations(problem, point);
  const X = firstOfEachClass(samples, K, n);
  const A = matrix.relu(X);
  const different = new Map(X.entries.map((x) => [Q.format(x), x]));
  const lambda = Object.values(problem.lambda).reduce(Q.multiply, Q.rational(BigInt(K) ** 3n * BigInt(n)));
  return {
    preActivations: X,
    activations: A,
    rankBefore: exactRank(X),
    rankAfter: exactRank(A),
    nuclearBefore: nuclear(X),
    nuclearAfter: nuclear(A),
    differentEntries: [...different.values()].sort(Q.compare),
    gram: matrix.multiply(matrix.transpose(A), A),
    symmetries: columnSymmetries(X),
    brokenStep: brokenStep(revision, instance, point),
    enlarged: enlargedNorm(labels, point as Pick<ExactPoint, 'W1' | 'H1'>, n),
    kappa: lambda,
    kappaInterval: kappaInterval(form, problem, point, (changed) => {
      const text = Object.fromEntries(Object.entries(changed).map(([block, value]) => [block, Q.format(value)]));
      return claimAt(revision, { ...instance, lambda: text })?.form.form === form.form;
    }),
    freedom: entryFreedom(problem, point, bound),
  };
}

const firstOfEachClass = (samples: ExactMatrix, K: number, n: number): ExactMatrix =>
  matrix.map(matrix.zeros(samples.rows, K), (_, row, col) => matrix.entry(samples, row, col * n));

const nuclear = ({ rows, cols, entries }: ExactMatrix): number =>
  nuclearNorm(rows, cols, Float64Array.from(entries, Q.toNumber));

/** The first step of the case's chain of inequalities that surely fails at the point. */
function brokenStep(revision: Revision, instance: Instance, point: Certified['point']): BrokenStep | undefined {
  const setting = createSetting(revision, instance, 0);
  const links = linksOf(revision, setting.case);
  const flat = new Float64Array(setting.model.size);
  for (const { name, offset } of setting.model.blocks) {
    const block = point[name];
    if (block !== undefined) flat.set(Float64Array.from(block.entries, Q.toNumber), offset);
  }
  const gaps = evaluateLinks(setting, links, flat, 2 ** -50);
  const at = gaps.findIndex((gap) => gap !== undefined && excess(gap) > 1);
  const [link, gap] = [links[at], gaps[at]];
  return link === undefined || gap === undefined
    ? undefined
    : {
        name: link.name,
        upper: toText(link.upper.of),
        lower: toText(link.lower.of),
        upperValue: gap.upper,
        lowerValue: gap.lower,
      };
}
