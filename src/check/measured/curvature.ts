/**
 * The lowest curvature, hunted by Lanczos and independent of the claimed blocks: none at the claimed minimizers, at
 * other critical points exactly the predicted one, and none where they are called local minima.
 */
import { CURVATURE_TOLERANCE, type Curvature, lowestCurvature } from '../../numeric/descent/curvature.js';
import { symmetricEigen } from '../../numeric/dense.js';
import type { CriticalFamily, SpectrumBlock } from '../../theorem/contract.js';
import { numericInterpreter } from '../../theorem/evaluate-numeric.js';
import { holdsAt } from '../../theorem/instance.js';
import { inFull } from '../../numeric/digits.js';
import type { ViolationKind } from '../evidence.js';
import type { Setting } from '../setting.js';
import { constructionError } from './claim-point.js';
import type { Measurement, MeasuredCheck } from './context.js';
import { hessianScale } from './hessian-scale.js';
import { isSmooth } from './kinks.js';
import { tangentBasis } from './tangent.js';

/** Lanczos steps at a point, as long as their vectors take no more than so many numbers; 20 steps always. */
const PROBE = 60;
const PROBE_BUDGET = 20_000_000;

/** Random starts besides the first, off the tangent space of the claimed form. */
const DEFLATED_STARTS = 2;

const probe = ({ model }: Setting): number => Math.min(PROBE, Math.max(20, Math.floor(PROBE_BUDGET / model.size)));

export const curvatureCheck: MeasuredCheck = {
  id: 'curvature',
  title: 'no negative curvature at the construction',
  method: 'numeric',
  statement: 'negative curvature at the construction',
  measure(setting) {
    const { model } = setting;
    const placed = setting.placeClaim(0);
    if (!isSmooth(setting, placed.point)) {
      const detail = 'a pre-activation is zero: there is no curvature to speak of';
      return { skipped: true, outcome: 'pass', measured: 0, bound: 0, detail };
    }
    const products = probe(setting);
    const first = lowestCurvature(model, placed.point, setting.stream('curvature'), products);
    // The flat directions of the form are taken out, so that what lies near zero besides them comes first.
    const flat = tangentBasis(setting) ?? [];
    const starts = flat.length === 0 || flat.length >= model.size ? 0 : DEFLATED_STARTS;
    const others = Array.from({ length: starts }, (_, index) =>
      lowestCurvature(model, placed.point, setting.stream('curvature', index), products, flat),
    );
    const found = [first, ...others];
    const value = Math.min(...found.map((x) => x.lowest));
    // A Rayleigh quotient is off by rounding of the product only; the flat directions of the orbit sit at that level.
    const bound = 10 * CURVATURE_TOLERANCE * Math.max(...found.map((x) => x.scale));
    const measured = Math.max(0, -value);
    const numbers = [
      `the lowest curvature found is ${inFull(value)}, by Lanczos from ${found.length} starts; ` +
        `${flat.length} directions of the form are flat`,
    ];
    if (measured <= bound) return { outcome: 'pass', measured, bound, numbers };
    return {
      outcome: 'fail',
      measured,
      bound,
      numbers,
      violation: {
        kind: 'negative-curvature',
        margin: value.toExponential(3),
        what: 'the claimed minimizer has a direction of negative curvature',
      },
    };
  },
};

/** The lowest eigenvalue that the blocks predict. */
const lowestPredicted = ({ instance }: Setting, blocks: readonly SpectrumBlock[], rank: number): number => {
  const { scalar } = numericInterpreter(instance, new Map(), rank);
  return blocks.reduce((lowest, { matrix, multiplicity }) => {
    if (!(scalar(multiplicity) > 0)) return lowest;
    const entries = Float64Array.from(matrix.flat(), (x) => scalar(x));
    return Math.min(lowest, symmetricEigen(matrix.length, entries).values[0] ?? Infinity);
  }, Infinity);
};

/** Keys of the points of a family, in turn until f is smooth at one; with the key 0 it is in general position. */
const KEYS = [2, 0];

/** Its lowest curvature is the predicted one, where a spectrum is stated, and fits what the family is said to be. */
const atFamily = (setting: Setting, family: CriticalFamily, rank: number): Measurement => {
  const { spectrum, nature } = family;
  const name = `${family.id}, r = ${rank}`;
  const point = KEYS.map((key) => setting.familyPoint(family, rank, key)).find((x) => isSmooth(setting, x));
  if (point === undefined) {
    const detail = `${name}: a pre-activation is zero, there is no curvature to speak of`;
    return { skipped: true, outcome: 'pass', measured: 0, bound: 0, detail };
  }
  const stream = setting.stream('saddle', family.id, rank);
  const found: Curvature = lowestCurvature(setting.model, point, stream, probe(setting));
  const predicted = spectrum === undefined ? undefined : lowestPredicted(setting, spectrum, rank);
  const bound =
    10 * CURVATURE_TOLERANCE * found.scale + 16 * constructionError(setting) * hessianScale(setting, point).norm;
  const difference = predicted === undefined ? Math.min(0, found.lowest) : found.lowest - predicted;
  const measured = Math.abs(difference);
  const expected = predicted === undefined ? '' : `, predicted ${inFull(predicted)}`;
  const numbers = [`${name}: the lowest curvature found is ${inFull(found.lowest)}${expected}`];
  const wrong = (what: string, kind: ViolationKind = 'wrong-spectrum'): Measurement => ({
    outcome: 'fail',
    measured,
    bound,
    numbers,
    violation: { kind, margin: found.lowest.toExponential(3), what: `${name}: ${what}` },
  });
  const open = (detail: string): Measurement => ({ outcome: 'inconclusive', measured, bound, numbers, detail });
  if (nature === 'local-minimum') {
    // A Rayleigh quotient is an upper bound of the lowest eigenvalue.
    if (!(found.lowest >= -bound)) {
      return wrong('called a local minimum, it has a direction of negative curvature', 'negative-curvature');
    }
    if (predicted !== undefined && predicted < -bound) {
      return wrong(`called a local minimum, it has ${predicted.toExponential(3)} in its stated spectrum`);
    }
  }
  if (predicted === undefined) return { outcome: 'pass', measured, bound, numbers };
  if (!(measured <= bound)) {
    // At a local minimum there is nothing to find but nothing below; it is the whole spectrum that says the rest.
    if (difference > 0 && nature === 'local-minimum') return { outcome: 'pass', measured: 0, bound, numbers };
    // A Rayleigh quotient below the predicted minimum contradicts it; one above may not have converged to it.
    return difference < 0
      ? wrong(`there is curvature below the predicted ${predicted.toExponential(3)}`)
      : open(`${name}: no curvature as low as the predicted ${predicted.toExponential(3)} was found`);
  }
  if (nature === 'saddle' && predicted > bound) return wrong('no direction of it goes down');
  return nature === 'saddle' && predicted >= -bound
    ? open(`${name}: its lowest curvature cannot be told from zero`)
    : { outcome: 'pass', measured, bound, numbers };
};

const closeness = ({ measured, bound }: Measurement): number => measured / bound;

export const saddleCurvatureCheck: MeasuredCheck = {
  id: 'saddle-curvature',
  title: 'the lowest curvature at known critical points is the predicted one, and none at local minima',
  method: 'numeric',
  statement: 'lowest curvature at other critical points',
  measure(setting): Measurement {
    const { revision, instance } = setting;
    const results = (revision.criticalPoints ?? []).flatMap((family): Measurement[] => {
      const count = holdsAt(family.when, instance) ? setting.ranks(family) : 0;
      // Without a spectrum it is the descents from a saddle that say whether it is one.
      if (count < 1 || (family.spectrum === undefined && family.nature === 'saddle')) return [];
      const ranks = [...new Set([0, setting.stream('saddle rank', family.id).integer(0, count - 1)])];
      return ranks.filter((rank) => setting.hasRoom(family, rank)).map((rank) => atFamily(setting, family, rank));
    });
    const left = results.find((x) => x.skipped === true);
    const [first, ...others] = results.filter((x) => x.skipped !== true);
    const none = ['no other critical point with a spectrum is stated here'];
    if (first === undefined) return left ?? { skipped: true, outcome: 'pass', measured: 0, bound: 0, numbers: none };
    const failed = results.find((x) => x.outcome === 'fail') ?? results.find((x) => x.outcome !== 'pass');
    const numbers = results.flatMap((x) => x.numbers ?? []);
    if (failed !== undefined) return { ...failed, numbers };
    const worst = others.reduce((a, b) => (closeness(b) > closeness(a) ? b : a), first);
    return { ...worst, numbers, ...(left?.detail === undefined ? {} : { detail: `not everywhere (${left.detail})` }) };
  },
};
