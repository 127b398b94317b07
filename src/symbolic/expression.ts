/**
 * The statement language: scalars, matrices and propositions as data.
 *
 * A theorem's hypotheses, constructions, values and conclusions are trees of these nodes. Text, LaTeX, the fingerprint,
 * numeric residuals, exact values and words are all read off the one tree, so they cannot disagree.
 */
import type { Dimension } from './word.js';

/**
 * What a symbol stands for: a size (K, n, d, r), a regularisation parameter, a generator of a parametrisation, or the
 * unknown of an equation that defines a root.
 */
export type SymbolRole = 'size' | 'lambda' | 'generator' | 'bound';

/** How a node is called: in code, in text, in LaTeX. */
export interface Named {
  readonly name: string;
  readonly text: string;
  readonly latex: string;
}

/** A free scalar. */
export interface SymbolNode extends Named {
  readonly sort: 'scalar';
  readonly kind: 'symbol';
  readonly role: SymbolRole;
}

/** A scalar defined by an equation: the only x in [from, to] with of(x) = equals. */
export interface RootNode extends Named {
  readonly sort: 'scalar';
  readonly kind: 'root';
  readonly variable: SymbolNode;
  /** A polynomial in the variable alone, strictly monotone between the ends. */
  readonly of: Scalar;
  readonly equals: Scalar;
  /** The ends, as rationals. */
  readonly from: string;
  readonly to: string;
}

/** A number-valued expression. */
export type Scalar =
  | { readonly sort: 'scalar'; readonly kind: 'number'; readonly value: string }
  | SymbolNode
  | RootNode
  | (Named & { readonly sort: 'scalar'; readonly kind: 'defined'; readonly value: Scalar })
  | { readonly sort: 'scalar'; readonly kind: 'sum'; readonly terms: readonly Scalar[] }
  | { readonly sort: 'scalar'; readonly kind: 'product'; readonly factors: readonly Scalar[] }
  | { readonly sort: 'scalar'; readonly kind: 'quotient'; readonly over: Scalar; readonly under: Scalar }
  | { readonly sort: 'scalar'; readonly kind: 'power'; readonly base: Scalar; readonly exponent: number }
  | { readonly sort: 'scalar'; readonly kind: 'sqrt'; readonly of: Scalar }
  | { readonly sort: 'scalar'; readonly kind: 'normSquared'; readonly of: Matrix }
  | { readonly sort: 'scalar'; readonly kind: 'trace'; readonly of: Matrix }
  | { readonly sort: 'scalar'; readonly kind: 'nuclearNorm'; readonly of: Matrix }
  | { readonly sort: 'scalar'; readonly kind: 'minimum'; readonly left: Scalar; readonly right: Scalar }
  | { readonly sort: 'scalar'; readonly kind: 'positivePart'; readonly of: Scalar };

/** A matrix of the named dimensions. */
export interface Shaped {
  readonly sort: 'matrix';
  readonly rows: Dimension;
  readonly cols: Dimension;
}

/**
 * A block of the model (W, H, b); a free orthonormal frame (RᵀR = I), which may be non-negative as well (R ≥ 0, so that
 * its columns have disjoint supports); free columns of one norm with no acute angle between two of them (`obtuse`); or
 * a named square of a proof.
 */
export interface LetterNode extends Shaped, Named {
  readonly kind: 'block' | 'frame' | 'nonNegativeFrame' | 'obtuse' | 'square';
}

/** How a free matrix of directions is restricted: not at all, or to symmetric or skew matrices. */
export type Symmetry = 'general' | 'symmetric' | 'skew';

/** A free matrix S that parametrises a space of directions. */
export interface ParameterNode extends Shaped, Named {
  readonly kind: 'parameter';
  readonly symmetry: Symmetry;
}

/** An orthonormal basis of the orthogonal complement of the columns of `of`. */
export interface ComplementNode extends Shaped, Named {
  readonly kind: 'complement';
  readonly of: Matrix;
}

/** A matrix-valued expression. */
export type Matrix =
  | LetterNode
  | ParameterNode
  | ComplementNode
  | (Shaped & { readonly kind: 'labels' })
  | (Shaped & { readonly kind: 'identity' })
  | (Shaped & { readonly kind: 'ones' })
  | (Shaped & { readonly kind: 'zeros' })
  | (Shaped & Named & { readonly kind: 'definedMatrix'; readonly value: Matrix })
  | (Shaped & { readonly kind: 'matrixSum'; readonly terms: readonly Matrix[] })
  | (Shaped & { readonly kind: 'matrixProduct'; readonly factors: readonly Matrix[] })
  | (Shaped & { readonly kind: 'scaled'; readonly factor: Scalar; readonly of: Matrix })
  | (Shaped & { readonly kind: 'transpose'; readonly of: Matrix })
  | (Shaped & { readonly kind: 'relu'; readonly of: Matrix })
  | (Shaped & { readonly kind: 'inverse'; readonly of: Matrix });

/** How two scalars compare: =, ≠, ≤, <, ≥, >. */
export type Comparison = 'eq' | 'neq' | 'leq' | 'lt' | 'geq' | 'gt';

/** A = B, the form of a conclusion. */
export interface MatrixEquation {
  readonly sort: 'proposition';
  readonly kind: 'equal';
  readonly left: Matrix;
  readonly right: Matrix;
}

/** A ≠ B: what is assumed of a minimizer. */
export interface MatrixInequation {
  readonly sort: 'proposition';
  readonly kind: 'differs';
  readonly left: Matrix;
  readonly right: Matrix;
}

/** A condition or a claim. */
export type Proposition =
  | { readonly sort: 'proposition'; readonly kind: Comparison; readonly left: Scalar; readonly right: Scalar }
  | MatrixEquation
  | MatrixInequation
  | { readonly sort: 'proposition'; readonly kind: 'and'; readonly parts: readonly Proposition[] };

/** Any node of the statement language. */
export type Expression = Scalar | Matrix | Proposition;
