/**
 * What a theorem is: the claims that a module supplies, and nothing else.
 *
 * There is no place here for evidence or verdicts; those are made by the checks. Every mathematical field is an
 * expression of the statement language, so that text, LaTeX, residuals and fingerprints come from one source.
 */
import type {
  LetterNode,
  Matrix,
  MatrixEquation,
  ParameterNode,
  Proposition,
  Scalar,
  SymbolNode,
} from '../symbolic/expression.js';
import type { DerivationRule } from '../symbolic/derivation.js';
import type { Problem } from '../symbolic/objective.js';
import type { LemmaUse } from '../symbolic/textbook.js';

/** Where theorems come from. */
export interface Paper {
  /** First half of every theorem id, e.g. `tirer-bruna-2022`. */
  readonly id: string;
  readonly title: string;
  readonly authors: string;
  readonly reference: string;
}

/** Where the words of a statement come from. */
export interface Provenance {
  readonly kind: 'verbatim' | 'reconstructed';
  /** Version and place of a verbatim statement, or what a reconstruction rests on. */
  readonly from: string;
}

/** A point given by formulas: blocks in parameters, labels and free orthonormal frames. */
export interface Construction {
  readonly frames?: readonly LetterNode[];
  readonly blocks: Readonly<Record<string, Matrix>>;
}

/** A property that the theorem claims of every global minimizer. */
export interface Conclusion {
  readonly id: string;
  readonly title: string;
  readonly statement: MatrixEquation;
}

/** One square of a sum-of-squares proof: coefficient · ‖of‖². */
export interface SquareTerm {
  readonly coefficient: Scalar;
  readonly of: Matrix;
}

/**
 * f = value + Σ coefficient_i ‖square_i‖², with every coefficient ≥ 0 in the case, every square zero at the
 * construction, and every conclusion an explicit combination of squares: together a proof for all parameters of the
 * case.
 */
export interface SumOfSquares {
  /** The `\label` of the identity in the paper. */
  readonly equation?: string;
  readonly squares: Readonly<Record<string, SquareTerm>>;
  /** For each conclusion A = B, the combination of squares that A − B equals, built with `square(name, …)`. */
  readonly cofactors: Readonly<Record<string, Matrix>>;
}

/**
 * One step of a proof by inequalities: at every point, what the step before it bounds f by (at first f itself) is at
 * least `bound`.
 */
export interface ChainStep {
  /** Short: `B2`. */
  readonly id: string;
  readonly title: string;
  /** In the blocks and the parameters. */
  readonly bound: Scalar;
  /** Why the step holds: the inequality that it uses, or where it is shown. */
  readonly because: string;
  /** The `\label` of the equation in the paper that the step stands for. */
  readonly equation?: string;
  /** The same for the checks: lemmas of the closed list whose sum, each with its weight, is what the step loses. */
  readonly by?: readonly LemmaUse[];
}

/**
 * An equation that holds wherever all steps of a chain are equalities. `from` combines the facts of the lemmas, the
 * hypotheses on the minimizer that are equations (of numbers: as 1 × 1 matrices), and what was derived before, each
 * `square(name, …)` standing for left − right of that equation.
 *
 * - `combination`: left − right = from.
 * - `squares`: Σ cXXᵀ = from over the terms, c > 0, so every X is zero; the first is left − right or its transpose.
 * - `root`: left = cXXᵀ of the first term, right of the second, left² − right² = from: positive semidefinite matrices
 *   whose squares are equal.
 * - `rectified-product`: left − right = ⟨σ(X), X⟩ − ‖σ(X)‖² + from, for X = `of`.
 * - `rectified-copies`: left − right = σ(X) − σ(M)Y for M = `of` and X = MY + from.
 * - `projector-norm`: left − right = ‖Q‖_* − ‖Q‖² and (QᵀQ)² − QᵀQ = from, for Q = `of`.
 * - `duality`: left = X, right = XQᵀQ, ⟨Q, X⟩ − ‖X‖_* = from, for Q = `of` with (QᵀQ)² = QᵀQ among the known equations.
 */
export interface Derivation {
  readonly id: string;
  readonly statement: MatrixEquation;
  readonly rule: DerivationRule;
  readonly from: Matrix;
  readonly terms?: readonly { readonly coefficient: Scalar; readonly of: Matrix }[];
  readonly of?: Matrix;
}

/** How a stratum draws a generator: an exact value, or a range (log-uniform). Bounds are rationals as text. */
export type Draw = { readonly exactly: string } | { readonly from: string; readonly to: string };

/** A part of a case that instances must cover: the interior, a neighbourhood of a threshold, the threshold itself. */
export interface Stratum {
  readonly id: string;
  /** Generators that this stratum draws in its own way; the others follow the parametrisation. */
  readonly draw: Readonly<Record<string, Draw>>;
}

/**
 * Directions that ∇²f maps to each other as a small matrix M says: with E_i(S) the direction of row i,
 * ∇²f E_i(S) = Σ_j M_ij E_j(S) for every S of the parameter's shape and symmetry. The embeddings keep inner products,
 * ⟨E_i(S), E_j(T)⟩ = δ_ij⟨S, T⟩, and different spaces are orthogonal.
 */
export interface DirectionSpace {
  readonly parameter: ParameterNode;
  /** E_i for each row of the matrix: blocks in the parameter, in frames and in complements; a missing block is zero. */
  readonly rows: readonly Readonly<Record<string, Matrix>>[];
}

/**
 * A part of a claimed Hessian spectrum: the eigenvalues of a small symmetric matrix, each as often as `multiplicity`
 * says. The multiplicities of all parts, times their sizes, add up to the number of unknowns.
 */
export interface SpectrumBlock {
  readonly title: string;
  readonly matrix: readonly (readonly Scalar[])[];
  readonly multiplicity: Scalar;
  /**
   * Where the eigenvectors lie: spaces whose dimensions add up to the multiplicity. With them the spectrum is checked
   * at any size, and for all sizes at once; without, densely and at small sizes only.
   */
  readonly directions?: readonly DirectionSpace[];
}

/**
 * Where `when` holds the claimed minimizers form a manifold of this dimension, and ∇²f is singular along it and nowhere
 * else (Morse–Bott).
 */
export interface MinimizerManifold {
  readonly when: Proposition;
  readonly dimension: Scalar;
}

/** A part of the parameter space with a claim of its own. The cases of a revision partition the space. */
export interface Case {
  readonly id: string;
  readonly when: Proposition;
  readonly strata: readonly Stratum[];
  /**
   * The parameters of this case in generators that make its formulas rational, for symbolic proofs. Instances are drawn
   * by the parametrisation of the revision, which proofs use too where a case has none of its own.
   */
  readonly parametrisation?: Parametrisation;
  readonly minimizer: Construction;
  readonly value: Scalar;
  readonly conclusions: readonly Conclusion[];
  /** The spectrum of ∇²f at every claimed minimizer. */
  readonly spectrum?: readonly SpectrumBlock[];
  readonly manifold?: MinimizerManifold;
  readonly proof?: SumOfSquares;
  /** f ≥ bound of the first step ≥ … ≥ value: tested step by step; decides the status of the proof, never a verdict. */
  readonly chain?: readonly ChainStep[];
  /**
   * The conclusions from equality in every step of the chain. With lemmas for all steps this is a proof for all
   * parameters of the case, modulo the lemmas that are cited.
   */
  readonly equality?: readonly Derivation[];
}

/**
 * The parameters in terms of free positive generators, so that no roots appear in proofs. `inverse` says which
 * generator values give the parameters; that every admissible parameter is reached is checked.
 */
export interface Parametrisation {
  /**
   * What the generators satisfy where the parametrisation is used, besides being positive: z > 1/2 for κ < 1/16. Each
   * bounds one generator by a number, and is shown to follow from the condition of the case.
   */
  readonly domain?: readonly Proposition[];
  readonly generators: readonly { readonly symbol: SymbolNode; readonly inverse: Scalar; readonly draw: Draw }[];
  /** λ of each block, by block name. */
  readonly parameters: Readonly<Record<string, Scalar>>;
}

/**
 * Amplitudes in which the construction itself is rational: generators in terms of free positive numbers. Instances
 * drawn from them are checked in exact arithmetic.
 */
export interface Amplitudes {
  readonly free: readonly { readonly symbol: SymbolNode; readonly draw: Draw }[];
  /** Each generator of the parametrisation in terms of the free amplitudes. */
  readonly generators: Readonly<Record<string, Scalar>>;
}

/** Critical points that the theory knows besides the minimizers: saddles to start from, and to leave. */
export interface CriticalFamily {
  readonly id: string;
  readonly title: string;
  readonly when: Proposition;
  /** As in a case: the parameters in generators that make the formulas of the family rational. */
  readonly parametrisation?: Parametrisation;
  readonly construction: Construction;
  readonly value: Scalar;
  /** The spectrum of ∇²f at every point of the family. */
  readonly spectrum?: readonly SpectrumBlock[];
  /** The ranks r of the family are the integers 0 ≤ r < this; min(K, d) where it is not given. */
  readonly rankBelow?: Scalar;
  /** `saddle`: descent must leave it; `local-minimum`: it may stay, and no curvature is negative. Both are checked. */
  readonly nature: 'saddle' | 'local-minimum';
}

/** What is true where a hypothesis fails: the minimizers and the minimum there, as far as known. */
export interface OutsideClaim {
  readonly id: string;
  readonly title: string;
  readonly when: Proposition;
  readonly minimizer: Construction;
  readonly value: Scalar;
}

/** An instance that is always checked: sizes, and amplitudes as exact numbers. */
export interface PinnedInstance {
  readonly K: number;
  readonly n: number;
  readonly d: number;
  readonly amplitudes: Readonly<Record<string, string>>;
}

/** A property that a theorem assumes of the minimizer itself, not of the instance: `isNotZero(H1)`. */
export interface MinimizerHypothesis {
  readonly id: string;
  readonly title: string;
  readonly statement: Proposition;
  /**
   * What a point gains at most by breaking it: f ≥ value − price at every point, and the price is 0 where the statement
   * holds. Then no tolerance has to decide whether a point below the claimed value meets the hypothesis.
   */
  readonly price?: Scalar;
  /** The name under which derivations refer to a statement that is an equation. */
  readonly fact?: string;
}

/** The verdict that a revision is expected to get; a run in which another comes out exits with code 1. */
export type VerdictName = 'proved' | 'upheld' | 'refuted' | 'suspect' | 'vacuous' | 'inconclusive';

/** One form of a theorem: what it assumes, and what it claims in each case. */
export interface Revision {
  readonly id: string;
  readonly status: 'current' | 'superseded';
  readonly expected: VerdictName;
  readonly problem: Problem;
  /** On the instance; `leq(K, d)` and the like. λ > 0 is part of the model. */
  readonly hypotheses: readonly Proposition[];
  /** On the minimizer: the conclusions are claimed of those global minimizers alone that meet all of these. */
  readonly ofMinimizer?: readonly MinimizerHypothesis[];
  readonly parametrisation?: Parametrisation;
  readonly amplitudes?: Amplitudes;
  readonly cases: readonly Case[];
  readonly criticalPoints?: readonly CriticalFamily[];
  /** Claims about instances that violate a hypothesis: shown and checked, no part of the theorem. */
  readonly outside?: readonly OutsideClaim[];
  readonly pinned?: readonly PinnedInstance[];
}

/** A theorem with all its revisions, one of them current. */
export interface Theorem {
  readonly paper: Paper;
  /** The number in the paper: `3.1`. */
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** The `\label` of the theorem in the LaTeX source of the paper: `thm:frame`. */
  readonly label?: string;
  readonly provenance: Provenance;
  readonly revisions: readonly Revision[];
}

/** `tirer-bruna-2022/3.1`. */
export const fullId = (theorem: Theorem): string => `${theorem.paper.id}/${theorem.id}`;
