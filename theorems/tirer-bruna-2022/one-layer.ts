/**
 * What Theorems 3.1 and 3.2 share: the constants c, s and ρ of one layer, and where instances are drawn.
 *
 * With s = √(nλ_H/λ_W) and c = K√(nλ_Wλ_H) in place of (λ_W, λ_H), λ_W = c/(Ks) and λ_H = sc/(Kn), every root of the
 * statements becomes rational; with an amplitude h and c = 1 − sh² the constructions do too.
 */
import {
  type Amplitudes,
  type ChainStep,
  type Matrix,
  type Parametrisation,
  type Problem,
  type Scalar,
  type Stratum,
  K,
  N,
  add,
  define,
  div,
  mul,
  n,
  normSquared,
  nuclearNorm,
  pow,
  sqrt,
  sub,
  symbol,
  t,
  trace,
} from 'ufm-check';

const sFree = symbol('s', 'generator');
const cFree = symbol('c', 'generator');
const hFree = symbol('h', 'generator');

export interface OneLayer {
  /** c = K√(nλ_Wλ_H), with the threshold at 1. */
  readonly c: Scalar;
  /** s = √(nλ_H/λ_W): the weights are s times the class means. */
  readonly balance: Scalar;
  /** ρ = (1 − c)√(λ_W/(nλ_H)): the scale of the Gram matrix of the class means. */
  readonly rho: Scalar;
  readonly parametrisation: Parametrisation;
}

/** 1/(2N)·‖X‖² + (λ_W/2)‖W‖² + (λ_H/2)‖H‖² for a residual X of the outputs. */
export const regularised = ({ block, lambda }: Problem, residual: Matrix, H: Matrix): Scalar =>
  add(
    mul(div(1, mul(2, N)), normSquared(residual)),
    mul(div(lambda['W'], 2), normSquared(block['W'])),
    mul(div(lambda['H'], 2), normSquared(H)),
  );

/**
 * The end that both chains share: from the outputs Z = WH̄Y of collapsed features, through ‖Z‖_*, to the value. The
 * labels Y (centred, with a bias) have spectral norm √n, and `shrunk` is min(c, 1).
 */
export const spectralSteps = (
  { lambda }: Problem,
  ids: readonly [string, string, string],
  claim: { readonly outputs: Matrix; readonly labels: Matrix; readonly shrunk: Scalar; readonly value: Scalar },
): ChainStep[] => {
  const { outputs, labels, shrunk, value } = claim;
  const loss = mul(div(1, mul(2, N)), normSquared(sub(outputs, labels)));
  return [
    {
      id: ids[0],
      title: 'the regulariser by the nuclear norm of the outputs',
      bound: add(loss, mul(sqrt(mul(lambda['W'], lambda['H'])), nuclearNorm(outputs))),
      because: 'a² + b² ≥ 2ab and ‖AB‖_* ≤ ‖A‖‖B‖; equality iff λ_W WᵀW = λ_H HHᵀ',
    },
    {
      id: ids[1],
      title: 'the nuclear norm by the alignment with the labels',
      bound: add(loss, mul(div(shrunk, N), trace(mul(outputs, t(labels))))),
      because: '‖Z‖_* ≥ ⟨Z, Q⟩ for Q = Y/√n (centred, with a bias), whose spectral norm is at most 1; min(c, 1) ≤ c',
    },
    { id: ids[2], title: 'the square completed', bound: value, because: '‖Z − (1 − min(c, 1))·Y‖² ≥ 0' },
  ];
};

export const oneLayer = ({ lambda: { W: lambdaW, H: lambdaH } }: Problem): OneLayer => {
  const c = define('c', mul(K, sqrt(mul(n, lambdaW, lambdaH))));
  const rho = define('rho', mul(sub(1, c), sqrt(div(lambdaW, mul(n, lambdaH)))), 'ρ', '\\rho');
  const balance = define('s', sqrt(div(mul(n, lambdaH), lambdaW)));
  return {
    c,
    balance,
    rho,
    parametrisation: {
      generators: [
        { symbol: sFree, inverse: balance, draw: { from: '1/4', to: '4' } },
        { symbol: cFree, inverse: c, draw: { from: '1/20', to: '19/20' } },
      ],
      parameters: { W: div(cFree, mul(K, sFree)), H: div(mul(sFree, cFree), mul(K, n)) },
    },
  };
};

export const amplitudes: Amplitudes = {
  free: [
    { symbol: sFree, draw: { from: '1/4', to: '4' } },
    { symbol: hFree, draw: { from: '1/5', to: '2' } },
  ],
  generators: { s: sFree, c: sub(1, mul(sFree, pow(hFree, 2))) },
};

/** c ≤ 1: the interior, close to the threshold, and on it. */
export const upToThreshold: readonly Stratum[] = [
  { id: 'c < 1', draw: {} },
  { id: 'c just below 1', draw: { c: { from: '24/25', to: '999/1000' } } },
  { id: 'c = 1', draw: { c: { exactly: '1' } } },
];

/** c > 1: close to the threshold, and beyond. */
export const beyondThreshold: readonly Stratum[] = [
  { id: 'c just above 1', draw: { c: { from: '1001/1000', to: '26/25' } } },
  { id: 'c > 1', draw: { c: { from: '11/10', to: '3' } } },
];
