/** Lemmas on the reduced problem in one singular value. */
import {
  add,
  div,
  identity,
  lemma,
  leq,
  minimum,
  mul,
  pow,
  sub,
  symbol,
  type Scalar,
} from 'ufm-check';
import { a, reconstructed } from './lemma-letters.js';
import { tirerBruna2022 } from './paper.js';

const s = symbol('s', 'generator');
const mu = symbol('mu', 'generator', 'μ', '\\mu');
/** 1/(1 + x²) + slope·x: twice K times the objective, for one singular value x of the class means. */
const reduced = (x: Scalar, slope: Scalar): Scalar => add(div(1, add(1, pow(x, 2))), mul(slope, x));
/** The slope for which a is a critical point of 1/(1 + x²) + slope·x. */
const slopeAt = div(mul(2, a), pow(add(1, pow(a, 2)), 2));
const one = identity('1');

/**
 * φ(s) ≥ φ(a) for a ≥ 1, where φ(x) = 1/(1 + x²) + μx with μ = 2a/(1 + a²)². The difference is
 * (s − a)²(2as + a² − 1)/((1 + s²)(1 + a²)²).
 */
export const scalarCertificateBelow = lemma({
  paper: tirerBruna2022,
  id: 'scalar-certificate-below',
  title: 'the reduced problem below its threshold',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [],
  scalars: [
    { symbol: s, draw: { from: '1/20', to: '20' } },
    { symbol: a, draw: { from: '1/2', to: '20' } },
  ],
  hypotheses: [leq(1, a)],
  statement: leq(reduced(a, slopeAt), reduced(s, slopeAt)),
  proof: {
    squares: {
      distance: {
        coefficient: div(
          add(mul(2, a, s), sub(pow(a, 2), 1)),
          mul(add(1, pow(s, 2)), pow(add(1, pow(a, 2)), 2)),
        ),
        of: mul(sub(s, a), one),
      },
    },
  },
  because: 'the difference of the sides, factored',
});

/** φ(s) ≥ 1 = φ(0) for μ ≥ ½. The difference is s(s − 1)²/(2(1 + s²)) + (μ − ½)s. */
export const scalarCertificateAbove = lemma({
  paper: tirerBruna2022,
  id: 'scalar-certificate-above',
  title: 'the reduced problem above its threshold',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [],
  scalars: [
    { symbol: s, draw: { from: '1/20', to: '20' } },
    { symbol: mu, draw: { from: '1/4', to: '4' } },
  ],
  hypotheses: [leq('1/2', mu)],
  statement: leq(1, reduced(s, mu)),
  proof: {
    squares: {
      distance: { coefficient: div(s, mul(2, add(1, pow(s, 2)))), of: mul(sub(s, 1), one) },
      slope: { coefficient: mul(sub(mu, '1/2'), s), of: one },
    },
  },
  because: 'the difference of the sides, factored',
});

/**
 * Both in one: φ(s) ≥ min(1, φ(a)) for every a ≥ 1/√3, the larger of the two critical points that belong to μ. For
 * 1/√3 ≤ a ≤ 1 it is above the threshold: μ = 2a/(1 + a²)² falls from 3√3/8 to ½.
 */
export const scalarCertificate = lemma({
  paper: tirerBruna2022,
  id: 'scalar-certificate',
  title: 'the reduced problem on both sides of its threshold',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'upheld',
  matrices: [],
  scalars: [
    { symbol: s, draw: { from: '1/20', to: '20' } },
    { symbol: a, draw: { from: '1/4', to: '20' } },
  ],
  hypotheses: [leq(1, mul(3, pow(a, 2)))],
  statement: leq(minimum(1, reduced(a, slopeAt)), reduced(s, slopeAt)),
  because: 'lemma:scalar-certificate-below for a ≥ 1, lemma:scalar-certificate-above otherwise',
});
