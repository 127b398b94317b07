/**
 * The vocabulary in which a theorem is written down: `leq(K, d)`, `equal(gram(Hbar), mul(rho, identity('K')))`.
 *
 * Constructors check shapes as they go, so a product that does not fit is an error where the module writes it.
 */
import { UsageError } from '../errors.js';
import { parseRational, format } from '../exact/rational.js';
import { canonicalDimension, differenceOfDimensions } from './dimension.js';
import type {
  Comparison,
  ComplementNode,
  LetterNode,
  Matrix,
  MatrixEquation,
  MatrixInequation,
  ParameterNode,
  Proposition,
  RootNode,
  Scalar,
  SymbolNode,
  SymbolRole,
  Symmetry,
} from './expression.js';
import { checkName, requireFree } from './names.js';
import { make } from './node.js';
import { defaultLatex } from './printed-name.js';
import { requireRoot } from './root.js';
import type { Dimension } from './word.js';

/** A scalar, a safe integer, or an exact rational as text (`'1/2'`). */
export type ScalarInput = Scalar | number | string;

/** An exact number; fractions are given as text, so that 1/3 stays 1/3. */
export const number = (value: number | string): Scalar => {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new UsageError(`${value} is not an integer`, `Write fractions as text: number('1/3').`);
  }
  return make({ sort: 'scalar', kind: 'number', value: format(parseRational(String(value))) });
};

const scalar = (input: ScalarInput): Scalar => (typeof input === 'object' ? input : number(input));

/** A named scalar; `text` and `latex` say how it is printed (by default its name). */
export const symbol = (
  name: string,
  role: SymbolRole,
  text: string = name,
  latex: string = defaultLatex(text),
): SymbolNode => {
  requireFree(name, role);
  return make({ sort: 'scalar', kind: 'symbol', role, name: checkName(name, text, latex), text, latex });
};

/** A named abbreviation: prints as its name and means its value. */
export function define(name: string, value: Scalar, text?: string, latex?: string): Scalar;
export function define(name: string, value: Matrix, text?: string, latex?: string): Matrix;
export function define(
  name: string,
  value: Scalar | Matrix,
  text: string = name,
  latex: string = defaultLatex(text),
): Scalar | Matrix {
  checkName(name, text, latex);
  return value.sort === 'scalar'
    ? make({ sort: 'scalar', kind: 'defined', name, text, latex, value })
    : make({
        sort: 'matrix',
        kind: 'definedMatrix',
        name,
        text,
        latex,
        value,
        rows: value.rows,
        cols: value.cols,
      });
}

/**
 * The root that an equation defines: rootOf('z', (x) => mul(x, pow(sub(1, x), 3)), kappa, { from: '1/4', to: 1 }) is
 * the z in [1/4, 1] with z(1 − z)³ = κ. An instance at which there is none gives the statement no value.
 *
 * @throws UsageError unless the left side is a polynomial, strictly monotone between the ends, and 0 ≤ from < to
 */
export const rootOf = (
  name: string,
  of: (unknown: Scalar) => Scalar,
  equals: ScalarInput,
  { from, to }: { readonly from: number | string; readonly to: number | string },
  text: string = name,
  latex: string = defaultLatex(text),
): RootNode => {
  // A root stands for a generator.
  requireFree(name, 'generator');
  const variable = symbol('x', 'bound');
  const [first, last] = [from, to].map((x) => format(parseRational(String(x)))) as [string, string];
  const node: RootNode = make({
    sort: 'scalar',
    kind: 'root',
    name: checkName(name, text, latex),
    text,
    latex,
    variable,
    of: of(variable),
    equals: scalar(equals),
    from: first,
    to: last,
  });
  requireRoot(node);
  return node;
};

const shapeOf = (rows: Dimension, cols: Dimension) => ({
  rows: canonicalDimension(rows),
  cols: canonicalDimension(cols),
});

const letterNode =
  (kind: LetterNode['kind']) =>
  (
    name: string,
    rows: Dimension,
    cols: Dimension,
    text: string = name,
    latex: string = defaultLatex(text),
  ): LetterNode =>
    make({ sort: 'matrix', kind, name: checkName(name, text, latex), ...shapeOf(rows, cols), text, latex });

/** A block of the model. */
export const block = letterNode('block');

/** A free matrix with orthonormal columns: frame('R', 'd', 'K') is any R ∈ ℝ^{d×K} with RᵀR = I_K (it needs d ≥ K). */
export const frame = letterNode('frame');

/**
 * A free matrix with orthonormal columns and entries ≥ 0: the supports of its columns are then disjoint
 * (nonNegativeFrame('R', 'd', 'K') needs d ≥ K).
 */
export const nonNegativeFrame = letterNode('nonNegativeFrame');

/**
 * A free matrix V whose columns have one norm, not fixed, and ⟨v_j, v_k⟩ ≤ 0 for j ≠ k: orthogonal columns, a simplex
 * ETF, pairs v, −v, … (obtuseColumns('V', 'd', 'K') needs K ≤ 2d).
 */
export const obtuseColumns = letterNode('obtuse');

/** A square of the proof, referred to by its name in cofactors. */
export const square = letterNode('square');

/**
 * A free matrix of directions: parameter('S', 'K', 'K', 'skew') is any S ∈ ℝ^{K×K} with Sᵀ = −S.
 *
 * @throws UsageError for a symmetric or skew matrix that is not square
 */
export const parameter = (
  name: string,
  rows: Dimension,
  cols: Dimension,
  symmetry: Symmetry = 'general',
  text: string = name,
  latex: string = defaultLatex(text),
): ParameterNode => {
  const shape = shapeOf(rows, cols);
  if (symmetry !== 'general' && shape.rows !== shape.cols) {
    throw misfit(`a ${shape.rows} × ${shape.cols} matrix cannot be ${symmetry}`);
  }
  checkName(name, text, latex);
  return make({ sort: 'matrix', kind: 'parameter', name, ...shape, symmetry, text, latex });
};

/**
 * An orthonormal basis of the orthogonal complement of the columns of `of`: complement('Rc', R) for a frame R ∈ ℝ^{d×K}
 * is any d × (d−K) matrix with orthonormal columns orthogonal to those of R.
 *
 * @throws UsageError unless `of` is a frame, a complement, the transposed labels Yᵀ, or 1_K
 */
export const complement = (
  name: string,
  of: Matrix,
  text: string = name,
  latex: string = defaultLatex(text),
): ComplementNode => {
  const isLetter = of.kind === 'frame' || of.kind === 'nonNegativeFrame' || of.kind === 'complement';
  const isLabels = of.kind === 'transpose' && of.of.kind === 'labels';
  if (!isLetter && !isLabels && !(of.kind === 'ones' && of.rows === 'K')) {
    throw new UsageError(`${name} must be the complement of a frame, of Yᵀ or of 1_K`, 'Name the frame first.');
  }
  const shape = { rows: of.rows, cols: differenceOfDimensions(of.rows, of.cols) };
  checkName(name, text, latex);
  return make({ sort: 'matrix', kind: 'complement', name, ...shape, of, text, latex });
};

const shaped = (kind: 'labels' | 'identity' | 'ones' | 'zeros', rows: Dimension, cols: Dimension): Matrix =>
  make({ sort: 'matrix', kind, ...shapeOf(rows, cols) });

/** Y = I_K ⊗ 1_nᵀ, the one-hot labels (K × N, class-major columns). */
export const labels: Matrix = shaped('labels', 'K', 'N');
/** I_dimension. */
export const identity = (dimension: Dimension): Matrix => shaped('identity', dimension, dimension);
/** The column 1_dimension of ones. */
export const ones = (dimension: Dimension): Matrix => shaped('ones', dimension, '1');
/** The zero matrix (rows × cols). */
export const zeros = (rows: Dimension, cols: Dimension): Matrix => shaped('zeros', rows, cols);

const misfit = (what: string): UsageError => new UsageError(what, 'Check the order of the factors and the transposes.');

const isMatrix = (input: ScalarInput | Matrix): input is Matrix => typeof input === 'object' && input.sort === 'matrix';

const NO_ARGUMENTS = new UsageError('a sum or product needs at least one argument', 'Give it one.');

/** Sum of scalars, or of matrices of one shape. */
export function add(...terms: ScalarInput[]): Scalar;
export function add(...terms: Matrix[]): Matrix;
export function add(...terms: ScalarInput[] | Matrix[]): Scalar | Matrix {
  const matrices = terms.filter(isMatrix);
  const [first] = matrices;
  if (first === undefined) {
    if (terms.length === 0) throw NO_ARGUMENTS;
    return make({ sort: 'scalar', kind: 'sum', terms: (terms as ScalarInput[]).map(scalar) });
  }
  for (const m of matrices) {
    if (m.rows !== first.rows || m.cols !== first.cols) {
      throw misfit(`cannot add ${first.rows} × ${first.cols} and ${m.rows} × ${m.cols}`);
    }
  }
  if (matrices.length !== terms.length) throw misfit('cannot add a scalar and a matrix');
  return make({ sort: 'matrix', kind: 'matrixSum', terms: matrices, rows: first.rows, cols: first.cols });
}

/** Product of scalars and at most one chain of matrices: mul(s, W, H) = s·WH. */
export function mul(...factors: ScalarInput[]): Scalar;
export function mul(...factors: (ScalarInput | Matrix)[]): Matrix;
export function mul(...factors: (ScalarInput | Matrix)[]): Scalar | Matrix {
  const matrices = factors.filter(isMatrix);
  const scalars = factors.filter((x): x is ScalarInput => !isMatrix(x)).map(scalar);
  const [first] = matrices;
  const last = matrices.at(-1);
  const [onlyScalar] = scalars;
  const product: Scalar =
    scalars.length === 1 && onlyScalar !== undefined
      ? onlyScalar
      : make({ sort: 'scalar', kind: 'product', factors: scalars });
  if (first === undefined || last === undefined) {
    if (scalars.length === 0) throw NO_ARGUMENTS;
    return product;
  }
  matrices.reduce((left, right) => {
    if (left.cols !== right.rows) {
      throw misfit(`cannot multiply ${left.rows} × ${left.cols} by ${right.rows} × ${right.cols}`);
    }
    return right;
  });
  const shape = { rows: first.rows, cols: last.cols };
  const chain: Matrix =
    matrices.length === 1
      ? first
      : make({ sort: 'matrix', kind: 'matrixProduct', factors: matrices, ...shape });
  return scalars.length === 0
    ? chain
    : make({ sort: 'matrix', kind: 'scaled', factor: product, of: chain, ...shape });
}

/** −x. */
export function neg(x: ScalarInput): Scalar;
export function neg(x: Matrix): Matrix;
export function neg(x: ScalarInput | Matrix): Scalar | Matrix {
  return isMatrix(x) ? mul(-1, x) : mul(-1, x);
}

/** x − y. */
export function sub(x: ScalarInput, y: ScalarInput): Scalar;
export function sub(x: Matrix, y: Matrix): Matrix;
export function sub(x: ScalarInput | Matrix, y: ScalarInput | Matrix): Scalar | Matrix {
  if (isMatrix(x) && isMatrix(y)) return add(x, neg(y));
  if (!isMatrix(x) && !isMatrix(y)) return add(x, neg(y));
  throw misfit('cannot subtract a scalar and a matrix');
}

/** over / under; what is divided by becomes a side condition (non-zero) of every proof that uses it. */
export const div = (over: ScalarInput, under: ScalarInput): Scalar =>
  make({ sort: 'scalar', kind: 'quotient', over: scalar(over), under: scalar(under) });

/** Powers are written out where statements become words. */
const LARGEST_EXPONENT = 64;

/** base^exponent for an integer exponent from −64 to 64. @throws UsageError for any other */
export const pow = (base: ScalarInput, exponent: number): Scalar => {
  if (!Number.isSafeInteger(exponent) || Math.abs(exponent) > LARGEST_EXPONENT) {
    throw new UsageError(
      `the exponent ${exponent} is not an integer from −${LARGEST_EXPONENT} to ${LARGEST_EXPONENT}`,
      'Use sqrt for roots.',
    );
  }
  return make({ sort: 'scalar', kind: 'power', base: scalar(base), exponent });
};

/** The non-negative square root. */
export const sqrt = (of: ScalarInput): Scalar => make({ sort: 'scalar', kind: 'sqrt', of: scalar(of) });

/** Xᵀ. */
export const t = (of: Matrix): Matrix =>
  of.kind === 'transpose'
    ? of.of
    : make({ sort: 'matrix', kind: 'transpose', of, rows: of.cols, cols: of.rows });

/** XᵀX. */
export const gram = (x: Matrix): Matrix => mul(t(x), x);

/** ReLU, entrywise: σ(X) = max(X, 0). */
export const relu = (of: Matrix): Matrix =>
  make({ sort: 'matrix', kind: 'relu', of, rows: of.rows, cols: of.cols });

/** ‖X‖², the squared Frobenius norm. */
export const normSquared = (of: Matrix): Scalar => make({ sort: 'scalar', kind: 'normSquared', of });

/** tr X. @throws UsageError for a matrix that is not square */
export const trace = (of: Matrix): Scalar => {
  if (of.rows !== of.cols) throw misfit(`a ${of.rows} × ${of.cols} matrix has no trace`);
  return make({ sort: 'scalar', kind: 'trace', of });
};

/** ‖X‖_*, the nuclear norm: the sum of the singular values. */
export const nuclearNorm = (of: Matrix): Scalar => make({ sort: 'scalar', kind: 'nuclearNorm', of });

/**
 * X⁻¹; a point at which X is singular gives the statement no value.
 *
 * @throws UsageError for a matrix that is not square
 */
export const inverse = (of: Matrix): Matrix => {
  if (of.rows !== of.cols) throw misfit(`a ${of.rows} × ${of.cols} matrix has no inverse`);
  return make({ sort: 'matrix', kind: 'inverse', of, rows: of.rows, cols: of.cols });
};

/** The smaller of two scalars. */
export const minimum = (left: ScalarInput, right: ScalarInput): Scalar =>
  make({ sort: 'scalar', kind: 'minimum', left: scalar(left), right: scalar(right) });

/** max(x, 0). */
export const positivePart = (of: ScalarInput): Scalar =>
  make({ sort: 'scalar', kind: 'positivePart', of: scalar(of) });

const comparison =
  (kind: Comparison) =>
  (left: ScalarInput, right: ScalarInput): Proposition =>
    make({ sort: 'proposition', kind, left: scalar(left), right: scalar(right) });

/** left = right, of scalars (for matrices use {@link equal}). */
export const eq = comparison('eq');
/** left ≠ right, of scalars (for matrices use {@link differs}). */
export const neq = comparison('neq');
/** left ≤ right. */
export const leq = comparison('leq');
/** left < right. */
export const lt = comparison('lt');
/** left ≥ right. */
export const geq = comparison('geq');
/** left > right. */
export const gt = comparison('gt');

/** Equality of two matrices of one shape. */
export const equal = (left: Matrix, right: Matrix): MatrixEquation => {
  if (left.rows !== right.rows || left.cols !== right.cols) {
    throw misfit(`cannot equate ${left.rows} × ${left.cols} with ${right.rows} × ${right.cols}`);
  }
  return make({ sort: 'proposition', kind: 'equal', left, right });
};

/** Two matrices of one shape that are not equal. */
export const differs = (left: Matrix, right: Matrix): MatrixInequation =>
  make({ ...equal(left, right), kind: 'differs' });

/** X ≠ 0. */
export const isNotZero = (x: Matrix): MatrixInequation => differs(x, zeros(x.rows, x.cols));

/** X = 0. */
export const isZero = (x: Matrix): MatrixEquation => equal(x, zeros(x.rows, x.cols));

/** All of the parts. */
export const and = (...parts: Proposition[]): Proposition => make({ sort: 'proposition', kind: 'and', parts });

// The symbols that every model has.

/** K, the number of classes. */
export const K = symbol('K', 'size');
/** n, the number of samples per class. */
export const n = symbol('n', 'size');
/** d, the feature dimension. */
export const d = symbol('d', 'size');
/** The rank of a partial frame, 0 ≤ r ≤ K. */
export const r = symbol('r', 'size');
/** N = Kn, the number of samples. */
export const N: Scalar = define('N', mul(K, n));

/** H̄ = HYᵀ/n, the class means of the features: column k is the mean of the features of class k (d × K). */
export const classMeans = (features: Matrix): Matrix => mul(div(1, n), features, t(labels));
