/**
 * The public API: `import … from 'ufm-check'`. Theorem modules need nothing else.
 *
 * @module ufm-check
 */
export * from './symbolic/build.js';
export type {
  Comparison,
  ComplementNode,
  Expression,
  LetterNode,
  Matrix,
  MatrixEquation,
  MatrixInequation,
  Named,
  ParameterNode,
  Proposition,
  RootNode,
  Scalar,
  Shaped,
  SymbolNode,
  SymbolRole,
  Symmetry,
} from './symbolic/expression.js';
export { ufm, type Problem, type ProblemSpec } from './symbolic/objective.js';
export type { DerivationRule } from './symbolic/derivation.js';
export { toLatex, toText } from './symbolic/print.js';
export {
  byLemma,
  singularValue,
  type LemmaId,
  type LemmaUse,
  type CertificateTerm,
  type SingularValueCertificate,
} from './symbolic/textbook.js';
export { fingerprint } from './symbolic/fingerprint.js';
export { paper, theorem, statementFingerprint } from './theorem/define.js';
export type * from './theorem/contract.js';
export { lemma, lemmaFingerprint } from './theorem/lemma/define.js';
export type { Lemma, LemmaProof } from './theorem/lemma/contract.js';
export { UsageError } from './errors.js';
