/** What breaking (H*) can gain: the robust inequality on both sides of the threshold. */
import {
  define,
  lemma,
  leq,
  mul,
  nuclearNorm,
  number,
  positivePart,
  relu,
  sqrt,
  sub,
  ufm,
  type LetterNode,
  type Scalar,
  type SymbolNode,
} from 'ufm-check';
import { reconstructed } from './lemma-letters.js';
import { tirerBruna2022 } from './paper.js';
import { threshold, twoLayers } from './two-layers.js';

const reluModel = ufm({ layers: 2, activation: 'relu', bias: 'none' });
const { W1, H1 } = reluModel.block as Record<'W1' | 'H1', LetterNode>;
const { W1: lambda1, H1: lambdaH } = reluModel.lambda as Record<'W1' | 'H1', SymbolNode>;
const { kappa, frameValue } = twoLayers(reluModel);
const preActivations = define('X', mul(W1, H1));
/** By how much σ enlarges the nuclear norm of the pre-activations. */
const enlargement = sub(nuclearNorm(relu(preActivations)), nuclearNorm(preActivations));
const priced = (value: Scalar): Scalar => sub(value, mul(sqrt(mul(lambda1, lambdaH)), positivePart(enlargement)));
const ofReluModel = {
  paper: tirerBruna2022,
  source: 'the proof of Theorem 4.2',
  provenance: reconstructed,
  expected: 'upheld',
  matrices: reluModel.blocks,
  scalars: Object.values(reluModel.lambda).map((symbol) => ({ symbol, draw: { from: '1/100', to: '1/2' } })),
  sizes: { K: [4, 8], n: [1, 2], beyondK: [0, 1] },
  along: reluModel,
  because: 'the chain of the proof, with the step ‖σ(X)‖_* ≤ ‖X‖_* replaced by what it costs',
} as const;

/**
 * The robust inequality: at every point of the ReLU model,
 *
 *   f ≥ f* − √(λ_{W₁}λ_{H₁})·max(‖σ(X)‖_* − ‖X‖_*, 0),   X = W₁H₁,   f* = (1 − z)(1 + 2z)/2 for κ ≤ 1/16.
 *
 * It implies the relaxed theorem's value, and needs no tolerance on "equal nuclear norms".
 */
export const robustInequality = lemma({
  ...ofReluModel,
  id: 'robust-inequality',
  title: 'what breaking (H*) can gain, below the threshold',
  hypotheses: [leq(kappa, threshold)],
  statement: leq(priced(frameValue), reluModel.objective),
});

/** The same for κ ≥ 1/16, where f* = ½ is the value at zero. */
export const robustInequalityAbove = lemma({
  ...ofReluModel,
  id: 'robust-inequality-above',
  title: 'what breaking (H*) can gain, above the threshold',
  hypotheses: [leq(threshold, kappa)],
  statement: leq(priced(number('1/2')), reluModel.objective),
});
