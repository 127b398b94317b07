/**
 * What Theorems 3.1 and 3.2 share: the constants c, s and ρ of one layer, and where instances are drawn.
 *
 * With s = √(nλ_H/λ_W) and c = K√(nλ_Wλ_H) in place of (λ_W, λ_H), λ_W = c/(Ks) and λ_H = sc/(Kn), every root of the
 * statements becomes rational; with an amplitude h and c = 1 − sh² the constructions do too.
 */
import {
  type Amplitudes,
  type Parametrisation,
  type Problem,
  type Scalar,
  type Stratum,
  K,
  define,
  div,
  mul,
  n,
  pow,
  sqrt,
  sub,
  symbol,
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
