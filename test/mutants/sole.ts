/**
 * For every check a wrong theorem that it notices, and no other check does: what a run would miss without it.
 *
 * What symbolic checks decide for all parameters, arithmetic sees at its instances, and the exact checks see what
 * rounding hides. Those are nested, so they are parted where the larger one has nothing to say: beyond the sizes that
 * are drawn (K > 6); where a statement has no words, so that it is open already without the mutation; and where no
 * construction is rational. `original` is the theorem that was mutated, of which everything measured holds.
 */
import { add, div, equal, gt, identity, leq, mul, neg, number, sub } from '../../src/symbolic/build.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import type { Case, CriticalFamily, Revision, Stratum, Theorem } from '../../src/theorem/contract.js';
import type { InstanceRanges } from '../../src/theorem/genome.js';
import { parseSizeRange } from '../../src/cli/ranges.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import {
  beyondSix,
  c,
  frameCase,
  gramOfMeans,
  inOneCase,
  irrational,
  kappa,
  partedAtSilver,
  rho,
  stated31,
  theorem31InOneCase,
  valueInOneCase,
  valueTooLong,
  without,
  zeroAboveThreshold,
  zeroCase,
  zeroOfTwoLayers,
} from './bases.js';
import { CHECK_IDS } from '../../src/check/checks.js';
import { reluStep } from './chains.js';
import { type Mutant, withRevision } from './rewrite.js';
import { SOLE_TWO_LAYERS } from './sole-two-layers.js';

export interface SoleMutant extends Mutant {
  readonly original: Theorem;
  readonly ranges?: InstanceRanges;
}

type Change = (home: Case) => Case;

const revised = (original: Theorem, change: (revision: Revision) => Revision): Theorem =>
  withRevision(original, change);
const inFrame = (original: Theorem, change: Change): Theorem =>
  revised(original, (revision) => ({
    ...revision,
    cases: revision.cases.map((home) => (home.id === 'frame' ? change(home) : home)),
  }));
const concluding =
  (id: string, statement: Case['conclusions'][number]['statement']): Change =>
  (home) => ({ ...home, conclusions: home.conclusions.map((x) => (x.id === id ? { ...x, statement } : x)) });
const withFamily = (original: Theorem, change: (family: CriticalFamily) => CriticalFamily): Theorem =>
  revised(original, (revision) => ({ ...revision, criticalPoints: (revision.criticalPoints ?? []).map(change) }));
const withEntry = (home: Case, title: string, change: (old: Scalar) => Scalar): Case => ({
  ...home,
  spectrum: home.spectrum!.map((x) =>
    x.title === title ? { ...x, matrix: x.matrix.map((row) => row.map(change)) } : x,
  ),
});
const undirected = (home: Case): Case => ({
  ...home,
  spectrum: home.spectrum!.map(({ title, matrix, multiplicity }) => ({ title, matrix, multiplicity })),
});

const proof = frameCase.proof!;
const tiny = '1/1000000000000000000000000';

// 3.1 with the features' square split in two: λ_H/2 = (λ_H/2 + 1) − 1.
const splitSquare = inFrame(theorem31, (home) => {
  const { coefficient, of } = proof.squares['G']!;
  const squares = {
    ...proof.squares,
    G: { coefficient: add(coefficient, 1), of },
    G2: { coefficient: number(-1), of },
  };
  return { ...home, proof: { ...proof, squares } };
});

// Theorem 3.1 with its threshold elsewhere.
const bareZero: Case = without(zeroCase, 'proof', 'chain');
const withThreshold = (at: Scalar): Theorem =>
  revised(theorem31, (revision) => ({
    ...revision,
    cases: [
      { ...frameCase, when: leq(c, at), strata: frameCase.strata.slice(0, 2) },
      { ...bareZero, when: gt(c, at) },
    ],
  }));

// The part about large regularisation alone, from a hundred millionth too early on: what is gained there is less than
// rounding.
const early = sub(1, '1/100000000');
const window: Stratum = { id: 'c in between', draw: { c: { exactly: '249999999/250000000' } } };
const zeroBeyond = (at: Scalar, strata: readonly Stratum[]): Theorem =>
  revised(theorem31, (revision) => ({
    ...revision,
    hypotheses: [...revision.hypotheses, gt(c, at)],
    cases: [{ ...bareZero, when: gt(c, 0), strata }],
    criticalPoints: [],
  }));

// Saddles at which only Lanczos reaches the spectrum: no directions, and more unknowns than a dense Hessian may have.
const undirectedSaddles = withFamily(theorem31, (family) => ({
  ...family,
  spectrum: family.spectrum!.map(({ title, matrix, multiplicity }) => ({ title, matrix, multiplicity })),
}));
const large: InstanceRanges = {
  K: parseSizeRange('K', '5'),
  d: parseSizeRange('d', '6'),
  n: parseSizeRange('n', '6'),
  lambda: {},
};

const noSpectrum = stated31('proof', 'spectrum');
const noProof = stated31('proof');
const plain = irrational(theorem31InOneCase);
const one = theorem31.revisions[0]!;

const SOLE_ONE_LAYER: readonly SoleMutant[] = [
  {
    name: 'nothing claimed for c = 1 + √2, which no rational λ reaches',
    killer: 'cases',
    wrong: 'statement',
    original: partedAtSilver(),
    theorem: partedAtSilver(gt),
  },
  {
    name: 'zero optimal from c = 1 − 10⁻²⁰ on, which no instance is near',
    killer: 'thresholds',
    wrong: 'statement',
    original: withThreshold(number(1)),
    theorem: withThreshold(sub(1, '1/100000000000000000000')),
  },
  {
    name: 's said to be 2√(nλ_H/λ_W) where the λ’s are given',
    killer: 'parametrisation',
    wrong: 'proof',
    original: theorem31,
    theorem: revised(theorem31, (revision) => ({
      ...revision,
      parametrisation: {
        ...one.parametrisation!,
        generators: one.parametrisation!.generators.map((x) =>
          x.symbol.name === 's' ? { ...x, inverse: mul(2, x.inverse) } : x,
        ),
      },
    })),
  },
  {
    name: 'weights too long for K > 6, with the value to match',
    killer: 'symbolic-stationarity',
    wrong: 'statement',
    original: noSpectrum,
    theorem: inFrame(noSpectrum, (home) => ({
      ...home,
      minimizer: {
        ...home.minimizer,
        blocks: { ...home.minimizer.blocks, W: mul(add(1, beyondSix), home.minimizer.blocks['W']!) },
      },
      value: valueTooLong(beyondSix),
    })),
  },
  {
    name: 'another value for K > 6',
    killer: 'symbolic-value',
    wrong: 'statement',
    original: noProof,
    theorem: inFrame(noProof, (home) => ({ ...home, value: add(home.value, mul(beyondSix, c)) })),
  },
  {
    name: 'the coefficient of ‖A‖² doubled',
    killer: 'identity',
    wrong: 'proof',
    original: theorem31,
    theorem: inFrame(theorem31, (home) => {
      const { coefficient, of } = proof.squares['A']!;
      const squares = { ...proof.squares, A: { coefficient: mul(2, coefficient), of } };
      return { ...home, proof: { ...proof, squares } };
    }),
  },
  {
    name: 'a square split in two, one of them negative',
    killer: 'signs',
    wrong: 'proof',
    original: theorem31,
    theorem: splitSquare,
  },
  {
    name: 'd ≥ K not assumed',
    killer: 'attainment',
    wrong: 'proof',
    original: theorem31,
    theorem: revised(theorem31, (revision) => ({ ...revision, hypotheses: [] })),
  },
  {
    name: 'a cofactor of NC2 with the wrong sign',
    killer: 'equality',
    wrong: 'proof',
    original: theorem31,
    theorem: inFrame(theorem31, (home) => ({
      ...home,
      proof: { ...proof, cofactors: { ...proof.cofactors, NC2: neg(proof.cofactors['NC2']!) } },
    })),
  },
  {
    name: 'critical value 1/2 − (r/K)(1 − c)²',
    killer: 'critical-points',
    wrong: 'statement',
    original: theorem31,
    theorem: withFamily(theorem31, (family) => ({
      ...family,
      value: sub(family.value, sub(div(1, 2), family.value)),
    })),
  },
  {
    name: 'another eigenvalue for K > 6',
    killer: 'symbolic-spectrum',
    wrong: 'statement',
    original: theorem31,
    theorem: inFrame(theorem31, (home) => withEntry(home, 'active, skew: across', (old) => add(old, beyondSix))),
  },
  {
    name: 'weights too long by 10⁻²⁴, with the value to match',
    killer: 'exact-stationarity',
    wrong: 'statement',
    original: theorem31InOneCase,
    theorem: inOneCase(number(tiny), valueInOneCase(number(tiny))),
  },
  {
    name: 'a value too large by 10⁻²⁴',
    killer: 'exact-value',
    wrong: 'statement',
    original: theorem31InOneCase,
    theorem: inOneCase(number(0), add(valueInOneCase(number(0)), number(tiny))),
  },
  {
    name: 'NC2 wrong by one part in 10²⁴',
    killer: 'exact-conclusions',
    wrong: 'statement',
    original: noProof,
    theorem: inFrame(noProof, concluding('NC2', equal(gramOfMeans, mul(add(1, tiny), rho, identity('K'))))),
  },
  {
    name: 'weights too long by 10⁻¹¹, with the value to match, no instance rational',
    killer: 'numeric-stationarity',
    wrong: 'statement',
    original: plain,
    theorem: irrational(inOneCase(number('1/100000000000'), valueInOneCase(number('1/100000000000')))),
  },
  {
    name: 'a value too small by 10⁻¹¹, no instance rational',
    killer: 'numeric-value',
    wrong: 'statement',
    original: plain,
    theorem: irrational(inOneCase(number(0), mul(sub(1, '1/100000000000'), valueInOneCase(number(0))))),
  },
  {
    name: 'NC2 wrong by one part in a million, no instance rational',
    killer: 'numeric-conclusions',
    wrong: 'statement',
    original: irrational(noProof),
    theorem: irrational(
      inFrame(noProof, concluding('NC2', equal(gramOfMeans, mul('1000001/1000000', rho, identity('K'))))),
    ),
  },
  {
    name: 'zero optimal from c = 1 − 10⁻⁸ on',
    killer: 'curvature',
    wrong: 'statement',
    original: zeroBeyond(number(1), zeroCase.strata),
    theorem: zeroBeyond(early, [window, ...zeroCase.strata]),
  },
  {
    name: 'the lowest curvature of large saddles too high',
    killer: 'saddle-curvature',
    wrong: 'statement',
    original: undirectedSaddles,
    ranges: large,
    theorem: withFamily(undirectedSaddles, (family) => ({
      ...family,
      spectrum: family.spectrum!.map((x) =>
        x.title === 'inactive, inactive'
          ? { ...x, matrix: x.matrix.map((row, i) => row.map((entry, j) => (i === j ? entry : mul('1/2', entry)))) }
          : x,
      ),
    })),
  },
  {
    name: 'an eigenvalue doubled, its directions not stated',
    killer: 'spectrum',
    wrong: 'statement',
    original: inFrame(theorem31, undirected),
    theorem: inFrame(theorem31, (home) => withEntry(undirected(home), 'active, skew: across', (old) => mul(2, old))),
  },
  {
    name: 'dim St(K, d) off by one',
    killer: 'nullity',
    wrong: 'statement',
    original: theorem31,
    theorem: inFrame(theorem31, (home) => ({
      ...home,
      manifold: { ...home.manifold!, dimension: add(home.manifold!.dimension, 1) },
    })),
  },
  {
    name: 'two layers: zero, a strict local minimum, global below the threshold too',
    killer: 'descent-value',
    wrong: 'statement',
    original: zeroAboveThreshold,
    theorem: zeroOfTwoLayers(gt(kappa, '1/64'), [{ id: 'κ < 1/16', draw: { k: { from: '1/50', to: '1/30' } } }]),
  },
  {
    name: 'two layers: zero the only minimizer on the threshold, where frames tie with it',
    killer: 'descent-form',
    wrong: 'statement',
    original: zeroAboveThreshold,
    theorem: zeroOfTwoLayers(gt(kappa, '1/20'), [{ id: 'κ = 1/16', draw: { k: { exactly: '1/16' } } }]),
  },
  {
    name: 'the orthogonal frame itself called a saddle, its spectrum not stated',
    killer: 'planted-saddles',
    wrong: 'statement',
    original: theorem31,
    theorem: revised(theorem31, (revision) => ({
      ...revision,
      criticalPoints: revision.criticalPoints!.map(({ id, title, when }) => ({
        id,
        title,
        when,
        construction: frameCase.minimizer,
        value: frameCase.value,
        nature: 'saddle' as const,
      })),
    })),
  },
  {
    name: 'a chain with ‖Z‖_* ≥ ‖σ(Z)‖_*',
    killer: 'chain',
    wrong: 'chain',
    original: theorem31,
    theorem: reluStep,
  },
];

/** One for every check, in their order. */
export const SOLE: readonly SoleMutant[] = [...SOLE_ONE_LAYER, ...SOLE_TWO_LAYERS].sort(
  (a, b) => CHECK_IDS.indexOf(a.killer) - CHECK_IDS.indexOf(b.killer),
);
