/**
 * What a theorem says about a point that somebody brings along: a measurement of one point, and no evidence. A point
 * below the claimed value contradicts the theorem; to refute it takes a certificate, which `search` makes.
 */
import { clarkeStationarity } from '../../model/clarke.js';
import { descend } from '../../numeric/descent/descend.js';
import { toText } from '../../symbolic/print.js';
import type { Expression } from '../../symbolic/expression.js';
import { type DenseMatrix, frobenius } from '../../theorem/evaluate-numeric.js';
import { holdsAt } from '../../theorem/instance.js';
import { mul, relu } from '../../symbolic/build.js';
import { valueWindow } from '../descents.js';
import { createSetting, type Setting } from '../setting.js';
import { type Target, targetName } from '../../theorem/registry.js';
import type { Instance } from '../../theorem/instance.js';
import { type ConclusionResidual, claimedResiduals, conclusionResiduals } from '../tolerance.js';
import { requireFinite } from './finite.js';
import { type InspectedHypothesis, hypothesesAt } from './hypotheses.js';
import { type CollapseMetrics, collapseMetrics } from './metrics.js';
import { type KnownHeight, type Standing, knownHeights, standingOf } from './standing.js';

/**
 * `to rounding`: the residual is what the precision of the numbers explains. `within tolerance`: what a point this far
 * above the minimum may have. `broken`: more than that. `not claimed`: the value leaves too much open for a tolerance
 * that rests on an assumption.
 */
export type Keeping = 'to rounding' | 'within tolerance' | 'broken' | 'not claimed';

/**
 * What leaves too much open: the point is too far `above` the claimed value, or `below` it; it may have gained by
 * breaking a hypothesis on the minimizer that has a `price`; its value has too large a `rounding` error.
 */
export type Unclaimed = 'above' | 'below' | 'price' | 'rounding';

export interface InspectedConclusion extends ConclusionResidual {
  readonly title: string;
  readonly statement: string;
  /** What rounding of the numbers to their precision explains. */
  readonly rounding: number;
  readonly keeping: Keeping;
  /** Why it is not claimed, where it is not. */
  readonly unclaimed?: Unclaimed;
}

export interface Descended {
  readonly standing: Standing;
  readonly gradientNorm: number;
  readonly reason: string;
  readonly nearest: KnownHeight;
}

export interface Inspection {
  readonly target: string;
  readonly instance: Instance;
  readonly case: { readonly id: string; readonly when: string; readonly value: string };
  readonly standing: Standing;
  readonly gradient: {
    readonly norm: number;
    /** What rounding explains at most: of the computation, and of the numbers to their precision. */
    readonly rounding: number;
    /** At a kink of the ReLU: between which bounds the distance of zero from the gradients over all masks lies. */
    readonly kink?: { readonly entries: number; readonly least: number; readonly most: number };
    /** Zero is among the gradients over all masks, to rounding. */
    readonly vanishes: boolean;
  };
  readonly conclusions: readonly InspectedConclusion[];
  readonly metrics: readonly CollapseMetrics[];
  readonly hypotheses: readonly InspectedHypothesis[];
  /** Known heights, nearest first. */
  readonly heights: readonly KnownHeight[];
  /** Where a descent ends from a point above the value, or from one at the value that is not critical. */
  readonly descent?: Descended;
  /** Other revisions of the theorem that this point contradicts. */
  readonly contradicts: readonly string[];
  /** How the point contradicts this revision, if it does. */
  readonly contradiction?: string;
}

export interface InspectOptions {
  /** Unit roundoff of the numbers as they were saved: 2⁻²⁴ for 32 bits. */
  readonly precision: number;
  readonly seed: number;
}

/** From this number of unknowns on no descent is made from the point. */
const LARGEST_DESCENT = 50_000;

const matrixAt = ({ model }: Setting, point: Float64Array, name: string): DenseMatrix => {
  const { rows, cols, offset, length } = model.block(name);
  return { rows, cols, data: point.subarray(offset, offset + length) };
};

const metricsAt = (setting: Setting, point: Float64Array): CollapseMetrics[] => {
  const { spec, block } = setting.revision.problem;
  const { K } = setting.instance;
  if (spec.layers === 1) return [collapseMetrics('H', matrixAt(setting, point, 'H'), K, matrixAt(setting, point, 'W'))];
  if (spec.layers !== 2) return [collapseMetrics('H1', matrixAt(setting, point, 'H1'), K, undefined)];
  const { W1, H1 } = block as Record<'W1' | 'H1', (typeof block)[string]>;
  const hidden = spec.activation === 'relu' ? relu(mul(W1, H1)) : mul(W1, H1);
  return [
    collapseMetrics('H1', matrixAt(setting, point, 'H1'), K, undefined),
    collapseMetrics(toText(hidden), setting.at(point).matrix(hidden), K, matrixAt(setting, point, 'W2')),
  ];
};

/** The squares of smaller numbers vanish, and with them what a norm of errors says. */
const UNDERFLOW = 2 ** -511;

const gradientAt = ({ model }: Setting, point: Float64Array, precision: number): Inspection['gradient'] => {
  const gradient = new Float64Array(model.size);
  model.valueAndGradient(point, gradient);
  const norm = frobenius({ rows: model.size, cols: 1, data: gradient });
  const explained =
    model.gradientRoundingError(point, 'computed') + model.gradientSensitivity(point, precision, 'computed');
  const rounding = norm === 0 ? explained : Math.max(explained, UNDERFLOW * Math.sqrt(model.size));
  requireFinite({ '‖∇f‖': norm, 'the bound on what rounding explains of ‖∇f‖': rounding });
  const figures = { norm, rounding, vanishes: norm <= rounding };
  if (model.spec.activation !== 'relu' || model.spec.layers !== 2) return figures;
  const { freeEntries, lowerBound, distance } = clarkeStationarity(model, point, 0);
  if (freeEntries === 0) return figures;
  const kink = { entries: freeEntries, least: lowerBound, most: distance };
  return { ...figures, kink, vanishes: Math.min(norm, distance) <= rounding };
};

const unclaimedAt = (setting: Setting, { height, gap, reached, rounding, price }: Standing): Unclaimed => {
  if (height === 'below') return 'below';
  if (!reached && gap > 0) return 'above';
  return price > rounding && gap + price > valueWindow(setting) ? 'price' : 'rounding';
};

const keepingOf = (measured: number, explained: number, bound: number, judged: boolean): Keeping => {
  if (measured <= explained) return 'to rounding';
  if (!judged) return 'not claimed';
  return measured <= bound ? 'within tolerance' : 'broken';
};

const conclusionsAt = (setting: Setting, point: Float64Array, standing: Standing, precision: number) => {
  const rounding = claimedResiduals(setting, point, precision);
  const close = standing.reached && standing.epsilon <= 2 * valueWindow(setting);
  return conclusionResiduals(setting, point, standing.epsilon).map((residual, k): InspectedConclusion => {
    const explained = rounding[k]?.bound ?? 0;
    const bound = Math.max(residual.bound, explained);
    const conclusion = setting.case.conclusions[k];
    const of = `of ${residual.conclusion}`;
    requireFinite({ [`the residual ${of}`]: residual.measured, [`the tolerance ${of}`]: bound });
    const keeping = keepingOf(residual.measured, explained, bound, residual.rigorous || close);
    return {
      ...residual,
      bound,
      title: conclusion?.title ?? '',
      statement: conclusion === undefined ? '' : toText(conclusion.statement),
      rounding: explained,
      keeping,
      ...(keeping === 'not claimed' ? { unclaimed: unclaimedAt(setting, standing) } : {}),
    };
  });
};

/**
 * How a point contradicts a theorem whose hypotheses on the instance hold, if it does. A broken conclusion accuses only
 * at the claimed value itself, and where no other critical point is known within reach of it by a value of another
 * formula: just below a threshold zero is higher by less than a tolerance can tell, and no minimizer.
 */
const contradictionIn = (
  setting: Setting,
  standing: Standing,
  conclusions: readonly InspectedConclusion[],
): string | undefined => {
  if (!standing.accountable) return undefined;
  if (standing.height === 'below') return 'its value is below the claimed minimum';
  const broken = standing.height === 'at' ? conclusions.find((x) => x.keeping === 'broken') : undefined;
  if (broken === undefined) return undefined;
  const near = knownHeights(setting, standing.claimed).filter((x) => Math.abs(x.above) <= valueWindow(setting));
  if (!broken.rigorous && near.some((x) => x.formula !== text(setting.case.value))) return undefined;
  const assumed = broken.rigorous ? '' : ' (by more than growth of fourth order allows)';
  return `it has the claimed value and breaks ${broken.conclusion}${assumed}`;
};

const contradictionAt = (target: Target, instance: Instance, point: Float64Array, options: InspectOptions) => {
  const setting = createSetting(target.revision, instance, options.seed);
  if (!target.revision.hypotheses.every((x) => holdsAt(x, instance))) return undefined;
  const standing = standingOf(setting, point);
  return contradictionIn(setting, standing, conclusionsAt(setting, point, standing, options.precision));
};

const descendFrom = (setting: Setting, point: Float64Array): Descended | undefined => {
  if (setting.model.size > LARGEST_DESCENT) return undefined;
  const result = descend(setting.model, point, { key: setting.key('inspect') });
  const standing = standingOf(setting, result.point);
  const [nearest] = knownHeights(setting, standing.value);
  if (nearest === undefined || !Number.isFinite(standing.gap) || !Number.isFinite(standing.rounding)) return undefined;
  return { standing, gradientNorm: result.gradientNorm, reason: result.reason, nearest };
};

/** The same expression as text, without a dependence on who prints it. */
const text = (node: Expression): string => toText(node);

/**
 * Measures one point against one revision, and asks the other revisions of the theorem whether they allow it.
 *
 * @param point all blocks in the order of the model, samples class-major
 * @throws UsageError for a point so large that what is measured, or a bound on it, overflows
 */
export const inspectPoint = (
  target: Target,
  instance: Instance,
  point: Float64Array,
  options: InspectOptions,
): Inspection => {
  const setting = createSetting(target.revision, instance, options.seed);
  const { case: home, revision } = setting;
  requireFinite({ 'its loss': setting.model.value(point) });
  const gradient = gradientAt(setting, point, options.precision);
  const standing = standingOf(setting, point);
  requireFinite({ 'the bound on the rounding of its loss': standing.rounding, 'what it may gain': standing.price });
  const conclusions = conclusionsAt(setting, point, standing, options.precision);
  const hypotheses = hypothesesAt(setting, point, standing.epsilon, options.precision);
  const claims = hypotheses.every((x) => x.of === 'minimizer' || x.holds === true);
  const contradiction = claims ? contradictionIn(setting, standing, conclusions) : undefined;
  // At the claimed value too: where ∇f does not vanish, something lies below.
  const unfinished =
    standing.height === 'above'
      ? !(standing.reached && gradient.vanishes)
      : standing.height === 'at' && !gradient.vanishes;
  const descent = unfinished ? descendFrom(setting, point) : undefined;
  const others = target.theorem.revisions.filter((x) => x !== revision && x.problem.spec === revision.problem.spec);
  return {
    target: targetName(target),
    instance,
    case: { id: home.id, when: text(home.when), value: text(home.value) },
    standing,
    gradient,
    conclusions,
    metrics: metricsAt(setting, point),
    hypotheses,
    heights: knownHeights(setting, standing.value),
    ...(descent === undefined ? {} : { descent }),
    contradicts: others.flatMap((other) => {
      const of = { ...target, revision: other };
      return contradictionAt(of, instance, point, options) === undefined ? [] : [targetName(of)];
    }),
    ...(contradiction === undefined ? {} : { contradiction }),
  };
};
