/**
 * What a lemma is: an inequality or identity between matrices (or numbers) that proofs cite, as a claim of its own.
 *
 * As with theorems a module supplies the claim, and checks supply evidence. A lemma that is false is declared with the
 * expected verdict `refuted`, and stays in the repository as a regression.
 */
import { InternalError } from '../../errors.js';
import type { LetterNode, Matrix, MatrixEquation, Proposition, Scalar, SymbolNode } from '../../symbolic/expression.js';
import type { Problem } from '../../symbolic/objective.js';
import type { Construction, Draw, Paper, Provenance, SquareTerm, VerdictName } from '../contract.js';

/** A comparison of two numbers; a lemma uses ≤ and =. */
export type LemmaComparison = Exclude<Proposition, { readonly kind: 'equal' | 'differs' | 'and' }>;

/** left ≤ right or left = right, for numbers; left = right for matrices. */
export type LemmaStatement = LemmaComparison | MatrixEquation;

/**
 * A proof of left ≤ right (or left = right) for all sizes and all matrices, in the algebra of traces of words:
 *
 *   right − left = Σ coefficient‖square‖²,
 *
 * after nuclear norms have become traces by two textbook facts, and inverses have become letters.
 */
export interface LemmaProof {
  /**
   * The singular value decomposition of `of`, of rank r: ‖of‖_* = tr(Pᵀ·of·S) with orthonormal columns P = `left`,
   * S = `right`. The rest of the proof holds for all such frames.
   */
  readonly singular?: { readonly of: Matrix; readonly left: LetterNode; readonly right: LetterNode };
  /** Duality on the larger side: ‖of‖_* ≥ tr(Qᵀ·of), since I − QᵀQ = Σ SᵀS over `rest`. */
  readonly dual?: readonly { readonly of: Matrix; readonly by: Matrix; readonly rest: readonly Matrix[] }[];
  /** What is inverted, as AᵀA + shift·I with shift > 0: so that there is an inverse. */
  readonly inverses?: readonly { readonly of: Matrix; readonly gram: Matrix; readonly shift: Scalar }[];
  /** A block X = ZG with Z free and G among what is inverted: it reaches every X. */
  readonly substitute?: Readonly<Record<string, Matrix>>;
  readonly squares: Readonly<Record<string, SquareTerm>>;
}

/** A lemma: for all sizes, numbers and matrices that meet the hypotheses, the statement holds. */
export interface Lemma {
  readonly paper: Paper;
  /** Without the prefix: `relu-nuclear-norm` is asked for as `lemma:relu-nuclear-norm`. */
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** The `\label` of the lemma in the LaTeX source of the paper. */
  readonly label?: string;
  readonly provenance: Provenance;
  readonly expected: VerdictName;
  /** The free matrices. */
  readonly matrices: readonly LetterNode[];
  /** The free positive numbers, and where they are drawn from. */
  readonly scalars: readonly { readonly symbol: SymbolNode; readonly draw: Draw }[];
  /** On sizes and scalars. */
  readonly hypotheses: readonly Proposition[];
  /** What `leq`, `eq` or `equal` returned. */
  readonly statement: Proposition;
  /** Sizes at which it is tested, where small ones would say little: from, to; d is drawn as K and so many more. */
  readonly sizes?: {
    readonly K?: readonly [number, number];
    readonly n?: readonly [number, number];
    readonly beyondK?: readonly [number, number];
  };
  /**
   * An objective whose low points put the lemma to the test: its blocks are the matrices, its λ's the numbers. The ends
   * of descents from starts of low rank are among the points.
   */
  readonly along?: Problem;
  /** Where an inequality is an equality: matrices in frames and scalars. */
  readonly equality?: readonly { readonly title: string; readonly at: Construction }[];
  readonly proof?: LemmaProof;
  /** Where it is proved, or why it is false. */
  readonly because: string;
}

/** `tirer-bruna-2022/lemma:relu-nuclear-norm`. */
export const fullLemmaId = ({ paper, id }: Lemma): string => `${paper.id}/lemma:${id}`;

/** The statement, of one of the kinds that a declared lemma has. */
export const statementOf = ({ id, statement }: Lemma): LemmaStatement => {
  if (statement.kind === 'and' || statement.kind === 'differs') {
    throw new InternalError(`lemma:${id} was declared with a statement of another kind`);
  }
  return statement;
};
