/**
 * The judgement of a proof certificate. The objective is derived from the model, and four things are decided in the
 * algebra of traces, with no size fixed: the identity f = value + Σ a_i‖A_i‖²; a_i ≥ 0 on the case; A_i = 0 at the
 * construction, which exists; and each conclusion from squares with a_i > 0. That the generators reach every λ > 0 is
 * decided once. The rules are those of docs/proof-certificates.md.
 */
import { ExactError } from '../error.js';
import { readJson } from '../certificate/json.js';
import type { Json } from '../certificate/json.js';
import { judgeChain } from './chain/judge.js';
import type { ChainJudgement } from './chain/judge.js';
import { objectiveOf, blockShapes } from './objective.js';
import {
  add,
  constant,
  fromPolynomial,
  isZero,
  multiply,
  negate,
  powerOf,
  substitute,
  variable,
} from './polynomial.js';
import type { Quotient } from './polynomial.js';
import * as scalar from '../rational.js';
import { PROOF_FORMAT, parseProof } from './schema.js';
import type { CaseProof, Proof } from './schema.js';
import { proofSentence } from './sentence.js';
import { EVERYWHERE, chartsOf, signOf } from './signs.js';
import type { Charts, Sign } from './signs.js';
import { demand, evenPart, reduced, remainderText } from './reduce.js';
import { withinWork } from './work.js';
import {
  addTraces,
  alphabetOf,
  normSquared,
  remainderOf,
  scaleTraces,
  substituteLetters,
  subtract,
  survivors,
} from './words.js';
import type { Alphabet, Matrix, TraceSum } from './words.js';

/** 1 MB in UTF-8: a longer text is refused. */
export const MAXIMUM_PROOF_LENGTH = 2 ** 20;

export type ProofJudgement =
  | ({ readonly accepted: true; readonly kind: 'chain' } & ChainJudgement)
  | {
      readonly accepted: true;
      readonly kind: 'sum-of-squares';
      readonly proof: Proof;
      /** Whether every λ > 0 belongs to one of the cases. */
      readonly coversAll: boolean;
      /** What is proved, and for which parameters. */
      readonly sentence: string;
    }
  | { readonly accepted: false; readonly reason: string };

/** Whether a document says that it is a proof certificate. */
export const saysProof = (document: Json): boolean =>
  document instanceof Map && document.get('format') === PROOF_FORMAT;

/** Judges the text of a proof certificate. It never throws on what is in the text: whatever is wrong is a reason. */
export function checkProof(text: string): ProofJudgement {
  const length = new TextEncoder().encode(text).length;
  if (length > MAXIMUM_PROOF_LENGTH) return { accepted: false, reason: 'the text is longer than 1 MB' };
  try {
    return withinWork(() => {
      const document = readJson(text);
      if (document instanceof Map && document.get('kind') === 'chain') {
        return { accepted: true, kind: 'chain', ...judgeChain(document) };
      }
      const proof = parseProof(text);
      requireReach(proof);
      proof.cases.forEach((home) => {
        judgeCase(proof, home);
      });
      const coversAll = covers(proof.cases);
      return { accepted: true, kind: 'sum-of-squares', proof, coversAll, sentence: proofSentence(proof, coversAll) };
    });
  } catch (error) {
    if (error instanceof ExactError) return { accepted: false, reason: error.message };
    throw error;
  }
}

/**
 * Every λ > 0 is the image of positive generators: inverses and images are positive, and λ(g(λ)) = λ, which for
 * positive numbers is decided by squares. The root generators stay as variables whose even powers are known.
 */
function requireReach({ parameters, generators }: Proof): void {
  for (const [name, { value }] of generators) {
    demand(signOf(value, EVERYWHERE) === 'positive', `the inverse of ${name} is not shown to be positive`);
  }
  const square = (x: Quotient): Quotient => multiply(x, x);
  for (const [name, image] of parameters) {
    demand(signOf(image, EVERYWHERE) === 'positive', `lambda_${name} is not shown to be positive`);
    const back = (name: string, exponent: number): Quotient | undefined => {
      const inverse = generators.get(name);
      if (inverse === undefined) return undefined;
      return inverse.isRoot ? evenPart(inverse.value, name, exponent) : powerOf(inverse.value, exponent);
    };
    const squared = square(image);
    const above = substitute(squared.numerator, back);
    const below = [...squared.denominator.values()].reduce(
      (product, { polynomial, exponent }) => multiply(product, powerOf(substitute(polynomial, back), exponent)),
      fromPolynomial(constant(scalar.ONE)),
    );
    const lambda = fromPolynomial(variable(`lambda_${name}`));
    const gap = reduced(add(above, negate(multiply(square(lambda), below))), rootsOf(generators));
    demand(isZero(gap), `the generators do not reach every lambda_${name}: their inverses give another value`);
  }
}

const rootsOf = (generators: Proof['generators']): ReadonlyMap<string, Quotient> =>
  new Map([...generators].flatMap(([name, { value, isRoot }]) => (isRoot ? [[name, value] as const] : [])));

function judgeCase(proof: Proof, home: CaseProof): void {
  const { model, parameters } = proof;
  const { id, value, squares, construction, conclusions } = home;
  const roots = new Map([...home.roots].map(([name, square]) => [name, square.value]));
  const alphabet = alphabetOf(new Map(blockShapes(model)));
  const charts = chartsOf(home.region);
  const leftOver = (sum: TraceSum): string | undefined => remainderText(survivors(sum, (x) => reduced(x, roots)));

  for (const [name, square] of roots) {
    requireSign(square, charts, NOT_NEGATIVE, `the square of the root ${name} of case ${id}`);
  }
  const chartsWithRoots = chartsOf(home.region, roots.keys());
  requireDefined(home, chartsWithRoots);

  const gap = addTraces(
    objectiveOf(model, parameters, alphabet),
    new Map([['', negate(value.value)]]),
    ...[...squares.values()].map(({ coefficient, of }) =>
      scaleTraces(negate(coefficient), normSquared(alphabet, of)),
    ),
  );
  const identity = leftOver(gap);
  demand(identity === undefined, `the identity of case ${id} does not hold; left over: ${identity}`);

  const strict = new Set<string>();
  for (const [name, { coefficient }] of squares) {
    const sign = requireSign(coefficient, chartsWithRoots, NOT_NEGATIVE, `the coefficient of ${name} in case ${id}`);
    if (sign === 'positive') strict.add(name);
  }

  requireFrames(proof, home);
  const constructed = alphabetOf(new Map(blockShapes(model)), home.frames);
  for (const [name, { of }] of squares) {
    const rest = leftOver(remainderOf(constructed, substituteLetters(constructed, of, construction)));
    demand(rest === undefined, `the square ${name} of case ${id} is not 0 at the construction; left over: ${rest}`);
  }

  const ofSquares = new Map([...squares].map(([name, { of }]): [string, Matrix] => [`[${name}]`, of]));
  for (const { id: name, left, right, cofactor } of conclusions) {
    const vanishes = cofactor.terms.every(({ word }) => word.some((letter) => isStrictSquare(letter, strict)));
    demand(vanishes, `a word in the cofactor of ${name} in case ${id} contains no square of positive coefficient`);
    const difference = subtract(subtract(left.value, right.value), expanded(alphabet, cofactor, ofSquares));
    const rest = leftOver(remainderOf(alphabet, difference));
    demand(rest === undefined, `${name} in case ${id} is not the given combination of squares; left over: ${rest}`);
  }
}

function isStrictSquare(letter: string, strict: ReadonlySet<string>): boolean {
  const name = /^\[(.*)\]'?$/.exec(letter)?.[1];
  return name !== undefined && strict.has(name);
}

function expanded(alphabet: Alphabet, cofactor: Matrix, squares: ReadonlyMap<string, Matrix>): Matrix {
  return substituteLetters(alphabet, cofactor, squares);
}

/** A d × K matrix with orthonormal columns exists iff d ≥ K, one with RᵀR = I − 11ᵀ/K (of rank K − 1) iff d ≥ K − 1. */
function requireFrames({ hypothesis }: Proof, { id, frames }: CaseProof): void {
  for (const [name, kind] of frames) {
    const granted = kind === 'orthonormal' ? ['d >= K'] : ['d >= K', 'd >= K-1'];
    const needed = kind === 'orthonormal' ? 'd >= K' : 'd >= K-1';
    demand(granted.includes(hypothesis), `the frame ${name} of case ${id} needs the hypothesis ${needed}`);
  }
}

const NOT_NEGATIVE: readonly Sign[] = ['zero', 'positive', 'non-negative'];

function requireSign(x: Quotient, charts: Charts, allowed: readonly Sign[], what: string): Sign {
  const sign = signOf(x, charts);
  demand(allowed.includes(sign), `${what} is not shown to be non-negative`);
  return sign;
}

/** Whatever a case divides by has no zero there. */
function requireDefined({ id, value, squares, construction, conclusions }: CaseProof, charts: Charts): void {
  const matrices = [
    ...[...squares.values()].map(({ of }) => of),
    ...construction.values(),
    ...conclusions.flatMap(({ left, right, cofactor }) => [left.value, right.value, cofactor]),
  ];
  const quotients = [
    value.value,
    ...[...squares.values()].map(({ coefficient }) => coefficient),
    ...matrices.flatMap(({ terms }) => terms.map(({ coefficient }) => coefficient)),
  ];
  const factors = quotients.flatMap(({ denominator }) => [...denominator.values()].map((x) => x.polynomial));
  for (const factor of new Set(factors)) {
    const sign = signOf(fromPolynomial(factor), charts);
    demand(sign === 'positive' || sign === 'negative', `a divisor of case ${id} is not shown to be non-zero`);
  }
}

/** Whether the cases, in their order, leave no gap: each ends where the next begins, and the ends are open. */
function covers(cases: readonly CaseProof[]): boolean {
  if (cases.some(({ region }) => region.generator === undefined)) return true;
  const [first, ...others] = cases.map(({ region }) => region);
  if (first.lower !== undefined) return false;
  let last = first;
  for (const next of others) {
    const [end, start] = [last.upper, next.lower];
    if (next.generator !== first.generator || end === undefined || start === undefined) return false;
    if (!(end.reached || start.reached) || !isZero(add(end.at, negate(start.at)))) return false;
    last = next;
  }
  return last.upper === undefined;
}
