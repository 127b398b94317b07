/** Descents of one instance: where many kinds of starts end, and how far from the claim. */
import { type DescentOptions, type DescentReason, descend } from '../numeric/descent/descend.js';
import { preActivations } from '../model/kinks.js';
import type { Stream } from '../numeric/random.js';
import { sub } from '../symbolic/build.js';
import type { CriticalFamily } from '../theorem/contract.js';
import { holdsAt, scalarAt } from '../theorem/instance.js';
import { certainlyMeets, priceAt } from './of-minimizer.js';
import { lowRankPreActivations } from './rectified-starts.js';
import type { Setting } from './setting.js';
import { type ConclusionResidual, conclusionResiduals } from './tolerance.js';
import { type Excess, classAt, pricedHypothesis } from './vacuity/excess.js';
import { contradictsPrice } from './vacuity/price.js';

type DescentMethod = NonNullable<DescentOptions['method']>;

/**
 * Where a run ended, seen from the claimed value. `priced`: below it, by no more than what breaking a hypothesis on the
 * minimizer can gain; `local minimum`: one that the theory knows, above the value; `at a kink`: no way down was found
 * from a point where a ReLU is not smooth.
 */
export type Landing =
  'at the value' | 'below' | 'priced' | 'local minimum' | 'elsewhere' | 'at a kink' | 'unconverged';

export interface DescentRecord {
  readonly start: string;
  readonly method: DescentMethod;
  readonly planted: boolean;
  readonly landing: Landing;
  readonly reason: DescentReason;
  readonly value: number;
  /** f − f*, and the rounding error of that difference with what the point may gain by breaking a hypothesis on it. */
  readonly gap: number;
  readonly allowance: number;
  /** The rounding error of that difference alone: below f* by more than this is below it for certain. */
  readonly rounding: number;
  /** How the two sides of the hypothesis on the minimizer that has a price lie to each other, where there is one. */
  readonly excess?: Excess;
  /** Whether the point contradicts what the hypothesis says of its price. */
  readonly againstPrice?: boolean;
  readonly gradientNorm: number;
  readonly escapes: number;
  /** For runs at or below the value: whether the point certainly meets the hypotheses on the minimizer. */
  readonly accountable: boolean;
  /** For runs at the value that are accountable. */
  readonly residuals: readonly ConclusionResidual[];
}

interface StartKind {
  readonly name: string;
  /** The start is made from the claim, and so needs one. */
  readonly ofClaim?: true;
  /** For problems with a hidden ReLU layer only. */
  readonly ofRelu?: true;
  readonly method: DescentMethod;
  make(setting: Setting, stream: Stream): Float64Array;
}

const gaussian =
  (scale: number) =>
  ({ model }: Setting, stream: Stream): Float64Array =>
    stream.fillNormal(new Float64Array(model.size), scale);

/** Every block a product of a column and a row: a point of rank one. */
export const randomRankOne = (model: Setting['model'], stream: Stream): Float64Array => {
  const point = new Float64Array(model.size);
  for (const { rows, cols, offset } of model.blocks) {
    const column = stream.fillNormal(new Float64Array(rows), 1);
    const row = stream.fillNormal(new Float64Array(cols), 1);
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) point[offset + i * cols + j] = column[i] * row[j];
  }
  return point;
};

const hasHiddenRelu = ({ spec }: Setting['model']): boolean => spec.activation === 'relu' && spec.layers === 2;

/** Every block off by a tenth of its own size: with very different λ's blocks are of very different sizes. */
const nearClaim = (setting: Setting, stream: Stream): Float64Array => {
  // Before a ReLU from a generic minimizer: near the others a descent may be caught at a kink.
  const point = setting.claimedPoint(hasHiddenRelu(setting.model) ? 0 : 1);
  for (const { offset, length } of setting.model.blocks) {
    const block = point.subarray(offset, offset + length);
    const size = Math.sqrt(block.reduce((sum, x) => sum + x * x, 0) / length) || 1;
    for (let k = 0; k < length; k++) block[k] += 0.1 * size * stream.normal();
  }
  return point;
};

/** All kinds but one know nothing of the claim. */
const STARTS: readonly StartKind[] = [
  { name: 'normal, scale 1', method: 'lbfgs', make: gaussian(1) },
  { name: 'normal, scale 0.1', method: 'lbfgs', make: gaussian(0.1) },
  { name: 'normal, scale 0.1, plain descent', method: 'gradient', make: gaussian(0.1) },
  { name: 'rank one', method: 'lbfgs', make: ({ model }, stream) => randomRankOne(model, stream) },
  { name: 'normal, scale 3', method: 'lbfgs', make: gaussian(3) },
  { name: 'near the claim', method: 'lbfgs', ofClaim: true, make: nearClaim },
  { name: 'near zero', method: 'lbfgs', make: gaussian(1e-3) },
  { name: 'normal, scale 1, plain descent', method: 'gradient', make: gaussian(1) },
  ...[2, 3].map((rank): StartKind => ({
    name: `pre-activations of rank ${rank}`,
    method: 'lbfgs',
    ofRelu: true,
    make: (setting, stream) => lowRankPreActivations(setting, stream, rank),
  })),
];

/** Where the claimed form is empty, no start is made from it. */
const kindsAt = ({ model, emptyForm }: Setting): readonly StartKind[] =>
  STARTS.filter((x) => (emptyForm === undefined || x.ofClaim !== true) && (x.ofRelu !== true || hasHiddenRelu(model)));

/** Runs of an instance: every kind of start twice; where there are many unknowns once, or the first four. */
export const startsAt = (setting: Setting): number => {
  const { size, spec } = setting.model;
  const twice = size <= (spec.layers === 1 ? 20_000 : 300);
  return (twice ? 2 : 1) * (size <= 200_000 ? kindsAt(setting).length : 4);
};

/**
 * Plain descent gets so many steps that a run costs about as much at every size, and is finished after them. Through a
 * hidden layer a step costs several times as much.
 */
const plainSteps = ({ size, spec }: Setting['model']): number =>
  Math.min(spec.layers === 1 ? 50_000 : 8_000, Math.max(100, Math.round(2e8 / size)));

/** A run is at the value if it ends within this share of the scale of f; its ε then measures how close it came. */
export const AT_VALUE = 1e-8;
export const valueWindow = ({ model, zero, claimedValue }: Setting): number =>
  AT_VALUE * Math.max(model.value(zero), Math.abs(claimedValue));

const knownHeights = new WeakMap<Setting, readonly number[]>();

/** The values of the local minima that the theory knows at this instance. */
const heights = (setting: Setting): readonly number[] => {
  const known = knownHeights.get(setting) ?? findHeights(setting);
  knownHeights.set(setting, known);
  return known;
};

const findHeights = (setting: Setting): readonly number[] =>
  (setting.revision.criticalPoints ?? [])
    .filter((family) => family.nature === 'local-minimum' && holdsAt(family.when, setting.instance))
    .flatMap((family) =>
      Array.from({ length: setting.ranks(family) }, (_, rank) => scalarAt(family.value, setting.instance, rank)),
    );

const UNIT_ROUNDOFF = 2 ** -53;

/**
 * Whether a run that found no way down stands where f is not smooth: a pre-activation is zero to within √u, so that its
 * line search straddles the kink, and the gradient of one side says nothing.
 */
const isAtKink = ({ model }: Setting, point: Float64Array): boolean =>
  preActivations(model, point).some(({ values, nearest }) => {
    const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    return nearest <= Math.sqrt(UNIT_ROUNDOFF) * largest;
  });

const run = (
  setting: Setting,
  name: string,
  method: DescentMethod,
  start: Float64Array,
  key: string,
): DescentRecord => {
  const { model, claimedValue } = setting;
  const budget = method === 'gradient' ? { maximumIterations: plainSteps(model) } : {};
  const result = descend(model, start, { method, key: setting.key('probe', key), ...budget });
  const gap = result.value - claimedValue;
  const price = priceAt(setting, result.point);
  const rounding = model.valueRoundingError(result.point) + 2 * UNIT_ROUNDOFF * Math.abs(claimedValue);
  const allowance = rounding + price;
  const hypothesis = pricedHypothesis(setting.revision);
  const converged = result.reason === 'second-order-stationary';
  const kink = result.reason === 'stalled' && isAtKink(setting, result.point);
  const landing: Landing =
    gap < -allowance
      ? 'below'
      : gap < -valueWindow(setting)
        ? 'priced'
        : gap <= valueWindow(setting)
          ? 'at the value'
          : !converged && result.reason !== 'stationary' && !kink
            ? 'unconverged'
            : heights(setting).some((x) => Math.abs(result.value - x) <= valueWindow(setting))
              ? 'local minimum'
              : kink
                ? 'at a kink'
                : 'elsewhere';
  // f ≥ f* − price at every point, so what f + price exceeds f* by is what the proof leaves of the conclusions.
  const epsilon = Math.max(gap + price, 0) + allowance;
  const accountable =
    (landing === 'at the value' || landing === 'below') && certainlyMeets(setting, result.point, epsilon);
  return {
    start: name,
    method,
    planted: false,
    landing,
    reason: result.reason,
    value: result.value,
    gap,
    allowance,
    rounding,
    ...(hypothesis === undefined
      ? {}
      : {
          excess: classAt(setting, hypothesis, result.point),
          againstPrice: contradictsPrice(setting, hypothesis, result.point, { gap, rounding }),
        }),
    gradientNorm: result.gradientNorm,
    escapes: result.escapes,
    accountable,
    residuals: landing === 'at the value' && accountable ? conclusionResiduals(setting, result.point, epsilon) : [],
  };
};

/** All runs from independent starts; each a function of the seed, the instance and its index alone. */
export const runDescents = (setting: Setting, count = setting.starts ?? startsAt(setting)): DescentRecord[] =>
  Array.from({ length: count }, (_, index) => {
    const kinds = kindsAt(setting);
    const kind = kinds[index % kinds.length];
    const start = kind.make(setting, setting.stream('start', index));
    return run(setting, kind.name, kind.method, start, `start ${index}`);
  });

/** A family at ranks that are looked at: 0, and another by chance. */
const plantedRanks = (setting: Setting, family: CriticalFamily): number[] => {
  const count = holdsAt(family.when, setting.instance) ? setting.ranks(family) : 0;
  return count < 1 ? [] : [...new Set([0, setting.stream('rank', family.id).integer(0, count - 1)])];
};

/**
 * One run from exactly each kind of saddle that the theory knows, and one from zero. A saddle that claims a value above
 * the minimum and yet within the window of "at the value" (c close to 1) is not told from a minimizer there, and is no
 * start.
 */
export const runPlanted = (setting: Setting): DescentRecord[] => {
  const { revision, instance, case: home } = setting;
  return (revision.criticalPoints ?? [])
    .filter((family) => family.nature === 'saddle')
    .flatMap((family) => {
      const height = sub(family.value, home.value);
      const told = (rank: number): boolean => {
        const above = scalarAt(height, instance, rank);
        return !(above > 0 && above <= valueWindow(setting));
      };
      return plantedRanks(setting, family)
        .filter(told)
        .map((rank) => {
          const start = setting.familyPoint(family, rank, 0);
          const name = `planted: ${family.id}, r = ${rank}`;
          return { ...run(setting, name, 'lbfgs', start, name), planted: true };
        });
    });
};

/** A descent from exactly a point of what is called a local minimum. */
export interface PlantedMinimum {
  readonly start: string;
  /** By how much it ends lower than it began, and how far that may be off by rounding. */
  readonly fall: number;
  readonly rounding: number;
}

/** One run from each kind of local minimum that the theory knows: it has nowhere to go. */
export const runPlantedMinima = (setting: Setting): PlantedMinimum[] =>
  (setting.revision.criticalPoints ?? [])
    .filter((family) => family.nature === 'local-minimum')
    .flatMap((family) =>
      plantedRanks(setting, family)
        .filter((rank) => setting.hasRoom(family, rank))
        .map((rank) => {
          const { model } = setting;
          const start = setting.familyPoint(family, rank, 0);
          const name = `${family.id}, r = ${rank}`;
          const end = descend(model, start, { key: setting.key('probe', 'local minimum', name) });
          const rounding = model.valueRoundingError(start) + model.valueRoundingError(end.point);
          return { start: name, fall: model.value(start) - end.value, rounding };
        }),
    );
