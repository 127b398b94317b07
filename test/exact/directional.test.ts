/** Directional derivatives, against the gradient and against f itself on the line, which is a polynomial there. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { curvatureAlong, directionalDerivative } from '../../src/exact/directional.js';
import * as matrix from '../../src/exact/matrix.js';
import { exactGradient, exactPreActivations, exactValue } from '../../src/exact/objective.js';
import type { ExactPoint, ExactProblem } from '../../src/exact/objective.js';
import * as scalar from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import { pointOf, problemAndPoint, sum } from './arbitrary.js';

const moved = (point: ExactPoint, t: Rational, direction: ExactPoint): ExactPoint =>
  Object.fromEntries(
    Object.entries(point).map(([name, block]) => [name, matrix.add(block, matrix.scale(t, direction[name]!))]),
  );

const line = (activation: 'linear' | 'relu') =>
  problemAndPoint(activation).chain(({ problem, point }) =>
    pointOf(problem).map((direction) => ({ problem, point, direction })),
  );

const isSmooth = (problem: ExactProblem, point: ExactPoint): boolean =>
  problem.activation === 'linear' || exactPreActivations(problem, point).every((x) => !x.entries.some(scalar.isZero));

/** (f(θ + tv) − f(θ))/t, and the second difference (f(θ + tv) − 2f(θ) + f(θ − tv))/t², at a tiny t. */
function differences(problem: ExactProblem, point: ExactPoint, direction: ExactPoint): [Rational, Rational] {
  const t = scalar.rational(1n, 10n ** 40n);
  const at = (step: Rational): Rational => exactValue(problem, moved(point, step, direction));
  const change = scalar.subtract(at(t), at(scalar.ZERO));
  const back = scalar.subtract(at(scalar.negate(t)), at(scalar.ZERO));
  return [scalar.divide(change, t), scalar.divide(scalar.add(change, back), scalar.power(t, 2))];
}

/** The differences are off by t times a derivative, and the numbers of these tests are far below 10²⁰. */
const isNear = (left: Rational, right: Rational): boolean =>
  scalar.compare(scalar.absolute(scalar.subtract(left, right)), scalar.rational(1n, 10n ** 20n)) < 0;

describe.each(['linear', 'relu'] as const)('%s', (activation) => {
  it('the first derivative is ⟨∇f, v⟩ where f is smooth', () => {
    fc.assert(
      fc.property(line(activation), ({ problem, point, direction }) => {
        fc.pre(isSmooth(problem, point));
        const gradient = exactGradient(problem, point);
        const inner = sum(Object.keys(point).map((name) => matrix.innerProduct(gradient[name]!, direction[name]!)));
        expect(directionalDerivative(problem, point, direction)).toEqual(inner);
      }),
    );
  });

  it('the first derivative is the slope of f, at kinks too', () => {
    let kinks = 0;
    fc.assert(
      fc.property(line(activation), ({ problem, point, direction }) => {
        if (!isSmooth(problem, point)) kinks += 1;
        const [slope] = differences(problem, point, direction);
        expect(isNear(directionalDerivative(problem, point, direction), slope)).toBe(true);
      }),
    );
    expect(kinks > 10).toBe(activation === 'relu');
  });

  it('the second derivative is the second difference of f, and kinks have none', () => {
    fc.assert(
      fc.property(line(activation), ({ problem, point, direction }) => {
        if (isSmooth(problem, point)) {
          const [, second] = differences(problem, point, direction);
          expect(isNear(curvatureAlong(problem, point, direction), second)).toBe(true);
        } else {
          expect(() => curvatureAlong(problem, point, direction)).toThrow(/kink/);
        }
      }),
    );
  });
});
