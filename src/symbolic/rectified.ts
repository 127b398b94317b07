/**
 * ReLU on matrix words, and derivatives through it.
 *
 * σ is no polynomial, so a word has an image under it only where a rule says so. The rule known here: let R ≥ 0 have
 * orthonormal columns (hence disjoint supports), let every column of P be a non-negative multiple of a coordinate
 * vector (P = Y, or UᵀY with such a frame U), and let S = aI + b11ᵀ + cVᵀV with obtuse V, whose columns have the
 * squared norm ν. If S has a diagonal a + b + cν ≥ 0 and b ≤ 0 ≤ c, nothing off its diagonal is positive, and
 *
 *   σ(R S P) = (a + b + cν)·R P,
 *
 * for the entry of RSP in a row from the support of column k of R, and in a column of P along i, is R_k S_ki P_i. Where
 * the diagonal is positive, RSP is positive exactly where RP is; so a mask D that is 1 where σ is active, 0 where X < 0
 * and anything where X = 0 leaves R P as it is, whatever is chosen at kinks: f is differentiable there.
 *
 * A rule that does not apply is an error (`NotAWordError`), never a guess.
 */
import type { Matrix, Scalar } from './expression.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import { fingerprint } from './fingerprint.js';
import type { Sign } from './signs.js';
import * as T from './trace-algebra.js';
import type { TraceScalar, WordMatrix } from './trace-algebra.js';
import { type Alphabet, type Letter, type Word, letter, wordKey } from './word.js';
import { LABELS, type Letters, NotAWordError, columnNorm, onesName, substituteLetters } from './words-of.js';

/** σ(X), and the word whose support is where σ is active; none where X = 0. */
export interface Rectified {
  readonly value: WordMatrix;
  readonly active: Word | undefined;
}

/** What the rule needs to know besides words. */
export interface RectifierOptions {
  readonly alphabet: Alphabet;
  readonly frames: NonNullable<Letters['frames']>;
  /** The sign of a coefficient in the case at hand. */
  sign(coefficient: Fraction): Sign;
  /** Coefficients with powers of adjoined roots reduced. */
  reduced(words: WordMatrix): WordMatrix;
}

const isObtuse = (frames: RectifierOptions['frames'], name: string): boolean =>
  frames.some((x) => x.name === name && x.kind === 'obtuse');

const isNonNegative = (frames: RectifierOptions['frames'], name: string): boolean =>
  frames.some((x) => x.name === name && x.kind === 'nonNegativeFrame');

const noRule = (why: string): never => {
  throw new NotAWordError(`σ has no rule here: ${why}`, 'Rules: σ(R S P), R ≥ 0 a frame, S off-diagonally ≤ 0.');
};

/** What stands between R and P: I, 11ᵀ or VᵀV. */
type Middle = 'I' | '11ᵀ' | { readonly obtuse: string };

interface Parts {
  readonly left: Word;
  readonly middle: Middle;
  readonly right: Word;
}

const turned = (l: Letter): Letter => ({ ...l, transposed: !l.transposed });
const sameLetter = (x: Letter, y: Letter): boolean => x.name === y.name && x.transposed === y.transposed;

/** A word as R·S·P, or undefined where it has another form. */
const partsOf = ({ frames }: RectifierOptions, word: Word): Parts | undefined => {
  const isFrame = (l: Letter): boolean => !l.transposed && isNonNegative(frames, l.name);
  const left = word.slice(0, 1).filter(isFrame);
  let rest = word.slice(left.length);
  let middle: Middle = 'I';
  const [first, second] = rest;
  if (first !== undefined && second !== undefined && sameLetter(first, turned(second))) {
    if (first.transposed && isObtuse(frames, first.name)) middle = { obtuse: first.name };
    if (!first.transposed && first.name === onesName('K')) middle = '11ᵀ';
    if (middle !== 'I') rest = rest.slice(2);
  }
  // Columns along coordinate vectors: Y, and Uᵀ for a non-negative frame U.
  const along = rest.every((l) => sameLetter(l, letter(LABELS)) || (l.transposed && isNonNegative(frames, l.name)));
  return along ? { left, middle, right: rest } : undefined;
};

const POSITIVE: readonly Sign[] = ['positive'];
const UP: readonly Sign[] = ['positive', 'non-negative', 'zero'];
const DOWN: readonly Sign[] = ['negative', 'non-positive', 'zero'];

/** @throws NotAWordError where no rule applies */
export const rectify = (options: RectifierOptions, x: WordMatrix): Rectified => {
  const words = options.reduced(x);
  if (T.vanishes(words)) return { value: words, active: undefined };
  let outer: { readonly left: Word; readonly right: Word } | undefined;
  let diagonal = F.ZERO;
  let ones = F.ZERO;
  for (const { coefficient, traces, word } of words.terms.values()) {
    if (traces.length > 0) return noRule('a coefficient contains a trace');
    const parts = partsOf(options, word) ?? noRule(`the word ${wordKey(word)} is not of the form R S P`);
    outer ??= parts;
    if (wordKey(outer.left) !== wordKey(parts.left) || wordKey(outer.right) !== wordKey(parts.right)) {
      return noRule('terms with different R or P');
    }
    if (parts.middle === 'I') {
      diagonal = F.add(diagonal, coefficient);
    } else if (parts.middle === '11ᵀ') {
      diagonal = F.add(diagonal, coefficient);
      ones = F.add(ones, coefficient);
    } else {
      if (!UP.includes(options.sign(coefficient))) return noRule('VᵀV with a coefficient not shown to be ≥ 0');
      diagonal = F.add(diagonal, F.multiply(coefficient, columnNorm(parts.middle.obtuse)));
    }
  }
  if (!DOWN.includes(options.sign(ones))) return noRule('entries off the diagonal not shown to be ≤ 0');
  if (!POSITIVE.includes(options.sign(diagonal))) return noRule('a diagonal not shown to be positive');
  if (outer === undefined) return noRule('no words');
  const active = [...outer.left, ...outer.right];
  const value = T.scaleMatrix(T.scalar(diagonal), T.matrixOfWord(options.alphabet, active, x.type));
  return { value: options.reduced(value), active };
};

/**
 * D∘G for the mask D of a rectified X, whatever D is where X = 0.
 *
 * @throws NotAWordError unless G is a multiple of the active word
 */
export const masked = ({ reduced }: RectifierOptions, { active }: Rectified, g: WordMatrix): WordMatrix => {
  const words = reduced(g);
  for (const { word } of words.terms.values()) {
    if (active === undefined || wordKey(word) !== wordKey(active)) {
      return noRule('the derivative does not vanish where σ is at a kink');
    }
  }
  return words;
};

/** The different σ(X) in an expression. */
export const rectifiedIn = (node: Scalar | Matrix): Extract<Matrix, { kind: 'relu' }>[] => {
  const found = new Map<string, Extract<Matrix, { kind: 'relu' }>>();
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    Object.values(value).forEach(visit);
    const tree = value as Scalar | Matrix;
    if (tree.kind === 'relu') found.set(fingerprint(tree), tree);
  };
  visit(node);
  return [...found.values()];
};

/** σ(X) in an objective: X in words of blocks, and letters that stand for σ(X) and for D∘∂f/∂σ(X). */
export interface HiddenLayer {
  readonly letter: string;
  readonly adjoint: string;
  readonly input: WordMatrix;
}

/** Letters for the hidden layer of an objective; no symbol can be called so. */
export const HIDDEN = { letter: 'relu:hidden', adjoint: 'relu:adjoint' } as const;

/**
 * The gradient of f(blocks, σ(X)) at a point, block by block, by the chain rule: the direct part, and ⟨D∘∂f/∂σ(X), dX⟩.
 *
 * @throws NotAWordError where σ or its mask has no rule at the point
 */
export const gradientThroughRelu = (
  options: RectifierOptions,
  objective: TraceScalar,
  { letter: output, adjoint, input }: HiddenLayer,
  blocks: readonly string[],
  point: ReadonlyMap<string, WordMatrix>,
): ReadonlyMap<string, WordMatrix> => {
  const { alphabet } = options;
  const rectified = rectify(options, substituteLetters(alphabet, input, point));
  const here = new Map([...point, [output, rectified.value] as const]);
  const at = <E extends WordMatrix | TraceScalar>(words: E): E => substituteLetters(alphabet, words, here);
  here.set(adjoint, masked(options, rectified, at(T.differentiate(alphabet, objective, output))));
  const along = T.innerProduct(alphabet, T.matrixOfWord(alphabet, [letter(adjoint)], input.type), input);
  return new Map(
    blocks.map((name): [string, WordMatrix] => [
      name,
      T.addMatrices(at(T.differentiate(alphabet, objective, name)), at(T.differentiate(alphabet, along, name))),
    ]),
  );
};
