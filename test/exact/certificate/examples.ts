/** True certificates of every violation, for the tests of this folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { certificateText } from '../../../src/exact/certificate/write.js';
import type { Certificate, ClaimedForm, ClaimedModel } from '../../../src/exact/certificate/schema.js';
import { curvatureAlong, directionalDerivative } from '../../../src/exact/directional.js';
import { innerProduct, normSquared, relu, scale } from '../../../src/exact/matrix.js';
import { exactValue } from '../../../src/exact/objective.js';
import type { ExactPoint, ExactProblem } from '../../../src/exact/objective.js';
import { add, divide, ONE, rational, ZERO } from '../../../src/exact/rational.js';
import type { Rational } from '../../../src/exact/rational.js';
import {
  beaten,
  common,
  diagonal,
  figures,
  matrixOf,
  ONE_LAYER,
  pairsByTriples,
  parametric,
  pointOf,
  problemOf,
  RELU,
  sixClassesAndMore,
  TWO_LINEAR_LAYERS,
  WITH_FREE_BIAS,
  WITH_RIDGE_BIAS,
  wrongForm,
} from './builders.js';

interface Example {
  readonly name: string;
  readonly text: string;
}

const FOLDER = fileURLToPath(new URL('../../fixtures/certificates/', import.meta.url));

/** The committed files. */
export const FIXTURES: readonly Example[] = readdirSync(FOLDER)
  .sort()
  .map((name) => ({ name, text: readFileSync(`${FOLDER}${name}`, 'utf8') }));

const frameOf = (of: 'H' | 'H1' | 'W1 H1' | 'sigma(W1 H1)', collapsed = false): ClaimedForm => ({
  form: 'orthogonal-frame',
  of,
  collapsed,
});

const seven = sixClassesAndMore(7, 2, 9, '99/100');
const six = sixClassesAndMore(6, 1, 6, '99/100');
const above = sixClassesAndMore(6, 1, 6, '32/31');

const antipodal = problemOf(RELU, 2, 1, 2, '1/9 1/9 1/4');
const antipodalSamples = problemOf(RELU, 2, 3, 3, '16/75 3/25 1/16');
const pairOf = (problem: ExactProblem, w2: string, h: string): ExactPoint =>
  pointOf(problem, { W2: diagonal(2, w2), W1: matrixOf('1; -1'), H1: matrixOf(`${h} -${h}`) });
const frameIn = (problem: ExactProblem, w2: string, h: string): ExactPoint =>
  pointOf(problem, { W2: diagonal(2, w2), W1: diagonal(2, '1'), H1: diagonal(2, h) });

const tied = problemOf(TWO_LINEAR_LAYERS, 2, 1, 2, '1/8 1/8 1/2');
const tiedPoint = (rank: number): ExactPoint =>
  pointOf(tied, { W2: diagonal(rank, '1'), W1: diagonal(rank, '1'), H1: diagonal(rank, '1/2') });

const narrow = problemOf(TWO_LINEAR_LAYERS, 3, 2, 2, '1/36 1/4 1/32');
const narrowPoint = pointOf(narrow, { W2: diagonal(2, '3/2'), W1: diagonal(2, '1/2'), H1: diagonal(2, '1') });

const oneLayer = problemOf(ONE_LAYER, 3, 2, 3, '1/12 1/6');
const minimizer = pointOf(oneLayer, { W: diagonal(3, '1'), H: diagonal(3, '1/2') });

/** √Π is Π: the simplex ETF of three classes, scaled. */
const centered = matrixOf('2/3 -1/3 -1/3; -1/3 2/3 -1/3; -1/3 -1/3 2/3');
const etfIn = (problem: ExactProblem, bias: string): ExactPoint =>
  pointOf(problem, {
    W: centered,
    H: scale(rational(1, 2), centered),
    b: matrixOf(`${bias}; ${bias}; ${bias}`),
  });
const free = problemOf(WITH_FREE_BIAS, 3, 2, 3, '1/12 1/6');
const ridge = problemOf(WITH_RIDGE_BIAS, 3, 2, 3, '1/12 1/6 1/2');

const small = problemOf(RELU, 2, 1, 2, '1/100 1/100 1/100');
const smooth = pointOf(small, { W1: matrixOf('1/10; -1/10'), H1: matrixOf('1/10 -1/10') });
const outward = pointOf(small, { W2: diagonal(2, '1'), W1: matrixOf('1; -1'), H1: matrixOf('1 -1') });
const kink = pointOf(small, { W2: diagonal(2, '1'), H1: diagonal(2, '1') });
const acrossKink = pointOf(small, { W1: diagonal(2, '1') });
const zeroOfOneLayer = pointOf(oneLayer, {});
const awayFromZero = pointOf(oneLayer, { W: matrixOf('3'), H: matrixOf('2') });

const X = matrixOf('-1 0 1; 0 1 1; 1 1 0');
const Q = scale(rational(1, 61), matrixOf('18 -23 53; -23 48 29; 53 29 -5'));
const U = scale(rational(1, 24), matrixOf('25 7; 7 25; -18 18'));
const V = scale(rational(1, 24), matrixOf('-25 -7 18; 7 25 18'));

function atPoint(
  violation: 'not-stationary' | 'negative-curvature',
  model: ClaimedModel,
  problem: ExactProblem,
  point: ExactPoint,
  direction: ExactPoint,
): Certificate {
  const value = (violation === 'not-stationary' ? directionalDerivative : curvatureAlong)(problem, point, direction);
  const claim = { model, point: 'local-minimizer' } as const;
  return { ...common, violation, claim, problem, point, direction, ...figures(value, ZERO) };
}

const CERTIFICATES: Readonly<Record<string, Certificate>> = {
  'frames of activations, seven classes of two samples': beaten(
    RELU,
    frameOf('sigma(W1 H1)'),
    seven.problem,
    seven.point,
  ),
  'collapsed frames of pre-activations': beaten(RELU, frameOf('W1 H1', true), seven.problem, seven.point),
  'frames of features, one sample each': beaten(RELU, frameOf('H1'), six.problem, six.point),
  'frames that do not fit': beaten(TWO_LINEAR_LAYERS, frameOf('W1 H1'), narrow, narrowPoint),
  'zero past the threshold': beaten(RELU, { form: 'zero' }, above.problem, above.point),
  'simplex ETF without bias': beaten(
    ONE_LAYER,
    { form: 'simplex-etf', of: 'H', collapsed: false },
    oneLayer,
    minimizer,
  ),
  'frames with a free bias': beaten(WITH_FREE_BIAS, frameOf('H'), free, etfIn(free, '1/3')),
  'frames with a ridge bias': beaten(WITH_RIDGE_BIAS, frameOf('H', true), ridge, etfIn(ridge, '2/9')),
  'a minimum that is too high': {
    ...common,
    violation: 'beaten',
    claim: { model: RELU, minimum: rational(1, 2) },
    problem: above.problem,
    point: above.point,
    ...figures(exactValue(above.problem, above.point), rational(1, 2)),
  },
  'an antipodal pair ties with frames of pre-activations': wrongForm(
    RELU,
    frameOf('W1 H1'),
    antipodal,
    pairOf(antipodal, '1', '2/3'),
    frameIn(antipodal, '1', '2/3'),
  ),
  'an antipodal pair ties with collapsed frames of features': wrongForm(
    RELU,
    frameOf('H1', true),
    antipodalSamples,
    pairOf(antipodalSamples, '3/4', '4/5'),
    frameIn(antipodalSamples, '3/4', '4/5'),
  ),
  'a partial frame ties at the threshold': wrongForm(
    TWO_LINEAR_LAYERS,
    frameOf('sigma(W1 H1)'),
    tied,
    tiedPoint(1),
    tiedPoint(2),
  ),
  'a frame ties with zero at the threshold': wrongForm(
    TWO_LINEAR_LAYERS,
    { form: 'zero' },
    tied,
    tiedPoint(2),
    pointOf(tied, {}),
  ),
  'a slope': atPoint('not-stationary', ONE_LAYER, oneLayer, { ...minimizer, W: scale(rational(2), minimizer['W']!) }, {
    ...zeroOfOneLayer,
    W: scale(rational(-1), minimizer['W']!),
  }),
  'a slope on one side of a kink': atPoint('not-stationary', RELU, small, kink, acrossKink),
  'curvature at zero': atPoint('negative-curvature', ONE_LAYER, oneLayer, zeroOfOneLayer, awayFromZero),
  'curvature on a smooth piece': atPoint('negative-curvature', RELU, small, smooth, outward),
  'zero is not optimal above κ = 1/16': {
    ...common,
    violation: 'wrong-threshold',
    claim: { model: RELU, parameter: 'kappa', threshold: rational(1, 16), says: 'zero-above' },
    problem: above.problem,
    point: above.point,
    ...figures(exactValue(above.problem, above.point), rational(1, 2)),
  },
  'zero is not optimal above c = 1/3': {
    ...common,
    violation: 'wrong-threshold',
    claim: { model: ONE_LAYER, parameter: 'c', threshold: rational(1, 3), says: 'zero-above' },
    problem: oneLayer,
    point: minimizer,
    ...figures(exactValue(oneLayer, minimizer), rational(1, 2)),
  },
  'zero is optimal below κ = 27/256': {
    ...common,
    violation: 'wrong-threshold',
    claim: { model: TWO_LINEAR_LAYERS, parameter: 'kappa', threshold: rational(27, 256), says: 'nonzero-below' },
    problem: problemOf(TWO_LINEAR_LAYERS, 3, 2, 3, '1/30 1/6 1/4'),
    ...figures(rational(3, 40), rational(27, 256)),
  },
  'zero is optimal below κ = 1, ReLU': {
    ...common,
    violation: 'wrong-threshold',
    claim: { model: RELU, parameter: 'kappa', threshold: ONE, says: 'nonzero-below' },
    problem: problemOf(RELU, 4, 1, 5, '1/16 1/16 1'),
    ...figures(rational(1, 4), ONE),
  },
  'zero is optimal below c = 2': {
    ...common,
    violation: 'wrong-threshold',
    claim: { model: WITH_FREE_BIAS, parameter: 'c', threshold: rational(2), says: 'nonzero-below' },
    problem: problemOf(WITH_FREE_BIAS, 3, 2, 3, '1/6 3/4'),
    ...figures(rational(9, 4), rational(4)),
  },
  'ReLU can enlarge the nuclear norm': {
    ...common,
    violation: 'inequality',
    claim: { left: 'nuclear(sigma(X))', right: 'nuclear(X)' },
    X,
    Q,
    U,
    V,
    ...figures(halfOf(normSquared(U), normSquared(V)), innerProduct(relu(X), Q)),
  },
  'ReLU can diminish the nuclear norm': {
    ...common,
    violation: 'inequality',
    claim: { left: 'nuclear(X)', right: 'nuclear(sigma(X))' },
    X: matrixOf('1 -1; 1 -1'),
    Q: matrixOf('1/2 -1/2; 1/2 -1/2'),
    U: matrixOf('7/6; 7/6'),
    V: matrixOf('6/7 0'),
    ...figures(halfOf(rational(49, 18), rational(36, 49)), rational(2)),
  },
  'frames of activations, every λ': parametric(frameOf('sigma(W1 H1)'), pairsByTriples(), rational(3250)),
  'collapsed frames of features, every λ': parametric(frameOf('H1', true), pairsByTriples(), rational(3250)),
};

/** The certificates above as texts. */
export const BUILT: readonly Example[] = Object.entries(CERTIFICATES).map(([name, certificate]) => ({
  name,
  text: certificateText(certificate),
}));

export const EXAMPLES: readonly Example[] = [...FIXTURES, ...BUILT];

function halfOf(left: Rational, right: Rational): Rational {
  return divide(add(left, right), rational(2));
}
