/**
 * The inequalities that a step of a chain may use: a closed list. Each builds both of its sides, what it needs and what
 * equality in it says, from the matrices that it is applied to; a module chooses matrices and numbers, nothing else.
 *
 * Lemmas with a citation are textbook facts that are not shown here, and a proof that uses one is a proof modulo it.
 * The others are shown where they are used: ridge elimination as an identity of words, the bound of a sum over singular
 * values by the one certificate in one variable that the module gives.
 */
import { UsageError } from '../errors.js';
import {
  add,
  div,
  identity,
  inverse,
  mul,
  normSquared,
  number,
  nuclearNorm,
  positivePart,
  pow,
  sub,
  symbol,
  t,
  trace,
} from './build.js';
import type { Matrix, Scalar, SymbolNode } from './expression.js';

/** The textbook lemmas that a step of a chain may cite: a closed list. */
export type LemmaId =
  | 'nuclear-norm-of-product'
  | 'nuclear-norm-under-isometry'
  | 'operator-jensen'
  | 'positive-part'
  | 'ridge-elimination'
  | 'sum-over-singular-values';

/** One term of a certificate in the variable u ≥ 0: coefficient·square², with a coefficient ≥ 0. */
export interface CertificateTerm {
  readonly coefficient: Scalar;
  readonly square: Scalar;
}

/** What a sum over singular values is shown by. */
export interface SingularValueCertificate {
  readonly terms: readonly CertificateTerm[];
  /** The only u ≥ 0 at which the terms vanish. */
  readonly onlyAt: '0' | '1';
}

/** A lemma applied to matrices: weight·(larger side − smaller side) ≥ 0. */
export interface LemmaUse {
  readonly lemma: LemmaId;
  readonly weight: Scalar;
  readonly matrices: Readonly<Record<string, Matrix>>;
  readonly scalars: Readonly<Record<string, Scalar>>;
  readonly certificate?: SingularValueCertificate;
  /** The name under which derivations refer to what equality says. */
  readonly fact?: string;
}

/** The variable of certificates: a singular value. */
export const singularValue: SymbolNode = symbol('singularValue', 'bound', 'u');

/** A lemma with its sides. */
export interface LemmaInstance {
  readonly larger: Scalar;
  readonly smaller: Scalar;
  /** What must be zero for the lemma to apply. */
  readonly needs: readonly { readonly what: string; readonly zero: Matrix }[];
  /** What must be positive. */
  readonly positive: readonly Scalar[];
  /** What is zero where both sides are equal, and only there. */
  readonly equality?: Matrix;
  /** Of a sum over singular values: what the certificate has to show is ≥ 0 for every u ≥ 0. */
  readonly ofSingularValue?: Scalar;
}

export interface TextbookLemma {
  readonly statement: string;
  /** Where it is proved; undefined for what is shown here. */
  readonly citation?: string;
  readonly instantiate: (use: LemmaUse) => LemmaInstance;
}

const matrixOf = ({ lemma, matrices }: LemmaUse, name: string): Matrix => {
  const value = matrices[name];
  if (value === undefined) throw new UsageError(`${lemma}: the matrix ${name} is missing`, 'Give every matrix.');
  return value;
};

const scalarOf = ({ lemma, scalars }: LemmaUse, name: string): Scalar => {
  const value = scalars[name];
  if (value === undefined) throw new UsageError(`${lemma}: the number ${name} is missing`, 'Give every number.');
  return value;
};

/** The duality of Schatten norms, with its cases of equality. */
export const SCHATTEN_HOELDER = "Hölder's inequality for Schatten norms: Bhatia, Matrix Analysis (1997), IV.2";

const isIsometry = (V: Matrix) => ({ what: 'VᵀV = I', zero: sub(mul(t(V), V), identity(V.cols)) });

/** The list. Nothing else can be cited. */
export const LEMMAS: Readonly<Record<LemmaId, TextbookLemma>> = {
  'nuclear-norm-of-product': {
    statement: '(ρ‖U‖² + ‖V‖²/ρ)/2 ≥ ‖UV‖_* for ρ > 0, with equality only where ρUᵀU = VVᵀ/ρ',
    citation: 'the variational form of the nuclear norm: Recht, Fazel & Parrilo, SIAM Review 52 (2010), Section 5',
    instantiate: (use) => {
      const [U, V, ratio] = [matrixOf(use, 'U'), matrixOf(use, 'V'), scalarOf(use, 'ratio')];
      return {
        larger: div(add(mul(ratio, normSquared(U)), div(normSquared(V), ratio)), 2),
        smaller: nuclearNorm(mul(U, V)),
        needs: [],
        positive: [ratio],
        equality: sub(mul(ratio, t(U), U), mul(div(1, ratio), V, t(V))),
      };
    },
  },
  'nuclear-norm-under-isometry': {
    statement: '‖X‖_* ≥ ‖XV‖_* for VᵀV = I, with equality only where X = XVVᵀ',
    citation: SCHATTEN_HOELDER,
    instantiate: (use) => {
      const [X, V] = [matrixOf(use, 'X'), matrixOf(use, 'V')];
      return {
        larger: nuclearNorm(X),
        smaller: nuclearNorm(mul(X, V)),
        needs: [isIsometry(V)],
        positive: [],
        equality: sub(X, mul(X, V, t(V))),
      };
    },
  },
  'operator-jensen': {
    statement: 'tr(Vᵀ(I + pXᵀX)⁻¹V) ≥ tr((I + pVᵀXᵀXV)⁻¹) for VᵀV = I and p > 0',
    citation: "Jensen's operator inequality: Hansen & Pedersen, Bull. London Math. Soc. 35 (2003), for 1/(1 + x)",
    instantiate: (use) => {
      const [X, V, p] = [matrixOf(use, 'X'), matrixOf(use, 'V'), scalarOf(use, 'p')];
      return {
        larger: trace(mul(t(V), inverse(add(identity(X.cols), mul(p, t(X), X))), V)),
        smaller: trace(inverse(add(identity(V.cols), mul(p, t(V), t(X), X, V)))),
        needs: [isIsometry(V)],
        positive: [p],
      };
    },
  },
  'positive-part': {
    statement: 'max(x, 0) ≥ x',
    instantiate: (use) => {
      const x = scalarOf(use, 'x');
      return { larger: positivePart(x), smaller: x, needs: [], positive: [] };
    },
  },
  'ridge-elimination': {
    statement: '‖WA − B‖² + α‖W‖² ≥ tr(B(I + AᵀA/α)⁻¹Bᵀ) for α > 0, with equality only where W(AAᵀ + αI) = BAᵀ',
    instantiate: (use) => {
      const [W, A, B, alpha] = [matrixOf(use, 'W'), matrixOf(use, 'A'), matrixOf(use, 'B'), scalarOf(use, 'alpha')];
      return {
        larger: add(normSquared(sub(mul(W, A), B)), mul(alpha, normSquared(W))),
        smaller: trace(mul(B, inverse(add(identity(A.cols), mul(div(1, alpha), t(A), A))), t(B))),
        needs: [],
        positive: [alpha],
        equality: sub(add(mul(W, A, t(A)), mul(alpha, W)), mul(B, t(A))),
      };
    },
  },
  'sum-over-singular-values': {
    statement: 'tr((I + pTᵀT)⁻¹) + q‖T‖_* ≥ m·(the columns of T) where 1/(1 + pu²) + qu ≥ m for every u ≥ 0',
    instantiate: (use) => {
      const T = matrixOf(use, 'T');
      const [p, q, m] = [scalarOf(use, 'p'), scalarOf(use, 'q'), scalarOf(use, 'm')];
      const columns = identity(T.cols);
      const at = use.certificate?.onlyAt === '1' ? sub(mul(t(T), T), columns) : T;
      const u = singularValue;
      return {
        larger: add(trace(inverse(add(columns, mul(p, t(T), T)))), mul(q, nuclearNorm(T))),
        smaller: mul(trace(columns), m),
        needs: [],
        positive: [p],
        equality: at,
        ofSingularValue: sub(add(div(1, add(1, mul(p, pow(u, 2)))), mul(q, u)), m),
      };
    },
  },
};

/**
 * What shows ridge elimination, as matrices and numbers that vanish for all W, A, G and α: B = G(I + AᵀA/α) reaches
 * every B, since I + AᵀA/α has an inverse, and then tr(B(I + AᵀA/α)⁻¹Bᵀ) = tr(BGᵀ). With D = W − GAᵀ/α the difference
 * of the sides is ‖DA‖² + α‖D‖², and D(AAᵀ + αI) = W(AAᵀ + αI) − BAᵀ.
 */
export const ridgeIdentities = (
  W: Matrix,
  A: Matrix,
  G: Matrix,
  alpha: Scalar,
): { readonly difference: Scalar; readonly equality: Matrix } => {
  const B = add(G, mul(div(1, alpha), G, t(A), A));
  const D = sub(W, mul(div(1, alpha), G, t(A)));
  const sides = sub(
    add(normSquared(sub(mul(W, A), B)), mul(alpha, normSquared(W))),
    trace(mul(B, t(G))),
  );
  return {
    difference: sub(sides, add(normSquared(mul(D, A)), mul(alpha, normSquared(D)))),
    equality: sub(add(mul(D, A, t(A)), mul(alpha, D)), sub(add(mul(W, A, t(A)), mul(alpha, W)), mul(B, t(A)))),
  };
};

/** A lemma applied to matrices and numbers, as a reason for a step. */
export const byLemma = (
  lemma: LemmaId,
  use: {
    readonly weight?: Scalar;
    readonly matrices: Readonly<Record<string, Matrix>>;
    readonly scalars?: Readonly<Record<string, Scalar>>;
    readonly certificate?: SingularValueCertificate;
    readonly fact?: string;
  },
): LemmaUse => {
  const { weight = number(1), scalars = {}, ...rest } = use;
  return { lemma, weight, scalars, ...rest };
};
