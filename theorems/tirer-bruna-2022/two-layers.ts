/**
 * What Theorems 4.1 and 4.2 share: the constants κ, z and the amplitudes of two layers, and where instances are drawn.
 *
 * With κ = K³nλ_{W₂}λ_{W₁}λ_{H₁} and z the largest root in (0, 1) of z(1 − z)³ = κ, the squares of the amplitudes are
 *
 *   w₂² = z(1−z)/(Kλ_{W₂}),   w₁² = z(1−z)/(Kλ_{W₁}),   h² = z(1−z)/(Knλ_{H₁}),   and then   w₂w₁h = z.
 *
 * These squares alone fix w₂w₁h up to its sign only, so no proof can work modulo them. Conversely any w₂, w₁ > 0 and
 * z ∈ (0, 1) give λ's with these amplitudes, and all of 4.x is rational in (z, w₂, w₁), with h = z/(w₂w₁). On
 * 1/4 ≤ z ≤ 1 the left side z(1−z)³ falls from 27/256 to 0, so the largest root is the only one there; z = 1/2 at
 * κ = 1/16, where the value of the frames meets that of zero.
 */
import {
  type Amplitudes,
  type Parametrisation,
  type Problem,
  type Proposition,
  type RootNode,
  type Scalar,
  type Stratum,
  K,
  add,
  define,
  div,
  gt,
  lt,
  mul,
  n,
  pow,
  rootOf,
  sqrt,
  sub,
  symbol,
} from 'ufm-check';

const zFree = symbol('z', 'generator');
const w2Free = symbol('w2', 'generator', 'w₂', 'w_{2}');
const w1Free = symbol('w1', 'generator', 'w₁', 'w_{1}');
const kappaFree = symbol('kappa', 'generator', 'κ', '\\kappa');
const lambda2Free = symbol('l2', 'generator');
const lambda1Free = symbol('l1', 'generator');

/** The threshold of κ: up to it the frames are at most as high as zero. */
export const threshold = div(1, 16);
/** The fold: beyond it the equation has no root, and zero is the only critical point of the linear problem. */
export const fold = div(27, 256);

/** Frames by one root of z(1 − z)³ = κ. */
export interface FramesOfRoot {
  readonly z: RootNode;
  /** w₂, w₁ and h: the scales of W₂, W₁ and of the class means. */
  readonly w2: Scalar;
  readonly w1: Scalar;
  readonly h: Scalar;
  /** (1 − z)(1 + 2z)/2, the value of the frames. */
  readonly frameValue: Scalar;
  /** (z, w₂, w₁) where z is bounded as `domain` says. */
  readonly frameParametrisation: (domain: (z: Scalar) => readonly Proposition[]) => Parametrisation;
}

/** The frames of the largest root are those of the theorem; those of the small one, z′ < 1/4, lie towards zero. */
export interface TwoLayers extends FramesOfRoot {
  /** κ = K³nλ_{W₂}λ_{W₁}λ_{H₁}, with the threshold at 1/16. */
  readonly kappa: Scalar;
  readonly smallRoot: FramesOfRoot;
  /** By which instances are drawn: κ, λ_{W₂} and λ_{W₁}; they are words of the case in which zero is the minimizer. */
  readonly parametrisation: Parametrisation;
  readonly amplitudes: Amplitudes;
}

/** z(1 − z)³. */
export const cubic = (z: Scalar): Scalar => mul(z, pow(sub(1, z), 3));

const scale = { from: '1/2', to: '2' };
const freeSpread = mul(zFree, sub(1, zFree));
const lambda2OfFree = div(freeSpread, mul(K, pow(w2Free, 2)));
const lambda1OfFree = div(freeSpread, mul(K, pow(w1Free, 2)));

/** How an amplitude is called: its name, and its sign in text and in LaTeX. */
type AmplitudeNames = Readonly<Record<'w2' | 'w1' | 'h', readonly [name: string, text: string, latex: string]>>;

const framesOf = (
  { W2: lambda2, W1: lambda1, H1: lambdaH }: Record<'W2' | 'W1' | 'H1', Scalar>,
  z: RootNode,
  names: AmplitudeNames,
): FramesOfRoot => {
  const amplitude = ([name, text, latex]: AmplitudeNames['h'], divisor: Scalar): Scalar =>
    define(name, sqrt(div(mul(z, sub(1, z)), divisor)), text, latex);
  const w2 = amplitude(names.w2, mul(K, lambda2));
  const w1 = amplitude(names.w1, mul(K, lambda1));
  const h = amplitude(names.h, mul(K, n, lambdaH));
  return {
    z,
    w2,
    w1,
    h,
    frameValue: div(mul(sub(1, z), add(1, mul(2, z))), 2),
    frameParametrisation: (domain) => ({
      generators: [
        { symbol: zFree, inverse: z, draw: { from: '1/2', to: '19/20' } },
        { symbol: w2Free, inverse: w2, draw: scale },
        { symbol: w1Free, inverse: w1, draw: scale },
      ],
      parameters: {
        W2: lambda2OfFree,
        W1: lambda1OfFree,
        // h = z/(w₂w₁)
        H1: div(mul(sub(1, zFree), pow(w2Free, 2), pow(w1Free, 2)), mul(K, n, zFree)),
      },
      domain: domain(zFree),
    }),
  };
};

const ofLargest: AmplitudeNames = {
  w2: ['w2', 'w₂', 'w_{2}'],
  w1: ['w1', 'w₁', 'w_{1}'],
  h: ['h', 'h', 'h'],
};
const ofSmall: AmplitudeNames = {
  w2: ['w2Small', 'w₂′', "w_{2}'"],
  w1: ['w1Small', 'w₁′', "w_{1}'"],
  h: ['hSmall', 'h′', "h'"],
};

export const twoLayers = (problem: Problem): TwoLayers => {
  const lambda = problem.lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = lambda;
  const kappa = define('kappa', mul(pow(K, 3), n, lambda2, lambda1, lambdaH), 'κ', '\\kappa');
  const free = { from: '1/100', to: '1/4' };
  const largest = rootOf('z', cubic, kappa, { from: '1/4', to: 1 });
  const small = rootOf('zSmall', cubic, kappa, { from: 0, to: '1/4' }, 'z′', "z'");
  return {
    kappa,
    ...framesOf(lambda, largest, ofLargest),
    smallRoot: framesOf(lambda, small, ofSmall),
    parametrisation: {
      generators: [
        { symbol: kappaFree, inverse: kappa, draw: { from: '1/1600', to: '1/17' } },
        { symbol: lambda2Free, inverse: lambda2, draw: free },
        { symbol: lambda1Free, inverse: lambda1, draw: free },
      ],
      parameters: {
        W2: lambda2Free,
        W1: lambda1Free,
        H1: div(kappaFree, mul(pow(K, 3), n, lambda2Free, lambda1Free)),
      },
    },
    amplitudes: {
      free: [
        { symbol: zFree, draw: { from: '1/5', to: '19/20' } },
        { symbol: w2Free, draw: scale },
        { symbol: w1Free, draw: scale },
      ],
      generators: { kappa: cubic(zFree), l2: lambda2OfFree, l1: lambda1OfFree },
    },
  };
};

/** 1/2 < z < 1 and so on: what κ says of its root. */
export const between =
  (lower: Scalar, compare: (x: Scalar, y: Scalar) => Proposition = gt) =>
  (z: Scalar): readonly Proposition[] => [compare(z, lower), lt(z, 1)];

/** κ < 1/16, from well below (μ′ = 2√κ from 0.05 on) to close. */
export const belowThreshold: readonly Stratum[] = [
  { id: 'κ < 1/16', draw: {} },
  { id: 'κ just below 1/16', draw: { kappa: { from: '59/1000', to: '6249/100000' } } },
];

/** κ > 1/16: close, up to the fold, and beyond it. */
export const aboveThreshold: readonly Stratum[] = [
  { id: 'κ just above 1/16', draw: { kappa: { from: '6251/100000', to: '66/1000' } } },
  { id: 'κ > 1/16', draw: { kappa: { from: '67/1000', to: '21/200' } } },
  { id: 'κ > 27/256', draw: { kappa: { from: '27/250', to: '1/2' } } },
];
