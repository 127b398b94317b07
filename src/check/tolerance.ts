/**
 * How far a point within ε of the minimum may be from a conclusion, by the theorem's own proof.
 *
 * If f = value + Σ a_i‖A_i‖², a point with f ≤ value + ε has ‖A_i‖ ≤ √(ε/a_i), and a conclusion that equals a
 * combination of the A_i is off by at most that combination of norms: rigorous for every parameter. Without a
 * (verified) proof the growth of f is only assumed to be at least of fourth order, which the scale of the quantities
 * turns into a tolerance.
 */
import { roundingFactor } from '../model/rounding.js';
import type { Matrix, MatrixEquation } from '../symbolic/expression.js';
import { interpreter } from '../symbolic/interpret.js';
import type { Case, Conclusion } from '../theorem/contract.js';
import { numericInterpreter, frobenius, subtractDense, type DenseMatrix } from '../theorem/evaluate-numeric.js';
import { dimensionSizes } from '../theorem/evaluate-exact.js';
import { proofHolds } from './proof.js';
import type { Setting } from './setting.js';

/** Upper bounds of the spectral and the Frobenius norm of a matrix. */
interface Norms {
  readonly spectral: number;
  readonly frobenius: number;
}

export interface ConclusionResidual {
  readonly conclusion: string;
  /** ‖A − B‖ at the point. */
  readonly measured: number;
  readonly bound: number;
  /** The bound follows from a verified proof. */
  readonly rigorous: boolean;
}

const coefficientsOf = (
  setting: Setting,
  squares: NonNullable<Case['proof']>['squares'],
): ReadonlyMap<string, number> => {
  const { scalar } = numericInterpreter(setting.instance, new Map());
  return new Map(Object.entries(squares).map(([name, s]) => [name, scalar(s.coefficient)]));
};

/** The interpreter that bounds norms: blocks by their norms at the point, squares by √(ε/a). */
const normInterpreter = (setting: Setting, point: Float64Array, squareNorms: ReadonlyMap<string, number>) => {
  const { instance, model } = setting;
  const size = dimensionSizes(instance);
  const scalars = numericInterpreter(instance, new Map());
  const blockNorm = new Map(
    model.blocks.map(({ name, rows, cols, offset, length }): [string, number] => {
      const view: DenseMatrix = { rows, cols, data: point.subarray(offset, offset + length) };
      return [name, frobenius(view)];
    }),
  );
  // √ of the larger of N and d: no matrix of a statement has more rows and more columns.
  const rootOfSides = Math.sqrt(Math.max(size('N'), size('d')));
  const both = (spectral: number): Norms => ({ spectral, frobenius: spectral });
  const { matrix } = interpreter<number, Norms>({
    // Scalars of the instance are evaluated exactly first; only they occur in statements of this kind.
    number: (value) => Number(value.numerator) / Number(value.denominator),
    symbol: (node) => scalars.scalar(node),
    root: (node) => scalars.scalar(node),
    sum: (terms) => terms.reduce((x, y) => x + y, 0),
    product: (factors) => factors.reduce((x, y) => x * y, 1),
    quotient: (over, under) => over / under,
    power: (base, exponent) => base ** exponent,
    squareRoot: Math.sqrt,
    normSquared: (of) => of.frobenius ** 2,
    trace: (of) => of.frobenius * rootOfSides,
    nuclearNorm: (of) => of.frobenius * rootOfSides,
    minimum: (x, y) => Math.min(x, y),
    positivePart: (of) => Math.max(of, 0),
    letter: (node) => {
      if (node.kind === 'square') return both(squareNorms.get(node.name) ?? NaN);
      if (node.kind === 'frame') return { spectral: 1, frobenius: Math.sqrt(size(node.cols)) };
      return both(blockNorm.get(node.name) ?? NaN);
    },
    labels: () => ({ spectral: Math.sqrt(instance.n), frobenius: Math.sqrt(size('N')) }),
    identity: (dimension) => ({ spectral: 1, frobenius: Math.sqrt(size(dimension)) }),
    ones: (dimension) => both(Math.sqrt(size(dimension))),
    zeros: () => both(0),
    matrixSum: (terms) => ({
      spectral: terms.reduce((sum, x) => sum + x.spectral, 0),
      frobenius: terms.reduce((sum, x) => sum + x.frobenius, 0),
    }),
    matrixProduct: (factors) =>
      factors.reduce((x, y) => ({
        spectral: x.spectral * y.spectral,
        frobenius: Math.min(x.spectral * y.frobenius, x.frobenius * y.spectral),
      })),
    scaled: (factor, of) => ({
      spectral: Math.abs(factor) * of.spectral,
      frobenius: Math.abs(factor) * of.frobenius,
    }),
    transpose: (of) => of,
    relu: (of) => both(of.frobenius),
    // An error of X moves X⁻¹ by up to ‖X⁻¹‖² times as much: the scale of its rounding is ‖X‖·‖X⁻¹‖².
    inverse: (of, node) => both(of.frobenius * frobenius(setting.at(point).matrix(node)) ** 2),
  });
  return (node: Matrix): number => matrix(node).frobenius;
};

/** The value that f has at zero or at the claim, whichever is larger: the scale against which ε is small. */
const valueScale = ({ model, zero, claimedValue }: Setting): number =>
  Math.max(model.value(zero), Math.abs(claimedValue));

/** Rounding of a side of a statement, relative to its norms. */
const roundingOf = ({ instance: { K, n, d } }: Setting): number => roundingFactor(K * n + d + K + 16);

/** How far each conclusion is from holding at a point, beside what `boundOf` allows it. */
const residuals = (
  setting: Setting,
  point: Float64Array,
  boundOf: (conclusion: Conclusion, sides: number, rounding: number) => Pick<ConclusionResidual, 'bound' | 'rigorous'>,
): ConclusionResidual[] => {
  const { case: home } = setting;
  const { matrix } = setting.at(point);
  const norm = normInterpreter(setting, point, new Map());
  const rounding = roundingOf(setting);
  return home.conclusions.map((conclusion): ConclusionResidual => {
    const { left, right } = conclusion.statement;
    const measured = frobenius(subtractDense(matrix(left), matrix(right)));
    const sides = norm(left) + norm(right);
    return { conclusion: conclusion.id, measured, ...boundOf(conclusion, sides, rounding * sides) };
  });
};

/** Every conclusion at a point whose value is within `epsilon` of the claimed minimum. */
export const conclusionResiduals = (setting: Setting, point: Float64Array, epsilon: number): ConclusionResidual[] => {
  const { case: home, revision } = setting;
  const proved = home.proof !== undefined && proofHolds(revision, home);
  const coefficients = coefficientsOf(setting, home.proof?.squares ?? {});
  const squareNorms = new Map([...coefficients].map(([name, a]) => [name, Math.sqrt(epsilon / a)]));
  const bounded = normInterpreter(setting, point, squareNorms);
  return residuals(setting, point, ({ id, statement }, _, rounding) => {
    const cofactor = home.proof?.cofactors[id];
    return proved && cofactor !== undefined
      ? { rigorous: true, bound: bounded(cofactor) + rounding }
      : {
          rigorous: false,
          bound: assumedGrowth(setting, statement, epsilon) + rounding,
        };
  });
};

/** What growth of at least fourth order leaves of an equation within ε of the minimum. */
const assumedGrowth = (setting: Setting, statement: MatrixEquation, epsilon: number): number =>
  10 * scaleOf(setting, statement) * (epsilon / valueScale(setting)) ** 0.25;

/** How far any equation is from holding at a point within ε of the minimum, beside what assumed growth allows it. */
export const equationResidual = (
  setting: Setting,
  point: Float64Array,
  epsilon: number,
  statement: MatrixEquation,
): Pick<ConclusionResidual, 'measured' | 'bound'> => {
  const { matrix } = setting.at(point);
  const norm = normInterpreter(setting, point, new Map());
  const rounding = roundingOf(setting) * (norm(statement.left) + norm(statement.right));
  return {
    measured: frobenius(subtractDense(matrix(statement.left), matrix(statement.right))),
    bound: assumedGrowth(setting, statement, epsilon) + rounding,
  };
};

/**
 * Every conclusion at a point of the claimed form, against rounding alone: what each block may be off by, relative to
 * its norm, times the norms of the sides; a side is a product of a few blocks, each off by `relative`.
 */
export const claimedResiduals = (setting: Setting, point: Float64Array, relative: number): ConclusionResidual[] =>
  residuals(setting, point, (_, sides, rounding) => ({ rigorous: true, bound: rounding + 8 * relative * sides }));

/** The same of any equation. */
export const roundedResidual = (
  setting: Setting,
  point: Float64Array,
  relative: number,
  { left, right }: MatrixEquation,
): Pick<ConclusionResidual, 'measured' | 'bound'> => {
  const { matrix } = setting.at(point);
  const norm = normInterpreter(setting, point, new Map());
  const sides = norm(left) + norm(right);
  return {
    measured: frobenius(subtractDense(matrix(left), matrix(right))),
    bound: (roundingOf(setting) + 8 * relative) * sides,
  };
};

/**
 * The scale of a conclusion's sides at the claimed point or, where they vanish there, at blocks as large as f(0)
 * allows: (λ/2)‖block‖² ≤ f(0) at every minimizer. Scaling a conclusion scales this too.
 */
const scaleOf = (setting: Setting, { left, right }: Conclusion['statement']): number => {
  const { model, instance, zero } = setting;
  const sides = (point: Float64Array): number => {
    const bounded = normInterpreter(setting, point, new Map());
    return bounded(left) + bounded(right);
  };
  const claimed = setting.emptyForm === undefined ? sides(setting.claimedPoint(0)) : 0;
  const largest = new Float64Array(model.size);
  for (const { name, offset } of model.blocks) {
    const lambda = Object.hasOwn(instance.lambda, name) ? model.instance.lambda[name] : undefined;
    largest[offset] = lambda === undefined ? 1 : Math.sqrt((2 * model.value(zero)) / lambda);
  }
  return Math.max(claimed, sides(largest));
};
