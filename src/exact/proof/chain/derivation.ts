/**
 * Equations derived from others where every step of a chain is an equality: a closed list of rules, each about all real
 * matrices (docs/proof-certificates.md says why each holds).
 */
import type { Json } from '../../certificate/json.js';
import { fieldsOf, objectOf, oneOf } from '../../certificate/values.js';
import { ExactError } from '../../error.js';
import { ONE_QUOTIENT } from '../polynomial.js';
import type { Quotient } from '../polynomial.js';
import { LETTER, listOf, nameOf } from '../schema.js';
import type { Written } from '../schema.js';
import { textOf } from '../text.js';
import { multiplyMatrices, normSquared, subtract, traceOf, transpose } from '../words.js';
import type { Alphabet, Matrix, Shape, TraceSum } from '../words.js';
import { HOELDER, scale, sum } from './lemmas.js';
import { difference, sumOf } from './scalar.js';
import type { Scalar } from './scalar.js';

const MATRIX_RULES = ['combination', 'squares', 'root', 'rectified-copies', 'duality'] as const;
const NUMBER_RULES = ['rectified-product', 'projector-norm'] as const;
type MatrixRule = (typeof MATRIX_RULES)[number];
type NumberRule = (typeof NUMBER_RULES)[number];

interface MatrixDerivation {
  readonly id: string;
  readonly rule: MatrixRule;
  readonly left: Written<Matrix>;
  readonly right: Written<Matrix>;
  /** A combination of known equations: of matrices, or of numbers for `duality`. */
  readonly from: Matrix | undefined;
  readonly fromNumbers: Scalar | undefined;
  readonly squares: readonly { readonly coefficient: Quotient; readonly of: Matrix }[];
  /** S = σ(X) and M = σ(Z), with factor·ZY = X. */
  readonly copies: readonly string[];
  readonly factor: Quotient | undefined;
  readonly Q: Matrix | undefined;
  readonly projector: string | undefined;
}

interface NumberDerivation {
  readonly id: string;
  readonly rule: NumberRule;
  readonly scalar: true;
  readonly left: Written<Scalar>;
  readonly right: Written<Scalar>;
  readonly of: string | undefined;
  readonly Q: Matrix | undefined;
  readonly from: Matrix | undefined;
}

export type Derivation = MatrixDerivation | NumberDerivation;

export interface DerivationReaders {
  readonly matrix: (json: Json | undefined, where: string, shape?: Shape) => Written<Matrix>;
  readonly quotient: (json: Json | undefined, where: string) => Written<Quotient>;
  /** Matrices, and numbers, in which equations stand by name. */
  readonly from: (json: Json | undefined, where: string, shape?: Shape) => Written<Matrix>;
  readonly scalar: (json: Json | undefined, where: string) => Written<Scalar>;
  readonly fromScalar: (json: Json | undefined, where: string) => Written<Scalar>;
}

const FIELDS: Readonly<Record<MatrixRule | NumberRule, readonly string[]>> = {
  combination: ['from'],
  squares: ['from', 'squares'],
  root: ['from', 'squares'],
  'rectified-product': ['of'],
  'rectified-copies': ['from', 'of', 'factor'],
  'projector-norm': ['from', 'Q'],
  duality: ['from', 'Q', 'projector'],
};

/** Reads a derivation. Throws {@link ExactError} on anything else. */
export function readDerivation(json: Json, place: string, readers: DerivationReaders): Derivation {
  const given = oneOf(objectOf(json, place).get('rule'), `the rule of ${place}`, [...MATRIX_RULES, ...NUMBER_RULES]);
  const fields = fieldsOf(json, place, ['id', 'rule', 'left', 'right', ...FIELDS[given]]);
  const id = nameOf(textOf(fields.get('id'), place), place, LETTER);
  const where = `the equation ${id}`;
  const Q = fields.has('Q') ? readers.matrix(fields.get('Q'), where).value : undefined;
  const squareOf = (X: Matrix): Shape => ({ rows: X.cols, cols: X.cols });
  if (given === 'rectified-product' || given === 'projector-norm') {
    return {
      id,
      rule: given,
      scalar: true,
      left: readers.scalar(fields.get('left'), where),
      right: readers.scalar(fields.get('right'), where),
      of: fields.has('of') ? textOf(fields.get('of'), where) : undefined,
      Q,
      from: Q === undefined ? undefined : readers.from(fields.get('from'), where, squareOf(Q)).value,
    };
  }
  const left = readers.matrix(fields.get('left'), where);
  const right = readers.matrix(fields.get('right'), where, left.value);
  const squares = fields.has('squares')
    ? listOf(fields.get('squares'), where).map((each) => {
        const square = fieldsOf(each, where, ['coefficient', 'of']);
        const { value: coefficient } = readers.quotient(square.get('coefficient'), where);
        return { coefficient, of: readers.matrix(square.get('of'), where).value };
      })
    : [];
  const [first] = squares;
  const isOfSquares = given === 'squares' && first !== undefined;
  const shape: Shape = isOfSquares ? { rows: first.of.rows, cols: first.of.rows } : left.value;
  return {
    id,
    rule: given,
    left,
    right,
    from: given === 'duality' ? undefined : readers.from(fields.get('from'), where, shape).value,
    fromNumbers: given === 'duality' ? readers.fromScalar(fields.get('from'), where).value : undefined,
    squares,
    copies: given === 'rectified-copies' ? listOf(fields.get('of'), where).map((x) => textOf(x, where)) : [],
    factor: fields.has('factor') ? readers.quotient(fields.get('factor'), where).value : undefined,
    Q,
    projector: fields.has('projector') ? textOf(fields.get('projector'), where) : undefined,
  };
}

/** Equations by name, as left − right. */
export interface Facts {
  readonly matrices: Map<string, Matrix>;
  readonly numbers: Map<string, TraceSum>;
}

/** What a derivation is judged with. */
export interface DerivationShop {
  readonly alphabet: Alphabet;
  readonly rectified: ReadonlyMap<string, Written<Matrix>>;
  isZeroMatrix(x: Matrix): boolean;
  isZeroSum(x: TraceSum): boolean;
  isSigned(x: Quotient, strict: boolean): boolean;
  normOf(X: Matrix): TraceSum;
  /** The equations in place of their names. Throws {@link ExactError} where a word contains none. */
  expanded(from: Matrix): Matrix;
  expandedSum(from: Scalar): TraceSum;
}

/** Adds one equation to the known ones, and returns what its rule cites. Throws {@link ExactError} where it fails. */
export function derive(derivation: Derivation, facts: Facts, shop: DerivationShop): string | undefined {
  if (!('scalar' in derivation)) return deriveMatrix(derivation, facts, shop);
  deriveNumber(derivation, facts, shop);
  return undefined;
}

const product = (...factors: readonly [Matrix, ...Matrix[]]): Matrix => factors.reduce(multiplyMatrices);

/** (QᵀQ)² − QᵀQ. */
function offProjector(Q: Matrix): Matrix {
  const inner = product(transpose(Q), Q);
  return subtract(product(inner, inner), inner);
}

function deriveNumber(derivation: NumberDerivation, facts: Facts, shop: DerivationShop): void {
  const { id, rule, left, right, of, Q, from } = derivation;
  const { alphabet } = shop;
  const gap = difference(sumOf(alphabet, left.value), sumOf(alphabet, right.value));
  const said = ((): TraceSum => {
    if (rule === 'rectified-product') {
      const X = shop.rectified.get(of ?? '')?.value;
      if (X === undefined) throw fails(id, 'it is about no σ(X)');
      const S = letterMatrix(of ?? '', X);
      return difference(traceOf(alphabet, product(transpose(S), X)), normSquared(alphabet, S));
    }
    if (Q === undefined || from === undefined) throw fails(id, 'it is about no matrix');
    if (!shop.isZeroMatrix(subtract(offProjector(Q), shop.expanded(from)))) throw fails(id, "Q'Q is no projector");
    return difference(shop.normOf(Q), normSquared(alphabet, Q));
  })();
  if (!shop.isZeroSum(difference(gap, said))) throw fails(id, 'its rule says something else');
  facts.numbers.set(id, gap);
}

const letterMatrix = (name: string, { rows, cols }: Shape): Matrix => ({
  rows,
  cols,
  terms: [{ coefficient: ONE_QUOTIENT, word: [name] }],
});

function deriveMatrix(derivation: MatrixDerivation, facts: Facts, shop: DerivationShop): string | undefined {
  const { id, left, right, from, squares } = derivation;
  const gap = subtract(left.value, right.value);
  const same = (x: Matrix, y: Matrix): boolean =>
    x.rows === y.rows && x.cols === y.cols && shop.isZeroMatrix(subtract(x, y));
  const require = (condition: boolean, why: string): void => {
    if (!condition) throw fails(id, why);
  };
  const given = from === undefined ? undefined : shop.expanded(from);
  const isGiven = (x: Matrix): void => {
    require(given !== undefined && same(x, given), 'it is not the given combination of equations');
  };
  const term = ({ coefficient, of }: (typeof squares)[number]): Matrix =>
    scale(coefficient, product(of, transpose(of)));
  const requireSigns = (some: typeof squares): void => {
    require(some.every((x) => shop.isSigned(x.coefficient, false)), 'a coefficient is not shown to be non-negative');
  };
  let cites: string | undefined;
  switch (derivation.rule) {
    case 'combination':
      isGiven(gap);
      break;
    case 'squares': {
      const [first, ...others] = squares;
      if (first === undefined) throw fails(id, 'there are no squares');
      require(others.every(({ of }) => of.rows === first.of.rows), 'its squares have different shapes');
      require(shop.isSigned(first.coefficient, true), 'its first coefficient is not shown to be positive');
      requireSigns(others);
      isGiven(squares.map(term).reduce(sum));
      require(same(gap, first.of) || same(gap, transpose(first.of)), 'it is not its first square');
      break;
    }
    case 'root': {
      const [first, second, ...others] = squares;
      if (first === undefined || second === undefined || others.length > 0) throw fails(id, 'it needs two squares');
      requireSigns(squares);
      require(same(left.value, term(first)) && same(right.value, term(second)), 'its sides are not its squares');
      isGiven(subtract(product(left.value, left.value), product(right.value, right.value)));
      break;
    }
    case 'rectified-copies': {
      const { copies, factor } = derivation;
      const [one = '', two = ''] = copies;
      const [X, Z] = [shop.rectified.get(one)?.value, shop.rectified.get(two)?.value];
      if (copies.length !== 2 || X === undefined || Z === undefined || factor === undefined) {
        throw fails(id, 'it is not about σ(X) and σ(Z)');
      }
      require(Z.cols === 'K' && X.cols === 'N' && X.rows === Z.rows, 'its matrices do not fit');
      require(shop.isSigned(factor, true), 'its factor is not shown to be positive');
      const copied = (M: Matrix): Matrix => scale(factor, product(M, letterMatrix('Y', { rows: 'K', cols: 'N' })));
      isGiven(subtract(X, copied(Z)));
      require(same(gap, subtract(letterMatrix(one, X), copied(letterMatrix(two, Z)))), 'its rule says something else');
      break;
    }
    case 'duality': {
      const { Q, projector, fromNumbers } = derivation;
      const known = facts.matrices.get(projector ?? '');
      if (Q === undefined || known === undefined || fromNumbers === undefined) {
        throw fails(id, 'an equation is missing');
      }
      const X = left.value;
      require(Q.rows === X.rows && Q.cols === X.cols, 'its matrices do not fit');
      require(same(known, offProjector(Q)), "Q'Q is no projector");
      require(same(gap, subtract(X, product(X, transpose(Q), Q))), 'its rule says something else');
      const aligned = difference(traceOf(shop.alphabet, product(transpose(Q), X)), shop.normOf(X));
      require(shop.isZeroSum(difference(aligned, shop.expandedSum(fromNumbers))), 'it is not the given combination');
      cites = HOELDER;
      break;
    }
  }
  facts.matrices.set(id, gap);
  return cites;
}

function fails(id: string, why: string): ExactError {
  return new ExactError(`the equation ${id} is not shown: ${why}`);
}
