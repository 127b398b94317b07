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
export * from './nuclear-norm-lemmas.js';
export * from './averaging-lemmas.js';
export * from './reduced-problem-lemmas.js';
export * from './robust-lemmas.js';
