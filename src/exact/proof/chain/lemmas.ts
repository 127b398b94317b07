/**
 * The inequalities that a step of a chain may use: a closed list. A proof names matrices and numbers; both sides, what
 * must be positive and what equality says are built here, so that an instance cannot differ from its lemma.
 *
 * Lemmas with a citation are textbook facts that no checker of proofs shows: a proof that uses one holds modulo it. The
 * others are shown on the page of the format, or by the certificate that the proof gives.
 */
import type { Json } from '../../certificate/json.js';
import { fieldsOf, objectOf, oneOf } from '../../certificate/values.js';
import { ExactError } from '../../error.js';
import * as scalar from '../../rational.js';
import {
  ONE_QUOTIENT,
  add,
  constant,
  fromPolynomial,
  multiply,
  negate,
  powerOf,
  reciprocal,
  variable,
} from '../polynomial.js';
import type { Quotient } from '../polynomial.js';
import { LETTER, entriesOf, nameOf } from '../schema.js';
import type { Written } from '../schema.js';
import {
  addTraces,
  multiplyMatrices,
  normSquared,
  scaleTraces,
  subtract,
  traceOf,
  transpose,
} from '../words.js';
import type { Alphabet, Matrix, Shape, TraceSum } from '../words.js';
import { EXCESS } from './scalar.js';

/** The cited lemmas, as they are named in what a proof shows. */
export const VARIATIONAL_FORM = 'the variational form of the nuclear norm';
export const HOELDER = "Hölder's inequality for Schatten norms";
export const JENSEN = "Jensen's operator inequality";
export const CITATIONS: readonly string[] = [VARIATIONAL_FORM, HOELDER, JENSEN];

/** What a certificate in one variable consists of, and where alone it vanishes. */
export const FACTORS = ['u', '(u - 1)^2'] as const;
export type Factor = (typeof FACTORS)[number];

const FIELDS = {
  'nuclear-norm-of-product': { matrices: ['U', 'V'], numbers: ['ratio'] },
  'nuclear-norm-under-isometry': { matrices: ['X', 'V'], numbers: [] },
  'operator-jensen': { matrices: ['X', 'V'], numbers: ['p'] },
  'positive-part': { matrices: [], numbers: [] },
  'ridge-elimination': { matrices: ['W', 'A', 'B'], numbers: ['alpha'] },
  'sum-over-singular-values': { matrices: ['T'], numbers: ['p', 'q', 'm'] },
} as const satisfies Record<string, { matrices: readonly string[]; numbers: readonly string[] }>;

export type LemmaName = keyof typeof FIELDS;
export const LEMMA_NAMES = Object.keys(FIELDS) as LemmaName[];

export interface LemmaUse {
  readonly lemma: LemmaName;
  readonly weight: Quotient;
  readonly matrices: ReadonlyMap<string, Matrix>;
  readonly numbers: ReadonlyMap<string, Quotient>;
  readonly certificate: ReadonlyMap<Factor, Quotient>;
  /** The name of the equation that equality is. */
  readonly fact: string | undefined;
  readonly equalityShape: Shape;
}

/** What one instance says: larger ≥ smaller, with equality only where a matrix is zero. */
export interface Sides {
  readonly larger: TraceSum;
  readonly smaller: TraceSum;
  readonly equality?: Matrix;
  readonly cites?: string;
}

/** What an instance is judged with. */
export interface LemmaShop {
  readonly alphabet: Alphabet;
  /** left − right of the assumption. */
  readonly assumed: TraceSum | undefined;
  /** Throws {@link ExactError} unless the number is positive on the case. */
  requirePositive(x: Quotient, what: string): void;
  /** The same for u ≥ 0, of a number that may depend on u. */
  requireSignOfSingularValues(x: Quotient, what: string, strict: boolean): void;
  /** Whether a number, or a matrix, vanishes. */
  isZeroNumber(x: Quotient): boolean;
  isZeroMatrix(x: Matrix): boolean;
  /** ‖X‖_* of a positive multiple of a word. */
  normOf(X: Matrix): TraceSum;
  /** The letter of (I + p·XᵀX)⁻¹. */
  inverseOf(p: Quotient, X: Matrix): Matrix;
}

export interface LemmaReaders {
  readonly matrix: (json: Json | undefined, where: string) => Written<Matrix>;
  readonly quotient: (json: Json | undefined, where: string) => Written<Quotient>;
  readonly ofSingularValue: (json: Json | undefined, where: string) => Written<Quotient>;
}

/** Reads an instance of a lemma. Throws {@link ExactError} on anything else. */
export function readLemmaUse(json: Json, place: string, readers: LemmaReaders): LemmaUse {
  const lemma = oneOf(objectOf(json, place).get('lemma'), `a lemma in ${place}`, LEMMA_NAMES);
  const { matrices, numbers } = FIELDS[lemma];
  const where = `${lemma} in ${place}`;
  const certified = lemma === 'sum-over-singular-values' ? ['certificate'] : [];
  const hasEquality = !['positive-part', 'operator-jensen'].includes(lemma);
  const fields = fieldsOf(
    json,
    where,
    ['lemma', 'weight', ...matrices, ...numbers, ...certified],
    hasEquality ? ['fact'] : [],
  );
  const read = new Map(matrices.map((name): [string, Matrix] => [name, readers.matrix(fields.get(name), where).value]));
  const shapes = [...read.values()];
  requireFit(lemma, shapes, where);
  const fact = fields.get('fact');
  if (fact !== undefined && typeof fact !== 'string') throw new ExactError(`the fact of ${where} must be a name`);
  const certificate = certified.length === 0 ? [] : entriesOf(fields.get('certificate'), where, 1);
  const use = {
    lemma,
    weight: readers.quotient(fields.get('weight'), where).value,
    matrices: read,
    numbers: new Map(
      numbers.map((name): [string, Quotient] => [name, readers.quotient(fields.get(name), where).value]),
    ),
    certificate: new Map(
      certificate.map(([factor, text]): [Factor, Quotient] => [
        oneOf(factor, `a factor in ${where}`, FACTORS),
        readers.ofSingularValue(text, where).value,
      ]),
    ),
    fact: fact === undefined ? undefined : nameOf(fact, where, LETTER),
  };
  return { ...use, equalityShape: equalityShape(use) };
}

/** Products have to exist: neighbours of a lemma fit together. */
function requireFit(lemma: LemmaName, [first, second, third]: readonly Matrix[], where: string): void {
  const fits =
    (first === undefined || second === undefined || first.cols === second.rows) &&
    (lemma !== 'ridge-elimination' || (first?.rows === third?.rows && second?.cols === third?.cols));
  if (!fits) throw new ExactError(`${where} has matrices that do not fit`);
}

function equalityShape({ lemma, matrices, certificate }: Omit<LemmaUse, 'equalityShape'>): Shape {
  const at = (name: string): Matrix => given(matrices, name);
  switch (lemma) {
    case 'nuclear-norm-of-product':
      return { rows: at('U').cols, cols: at('U').cols };
    case 'nuclear-norm-under-isometry':
      return at('X');
    case 'ridge-elimination':
      return at('W');
    case 'sum-over-singular-values':
      return vanishesAtOne(certificate) ? { rows: at('T').cols, cols: at('T').cols } : at('T');
    default:
      return { rows: '1', cols: '1' };
  }
}

/** A term u·(positive) vanishes at 0 alone; without it, (u − 1)²·(positive) at 1 alone. */
const vanishesAtOne = (certificate: LemmaUse['certificate']): boolean => !certificate.has('u');

function given<Value>(map: ReadonlyMap<string, Value>, name: string): Value {
  const value = map.get(name);
  if (value === undefined) throw new ExactError(`there is no ${name}`);
  return value;
}

/** Both sides of an instance. Throws {@link ExactError} where the lemma does not apply. */
export function sidesOf(use: LemmaUse, shop: LemmaShop): Sides {
  const { lemma } = use;
  const matrix = (name: string): Matrix => given(use.matrices, name);
  const number = (name: string): Quotient => given(use.numbers, name);
  const positive = (name: string): Quotient => {
    shop.requirePositive(number(name), `${name} of ${lemma}`);
    return number(name);
  };
  const { alphabet } = shop;
  const norm = (X: Matrix): TraceSum => normSquared(alphabet, X);
  switch (lemma) {
    case 'nuclear-norm-of-product': {
      const [U, V, ratio] = [matrix('U'), matrix('V'), positive('ratio')];
      const inverse = reciprocal(ratio);
      return {
        larger: scaleTraces(HALF, addTraces(scaleTraces(ratio, norm(U)), scaleTraces(inverse, norm(V)))),
        smaller: shop.normOf(multiplyMatrices(U, V)),
        equality: subtract(scale(ratio, gram(U)), scale(inverse, gram(transpose(V)))),
        cites: VARIATIONAL_FORM,
      };
    }
    case 'nuclear-norm-under-isometry': {
      const [X, V] = [matrix('X'), matrix('V')];
      requireIsometry(V, shop);
      return {
        larger: shop.normOf(X),
        smaller: shop.normOf(multiplyMatrices(X, V)),
        equality: subtract(X, multiplyMatrices(X, gram(transpose(V)))),
        cites: HOELDER,
      };
    }
    case 'operator-jensen': {
      const [X, V, p] = [matrix('X'), matrix('V'), positive('p')];
      requireIsometry(V, shop);
      const inner = multiplyMatrices(multiplyMatrices(transpose(V), shop.inverseOf(p, X)), V);
      return {
        larger: traceOf(alphabet, inner),
        smaller: traceOf(alphabet, shop.inverseOf(p, multiplyMatrices(X, V))),
        cites: JENSEN,
      };
    }
    case 'positive-part': {
      if (shop.assumed === undefined) throw new ExactError('positive-part: nothing is assumed of the minimizer');
      return { larger: new Map([[EXCESS, ONE_QUOTIENT]]), smaller: shop.assumed };
    }
    case 'ridge-elimination': {
      const [W, A, B, alpha] = [matrix('W'), matrix('A'), matrix('B'), positive('alpha')];
      const shrunk = shop.inverseOf(reciprocal(alpha), A);
      const best = multiplyMatrices(multiplyMatrices(B, shrunk), transpose(B));
      const squares = multiplyMatrices(W, gram(transpose(A)));
      return {
        larger: addTraces(norm(subtract(multiplyMatrices(W, A), B)), scaleTraces(alpha, norm(W))),
        smaller: traceOf(alphabet, best),
        equality: subtract(sum(squares, scale(alpha, W)), multiplyMatrices(B, transpose(A))),
      };
    }
    case 'sum-over-singular-values': {
      const [T, p, q, m] = [matrix('T'), positive('p'), number('q'), number('m')];
      requireCertificate(use.certificate, p, q, m, shop);
      const columns: Matrix = { rows: T.cols, cols: T.cols, terms: [{ coefficient: ONE_QUOTIENT, word: [] }] };
      return {
        larger: addTraces(traceOf(alphabet, shop.inverseOf(p, T)), scaleTraces(q, shop.normOf(T))),
        smaller: traceOf(alphabet, scale(m, columns)),
        equality: vanishesAtOne(use.certificate) ? subtract(gram(T), columns) : T,
      };
    }
  }
}

const HALF = fromPolynomial(constant(scalar.rational(1, 2)));

/** XᵀX. */
const gram = (X: Matrix): Matrix => multiplyMatrices(transpose(X), X);

export const scale = (factor: Quotient, { rows, cols, terms }: Matrix): Matrix => ({
  rows,
  cols,
  terms: terms.map(({ coefficient, word }) => ({ coefficient: multiply(factor, coefficient), word })),
});

export const sum = (left: Matrix, right: Matrix): Matrix => ({ ...left, terms: [...left.terms, ...right.terms] });

function requireIsometry(V: Matrix, shop: LemmaShop): void {
  const unit: Matrix = { rows: V.cols, cols: V.cols, terms: [{ coefficient: ONE_QUOTIENT, word: [] }] };
  if (!shop.isZeroMatrix(subtract(gram(V), unit))) throw new ExactError("a V of which V'V = I is not shown");
}

/** 1/(1 + pu²) + qu − m is the sum of the certificate, no term is negative, and the leading one is positive. */
function requireCertificate(
  certificate: LemmaUse['certificate'],
  p: Quotient,
  q: Quotient,
  m: Quotient,
  shop: LemmaShop,
): void {
  const u = fromPolynomial(variable('u'));
  const off = add(u, negate(ONE_QUOTIENT));
  const factors: Readonly<Record<Factor, Quotient>> = { u, '(u - 1)^2': multiply(off, off) };
  const value = add(add(reciprocal(add(ONE_QUOTIENT, multiply(p, powerOf(u, 2)))), multiply(q, u)), negate(m));
  const gap = [...certificate].reduce((rest, [factor, x]) => add(rest, negate(multiply(x, factors[factor]))), value);
  if (!shop.isZeroNumber(gap)) throw new ExactError('the certificate in u is not 1/(1 + p*u^2) + q*u - m');
  for (const [factor, x] of certificate) {
    const leads = vanishesAtOne(certificate) || factor === 'u';
    shop.requireSignOfSingularValues(x, `the coefficient of ${factor}`, leads);
  }
}

