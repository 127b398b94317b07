/**
 * Morse–Bott: where the module states the dimension of the manifold of minimizers, it is that of the claimed form, and
 * ∇²f is singular along the manifold and nowhere else.
 *
 * Three sources are asked, each only for what it can know. The blocks of the claimed spectrum are evaluated in
 * intervals, which tell zero from what is merely small. Eigenvalues of the dense Hessian above their error are not
 * zero; those below may be. Independent tangents of the claimed form are a lower bound of its dimension.
 */
import * as I from '../../exact/interval.js';
import type { Interval } from '../../exact/interval.js';
import * as Q from '../../exact/rational.js';
import type { SpectrumBlock } from '../../theorem/contract.js';
import { numericInterpreter } from '../../theorem/evaluate-numeric.js';
import { holdsAt, intervalInterpreter, pointValues } from '../../theorem/instance.js';
import { inFull } from '../../numeric/digits.js';
import type { Setting } from '../setting.js';
import type { Measurement, MeasuredCheck } from './context.js';
import { LARGEST_DENSE, claimSpectrum, denseAllowance } from './spectrum.js';
import { tangentBasis } from './tangent.js';

/** Zero eigenvalues are told from the others across a gap of at least this factor. */
const GAP = 1e3;

/** Precision of the enclosures. */
const BITS = 128;

const SKIPPED: Measurement = { skipped: true, outcome: 'pass', measured: 0, bound: 0 };

const ZERO = I.point(Q.ZERO);

const isZero = ({ lower, upper }: Interval): boolean => Q.isZero(lower) && Q.isZero(upper);
const excludesZero = ({ lower, upper }: Interval): boolean => Q.sign(lower) > 0 || Q.sign(upper) < 0;

/** The determinant by its first row; blocks are small. */
const determinant = (matrix: readonly (readonly Interval[])[]): Interval => {
  const [first, ...rest] = matrix;
  if (first === undefined) return I.point(Q.ONE);
  return first.reduce((sum, entry, column) => {
    const minor = determinant(rest.map((row) => row.filter((_, index) => index !== column)));
    const term = I.multiply(entry, minor);
    return column % 2 === 0 ? I.add(sum, term) : I.subtract(sum, term);
  }, ZERO);
};

/** The nullity that the blocks predict; undefined where a singular block is not zero itself. */
const nullityOfBlocks = ({ instance }: Setting, blocks: readonly SpectrumBlock[]): number | undefined => {
  const { scalar } = intervalInterpreter(pointValues(instance), BITS);
  const { scalar: rounded } = numericInterpreter(instance, new Map());
  let nullity = 0;
  for (const { matrix, multiplicity } of blocks) {
    const count = rounded(multiplicity);
    if (!(count > 0)) continue;
    const entries = matrix.map((row) => row.map(scalar));
    if (entries.flat().every(isZero)) nullity += count * matrix.length;
    else if (!excludesZero(determinant(entries))) return undefined;
  }
  return nullity;
};

const different = (what: string, count: number, claimed: number): Measurement => ({
  outcome: 'fail',
  measured: Math.abs(count - claimed),
  bound: 0,
  violation: {
    kind: 'wrong-spectrum',
    margin: `${count} instead of ${claimed}`,
    what: `${what}, and the claimed manifold of minimizers has another dimension`,
  },
});

const open = (detail: string): Measurement => ({ outcome: 'inconclusive', measured: 0, bound: 0, detail });
const PASS: Measurement = { outcome: 'pass', measured: 0, bound: 0 };

/** The dense Hessian: the claimed number of eigenvalues is zero to within the error, and the next is clear of it. */
const fromHessian = (setting: Setting, claimed: number): { readonly result: Measurement; readonly text: string } => {
  const eigenvalues = claimSpectrum(setting);
  const bound = denseAllowance(setting, setting.claimedPoint(0), eigenvalues);
  const sizes = [...eigenvalues].map(Math.abs).sort((x, y) => x - y);
  const zeros = sizes.filter((x) => !(x > bound)).length;
  const next = sizes[claimed];
  const text =
    `eigenvalues of the dense Hessian that may be zero: ${zeros} of ${sizes.length}, below ${inFull(bound)}` +
    (next === undefined ? '' : `; beyond the first ${claimed} the least is ${inFull(next)}`);
  if (zeros < claimed) return { result: different('at most so many eigenvalues are zero', zeros, claimed), text };
  const blurred = next !== undefined && next < GAP * bound;
  return {
    result: blurred ? open(`no clear gap between zero and the eigenvalue ${next.toExponential(2)}`) : PASS,
    text,
  };
};

export const nullityCheck: MeasuredCheck = {
  id: 'nullity',
  title: 'the nullity of the Hessian is the dimension of the minimizers',
  method: 'numeric',
  statement: 'nullity against the dimension of the minimizers',
  measure(setting): Measurement {
    const { case: home, instance, model } = setting;
    const { manifold, spectrum } = home;
    if (manifold === undefined || !holdsAt(manifold.when, instance)) {
      return { ...SKIPPED, numbers: ['no dimension of the minimizers is stated here'] };
    }
    const claimed = numericInterpreter(instance, new Map()).scalar(manifold.dimension);
    const results: Measurement[] = [];
    const numbers = [`the claimed dimension is ${claimed}`];
    // A form too large for its tangent space is left to the blocks.
    const tangents = tangentBasis(setting)?.length;
    if (tangents !== undefined) {
      numbers.push(`independent tangents of the claimed form: ${tangents}`);
      results.push(
        tangents === claimed
          ? PASS
          : tangents > claimed
            ? different('the claimed form moves in so many directions', tangents, claimed)
            : open(`the claimed form was seen to move in ${tangents} directions only, of ${claimed}`),
      );
    }
    const predicted = spectrum === undefined ? undefined : nullityOfBlocks(setting, spectrum);
    if (predicted !== undefined) {
      numbers.push(`zeros of the blocks of the spectrum: ${predicted}`);
      const what = 'the blocks of the spectrum have so many zeros';
      results.push(predicted === claimed ? PASS : different(what, predicted, claimed));
    }
    if (model.size <= LARGEST_DENSE) {
      const { result, text } = fromHessian(setting, claimed);
      results.push(result);
      numbers.push(text);
    }
    const worst = results.find((x) => x.outcome === 'fail') ?? results.find((x) => x.outcome !== 'pass');
    return { ...(worst ?? results[0] ?? open('nothing counts the zero eigenvalues at this size')), numbers };
  },
};
