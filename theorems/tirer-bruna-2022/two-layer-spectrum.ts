/**
 * The Hessian of two linear layers at W₂ = w₂·UPᵀ, W₁ = w₁·PVᵀ, H₁ = h·VUᵀY with orthonormal U, P, V of r columns.
 *
 * √λ_{W₂} : √λ_{W₁} : √λ_{H₁} = 1/w₂ : 1/w₁ : 1/(h√n), so that the orbit of rotations and what is across it are written
 * with the amplitudes, which are rational where proofs work.
 */
import {
  type Matrix,
  type Problem,
  type Scalar,
  type SpectrumBlock,
  K,
  add,
  d,
  div,
  mul,
  n,
  neg,
  number,
  parameter,
  pow,
  sqrt,
  sub,
  t,
} from 'ufm-check';
import { blockOf, space, unitLabels, withinClasses } from './one-layer.js';
import type { TwoLayers } from './two-layers.js';

/** What a critical point uses of classes, hidden units and features, and what it leaves. */
export interface TwoLayerFrames {
  readonly rank: Scalar;
  readonly classes: Matrix;
  readonly hidden: Matrix;
  readonly features: Matrix;
  /** Nothing, where every class is active. */
  readonly inactiveClasses: readonly Matrix[];
  readonly inactiveHidden: Matrix;
  readonly inactiveFeatures: Matrix;
}

interface Pair {
  readonly along: (first: Matrix) => Matrix;
  readonly beside: (second: Matrix) => Matrix;
}

/** The shares of two blocks in a direction that changes them as x : y and keeps inner products. */
const pairOf = (x: Scalar, y: Scalar): Pair => {
  const norm = sqrt(add(pow(x, 2), pow(y, 2)));
  return { along: (first) => mul(div(x, norm), first), beside: (second) => mul(div(y, norm), second) };
};

export const twoLayerSpectrum = (
  { lambda }: Problem,
  { z, w2, w1, h }: Pick<TwoLayers, 'z' | 'w2' | 'w1' | 'h'>,
  frames: TwoLayerFrames,
): SpectrumBlock[] => {
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
  const { rank, classes: U, hidden: P, features: V } = frames;
  const { inactiveClasses, inactiveHidden: Pc, inactiveFeatures: Vc } = frames;
  const [a, b, g] = [div(1, w2), div(1, w1), div(1, mul(sqrt(n), h))];
  const spread = div(mul(z, sub(1, z)), K);
  const [pair, triple] = [sqrt(add(pow(a, 2), pow(b, 2))), sqrt(add(pow(a, 2), pow(b, 2), pow(g, 2)))];
  const share = div(sub(mul(2, z), 1), sub(1, z));
  // √(λλ′) of two blocks, by their ratios.
  const mixed = (x: Scalar, y: Scalar): Scalar => mul(share, spread, x, y);
  const own = (lambdaX: Scalar): Scalar => div(lambdaX, sub(1, z));
  const triangular = (sign: 1 | -1): Scalar => div(mul(rank, add(rank, sign)), 2);
  const rest = sub(d, rank);
  const nothing = [[number(0)]];

  const S = parameter('S', U.cols, U.cols, 'symmetric');
  const A = parameter('S', U.cols, U.cols, 'skew');
  const inW2 = (x: Matrix): Matrix => mul(U, x, t(P));
  const inW1 = (x: Matrix): Matrix => mul(P, x, t(V));
  const inH = (x: Matrix): Matrix => mul(V, x, t(U), unitLabels);

  const hidden = parameter('S', U.cols, Pc.cols);
  const hiddenPair = { W2: mul(U, hidden, t(Pc)), W1: mul(Pc, t(hidden), t(V)) };
  const features = parameter('S', U.cols, Vc.cols);
  const featurePair = { W1: mul(P, features, t(Vc)), H1: mul(Vc, t(features), t(U), unitLabels) };
  const [hiddenAlong, hiddenAcross] = [pairOf(b, a), pairOf(a, b)];
  const [featuresAlong, featuresAcross] = [pairOf(g, b), pairOf(b, g)];
  const [classesAlong, classesAcross] = [pairOf(g, a), pairOf(a, g)];
  const corner = parameter('S', Pc.cols, Vc.cols);
  const inClass = parameter('S', V.cols, withinClasses.cols);
  const inClassRest = parameter('S', Vc.cols, withinClasses.cols);

  return [
    {
      title: 'active, symmetric',
      matrix: [
        [own(lambda2), mixed(a, b), mixed(a, g)],
        [mixed(a, b), own(lambda1), mixed(b, g)],
        [mixed(a, g), mixed(b, g), own(lambdaH)],
      ],
      multiplicity: triangular(1),
      directions: [space(S, { W2: inW2(S) }, { W1: inW1(S) }, { H1: inH(S) })],
    },
    {
      title: 'active, skew: along the orbit',
      matrix: nothing,
      multiplicity: mul(rank, sub(rank, 1)),
      directions: [
        space(A, { W2: mul(div(b, pair), inW2(A)), W1: neg(mul(div(a, pair), inW1(A))) }),
        space(A, {
          W2: mul(div(mul(a, g), mul(pair, triple)), inW2(A)),
          W1: mul(div(mul(b, g), mul(pair, triple)), inW1(A)),
          H1: neg(mul(div(pair, triple), inH(A))),
        }),
      ],
    },
    {
      title: 'active, skew: across',
      matrix: [[own(add(lambda2, lambda1, lambdaH))]],
      multiplicity: triangular(-1),
      directions: [
        space(A, {
          W2: mul(div(a, triple), inW2(A)),
          W1: mul(div(b, triple), inW1(A)),
          H1: mul(div(g, triple), inH(A)),
        }),
      ],
    },
    {
      title: 'inactive hidden: orbit',
      matrix: nothing,
      multiplicity: mul(rank, rest),
      directions: [
        space(hidden, { W2: hiddenAlong.along(hiddenPair.W2), W1: hiddenAlong.beside(hiddenPair.W1) }),
      ],
    },
    {
      title: 'inactive hidden: across',
      matrix: [[add(lambda1, lambda2)]],
      multiplicity: mul(rank, rest),
      directions: [
        space(hidden, { W2: hiddenAcross.along(hiddenPair.W2), W1: neg(hiddenAcross.beside(hiddenPair.W1)) }),
      ],
    },
    {
      title: 'inactive features: orbit',
      matrix: nothing,
      multiplicity: mul(rank, rest),
      directions: [
        space(features, { W1: featuresAlong.along(featurePair.W1), H1: featuresAlong.beside(featurePair.H1) }),
      ],
    },
    {
      title: 'inactive features: across',
      matrix: [[add(lambda1, lambdaH)]],
      multiplicity: mul(rank, rest),
      directions: [
        space(features, { W1: featuresAcross.along(featurePair.W1), H1: neg(featuresAcross.beside(featurePair.H1)) }),
      ],
    },
    {
      title: 'inactive hidden and features',
      matrix: [[lambda1]],
      multiplicity: pow(rest, 2),
      directions: [space(corner, { W1: mul(Pc, corner, t(Vc)) })],
    },
    ...inactiveClasses.flatMap((Uc): SpectrumBlock[] => {
      const left = sub(K, rank);
      const classes = parameter('S', Uc.cols, U.cols);
      const pairOfClasses = { W2: mul(Uc, classes, t(P)), H1: mul(V, t(classes), t(Uc), unitLabels) };
      const weights = parameter('S', Uc.cols, Pc.cols);
      const means = parameter('S', Vc.cols, Uc.cols);
      return [
        {
          title: 'inactive class: orbit',
          matrix: nothing,
          multiplicity: mul(rank, left),
          directions: [
            space(classes, {
              W2: classesAlong.along(pairOfClasses.W2),
              H1: classesAlong.beside(pairOfClasses.H1),
            }),
          ],
        },
        {
          title: 'inactive class: across',
          matrix: [[own(add(lambda2, lambdaH))]],
          multiplicity: mul(rank, left),
          directions: [
            space(classes, {
              W2: classesAcross.along(pairOfClasses.W2),
              H1: neg(classesAcross.beside(pairOfClasses.H1)),
            }),
          ],
        },
        {
          title: 'inactive class and hidden',
          matrix: [[lambda2]],
          multiplicity: mul(left, rest),
          directions: [space(weights, { W2: mul(Uc, weights, t(Pc)) })],
        },
        {
          title: 'inactive class and features',
          matrix: [[lambdaH]],
          multiplicity: mul(left, rest),
          directions: [space(means, { H1: mul(Vc, means, t(Uc), unitLabels) })],
        },
      ];
    }),
    ...blockOf('within class, active', [[own(lambdaH)]], mul(rank, K, sub(n, 1)), [
      space(inClass, { H1: mul(V, inClass, t(withinClasses)) }),
    ]),
    ...blockOf('within class, inactive', [[lambdaH]], mul(rest, K, sub(n, 1)), [
      space(inClassRest, { H1: mul(Vc, inClassRest, t(withinClasses)) }),
    ]),
  ];
};

/** At zero the loss has no second derivative at all. */
export const spectrumAtZero = ({ lambda }: Problem): SpectrumBlock[] => {
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
  const [last, first, features] = [parameter('S', 'K', 'd'), parameter('S', 'd', 'd'), parameter('S', 'd', 'N')];
  return [
    { title: 'W₂', matrix: [[lambda2]], multiplicity: mul(K, d), directions: [space(last, { W2: last })] },
    { title: 'W₁', matrix: [[lambda1]], multiplicity: pow(d, 2), directions: [space(first, { W1: first })] },
    { title: 'H₁', matrix: [[lambdaH]], multiplicity: mul(d, K, n), directions: [space(features, { H1: features })] },
  ];
};
