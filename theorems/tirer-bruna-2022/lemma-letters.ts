/** The matrices that the lemmas of Tirer & Bruna are written with, and where the lemmas come from. */
import {
  block,
  frame,
  mul,
  sub,
  symbol,
  t,
  type Draw,
  type Matrix,
} from 'ufm-check';

export const reconstructed = { kind: 'reconstructed', from: 'what the proofs of Theorems 4.1 and 4.2 need' } as const;
export const positive: Draw = { from: '1/20', to: '20' };

export const X = block('X', 'd', 'N');
export const A = block('A', 'd', 'N');
export const U = block('U', 'd', 'K');
export const V = block('V', 'K', 'N');
// Singular vectors, for a matrix of rank r.
export const P = frame('P', 'd', 'r');
export const S = frame('S', 'N', 'r');
/** (I − FFᵀ)M: what the columns of F leave of M. */
export const rest = (F: Matrix, M: Matrix): Matrix => sub(M, mul(F, t(F), M));
export const a = symbol('a', 'generator');
