/**
 * The whole family of claimed minimizers of a ReLU problem, exactly: obtuse columns of every shape (orthogonal, paths,
 * opposite pairs, a simplex ETF) with non-negative frames, some rows of them unused.
 *
 * Each point lies at a rational instance, and many of them on kinks. There f is differentiable as long as ∂f/∂σ(X)
 * vanishes wherever X = 0, for then no choice of masks matters; that is checked entry by entry, and so are value,
 * conclusions, one-sided slopes, and what is assumed of the minimizer (`holds-exactly.ts`).
 *
 * Columns of a norm whose square σ is no square make the construction irrational; it is rational again at the instance
 * where two λ's are traded against each other, λ_A/σ for λ_A and λ_Bσ for λ_B.
 */
import { type ExactObtuseShape, obtuseFactor } from '../../exact/admissible.js';
import { directionalDerivative } from '../../exact/directional.js';
import {
  type ExactMatrix,
  exactMatrix,
  multiply,
  relu,
  subtract,
  transpose,
} from '../../exact/matrix.js';
import { type ExactPoint, exactBlockShapes, exactLabels, exactPreActivations } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import { caseAt } from '../../theorem/cases.js';
import { IrrationalError, dimensionSizes } from '../../theorem/evaluate-exact.js';
import { type Instance, describeInstance } from '../../theorem/instance.js';
import { exactLetter, exactNonNegativeFrame, exactObtuse } from '../free-letters.js';
import { type Setting, createSetting } from '../setting.js';
import type { Measurement, MeasuredCheck } from './context.js';
import { holdsExactly } from './holds-exactly.js';
import { conclusionsAt, exactConstruction, problemOf, stationaryAt, valueAt } from './exact.js';

const SHAPES: readonly ExactObtuseShape[] = ['orthogonal', 'path', 'pairs', 'simplex'];
const PASS: Measurement = { outcome: 'pass', measured: 0, bound: 0 };
const SKIPPED: Measurement = { ...PASS, skipped: true };
/** Directions in which one-sided slopes are taken at each point. */
const DIRECTIONS = 2;
/** Beyond so many unknowns BigInt arithmetic at all shapes costs more than it tells. */
const LARGEST = 400;

type Letters = ReadonlyMap<string, ExactMatrix>;

/** Frames of the construction, obtuse columns of one shape; `full` uses every row of non-negative frames. */
const lettersOf = (setting: Setting, shape: ExactObtuseShape, full: boolean): Letters => {
  const size = dimensionSizes(setting.instance);
  const stream = setting.stream('exact family', shape);
  return new Map(
    (setting.case.minimizer.frames ?? []).map((node): [string, ExactMatrix] => {
      const [rows, cols] = [size(node.rows), size(node.cols)];
      if (node.kind === 'obtuse') return [node.name, exactObtuse(rows, cols, stream, shape)];
      if (node.kind === 'nonNegativeFrame') return [node.name, exactNonNegativeFrame(rows, cols, stream, full)];
      return [node.name, exactLetter(node, size, stream)];
    }),
  );
};

/** The instance itself, and those with two λ's traded by the factor. */
const companions = (instance: Instance, factor: Q.Rational): Instance[] => {
  const blocks = Object.keys(instance.lambda);
  const times = (block: string, by: Q.Rational): string =>
    Q.format(Q.multiply(Q.parseRational(instance.lambda[block] ?? '1'), by));
  const traded = blocks.flatMap((a) =>
    blocks
      .filter((b) => b !== a)
      .map((b) => ({
        ...instance,
        lambda: { ...instance.lambda, [a]: times(a, Q.inverse(factor)), [b]: times(b, factor) },
      })),
  );
  return [instance, ...(Q.equals(factor, Q.ONE) ? [] : traded)];
};

interface Member {
  readonly setting: Setting;
  readonly point: ExactPoint;
  readonly letters: Letters;
}

/** The first rational member of the family among the companions; undefined where there is none. */
const memberOf = (setting: Setting, seed: number, shape: ExactObtuseShape, full: boolean): Member | undefined => {
  const obtuse = (setting.case.minimizer.frames ?? []).find((x) => x.kind === 'obtuse');
  if (obtuse === undefined) return undefined;
  const { normSquared } = obtuseFactor(shape, dimensionSizes(setting.instance)(obtuse.cols));
  const letters = lettersOf(setting, shape, full);
  for (const instance of companions(setting.instance, normSquared)) {
    if (caseAt(setting.revision, instance) !== setting.case) continue;
    const there = instance === setting.instance ? setting : createSetting(setting.revision, instance, seed);
    try {
      return { setting: there, point: exactConstruction(there, letters), letters };
    } catch (error) {
      if (!(error instanceof IrrationalError)) throw error;
    }
  }
  return undefined;
};

/** Whether ∂f/∂σ(X) = W₂ᵀ(W₂σ(X) − Y)/N vanishes wherever X does. */
const differentiable = ({ setting, point }: Member): boolean => {
  const problem = problemOf(setting);
  const [x] = exactPreActivations(problem, point);
  const weights = point['W2'];
  if (x === undefined || weights === undefined) return false;
  const error = subtract(multiply(weights, relu(x)), exactLabels(problem));
  const adjoint = multiply(transpose(weights), error);
  return x.entries.every((value, index) => !Q.isZero(value) || Q.isZero(adjoint.entries[index] ?? Q.ONE));
};

/** No one-sided slope is negative: an exact refutation of a minimum where one is. */
const slopes = ({ setting, point }: Member, shape: string): Measurement => {
  const problem = problemOf(setting);
  const stream = setting.stream('exact slopes', shape);
  for (let k = 0; k < DIRECTIONS; k++) {
    const direction = Object.fromEntries(
      Object.entries(exactBlockShapes(problem)).map(([name, { rows, cols }]) => [
        name,
        exactMatrix(
          rows,
          cols,
          Array.from({ length: rows * cols }, () => Q.rational(stream.integer(-2, 2))),
        ),
      ]),
    );
    const slope = directionalDerivative(problem, point, direction);
    if (Q.sign(slope) >= 0) continue;
    return {
      outcome: 'fail',
      measured: -Q.toNumber(slope),
      bound: 0,
      violation: {
        kind: 'not-stationary',
        margin: Q.format(slope),
        what: 'f falls in a direction from a member of the claimed family',
      },
    };
  }
  return PASS;
};

const assumptions = ({ setting, point, letters }: Member): Measurement => {
  const member = { instance: setting.instance, blocks: new Map(Object.entries(point)), frames: letters };
  for (const { id, statement } of setting.revision.ofMinimizer ?? []) {
    const holds = holdsExactly(member, statement);
    if (holds === undefined) {
      return { outcome: 'inconclusive', measured: 0, bound: 0, detail: `(${id}) is not decided exactly` };
    }
    if (!holds) return { outcome: 'inconclusive', measured: 1, bound: 0, detail: `(${id}) fails on the family` };
  }
  return PASS;
};

const examine = (member: Member, shape: string): Measurement => {
  const { setting, point } = member;
  const results = [
    () => stationaryAt(setting, point),
    () => valueAt(setting, point),
    () => conclusionsAt(setting, point),
    () => slopes(member, shape),
    () =>
      differentiable(member)
        ? PASS
        : { ...PASS, outcome: 'inconclusive' as const, detail: 'a derivative does not vanish at a kink' },
    () => assumptions(member),
  ];
  for (const result of results) {
    const found = result();
    if (found.outcome === 'pass') continue;
    const where = `${shape} columns at ${describeInstance(setting.instance)}`;
    const { violation } = found;
    return violation === undefined
      ? { ...found, detail: `${found.detail ?? 'open'}: ${where}` }
      : { ...found, violation: { ...violation, what: `${violation.what} (${where})` } };
  }
  return PASS;
};

export const exactFamilyCheck: MeasuredCheck = {
  id: 'exact-family',
  title: 'every shape of the claimed family, exactly: gradient, value, conclusions, slopes, what is assumed of it',
  method: 'exact',
  statement: 'the whole family exactly',
  measure(setting, { rational }): Measurement {
    const { case: home, model } = setting;
    const family = (home.minimizer.frames ?? []).some((x) => x.kind === 'obtuse');
    const why = !rational
      ? 'the instance was not drawn to make its roots rational'
      : !family
        ? 'the construction has no columns at obtuse angles'
        : model.size > LARGEST
          ? `${model.size} unknowns are too many`
          : undefined;
    if (why !== undefined) return { ...SKIPPED, numbers: [why] };
    const seed = Number(setting.key()[0]);
    const members: string[] = [];
    for (const [index, shape] of SHAPES.entries()) {
      const member = memberOf(setting, seed, shape, index % 2 === 0);
      if (member === undefined) continue;
      try {
        const result = examine(member, shape);
        if (result.outcome !== 'pass') return result;
        members.push(`${shape} columns at ${describeInstance(member.setting.instance)}: all of it holds`);
      } catch (error) {
        // A value or a conclusion may be irrational where the construction is not.
        if (!(error instanceof IrrationalError)) throw error;
      }
    }
    return members.length === 0 ? SKIPPED : { ...PASS, numbers: members };
  },
};
