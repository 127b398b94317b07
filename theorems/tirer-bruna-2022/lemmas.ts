/**
 * The lemmas on matrices that the proofs of Tirer & Bruna use, and the false one that the original Theorem 4.2 needs.
 *
 * Notation. ‖·‖ is the Frobenius norm, ‖·‖_* the nuclear norm (the sum of the singular values), σ = max(0, ·) in every
 * entry, Y = I_K ⊗ 1_nᵀ the labels (K × N, N = Kn), Π_c = YᵀY/n the averaging over classes.
 *
 * Where a lemma has a proof, nuclear norms are traced back to the singular value decomposition, ‖A‖_* = tr(PᵀAS) for
 * orthonormal columns P, S, and to duality, ‖A‖_* ≥ tr(QᵀA) for every Q with I − QᵀQ ⪰ 0. What remains is an identity
 * of words, which holds for all sizes.
 *
 * Provenance. The text of the paper was not at hand: the lemmas are reconstructed from what its proofs need.
 */
import { block, lemma, leq, nuclearNorm, relu } from 'ufm-check';
import { tirerBruna2022 } from './paper.js';

const reconstructed = { kind: 'reconstructed', from: 'what the proofs of Theorems 4.1 and 4.2 need' } as const;

const X = block('X', 'd', 'N');

/**
 * ‖σ(X)‖_* ≤ ‖X‖_* for every X. False from 3 × 3 on, where entries −1, 0, 1 are enough: cutting off negative entries
 * can destroy cancellations. It is the step that the proof of the original Theorem 4.2 needs.
 */
export const reluNuclearNorm = lemma({
  paper: tirerBruna2022,
  id: 'relu-nuclear-norm',
  title: 'σ does not enlarge the nuclear norm',
  source: 'used for Theorem 4.2 in its original form',
  provenance: reconstructed,
  expected: 'refuted',
  matrices: [X],
  scalars: [],
  hypotheses: [],
  statement: leq(nuclearNorm(relu(X)), nuclearNorm(X)),
  because: 'false: σ never enlarges the Frobenius norm, but it can enlarge the nuclear norm',
});
