import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Q from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import * as F from '../../src/symbolic/fraction.js';
import { type ChartCondition, type Sign, chartOf, signOn } from '../../src/symbolic/signs.js';
import { VARIABLES, fraction, positiveRational, valuesOf } from './arbitrary.js';

const [c, beta] = ['c', 'beta'].map(F.variable);
const one = F.ONE;
const condition = (left: F.Fraction, kind: ChartCondition['kind'], right: F.Fraction): ChartCondition => ({
  kind, left, right,
});
const signsUnder = (conditions: readonly ChartCondition[], ...questions: readonly F.Fraction[]): Sign[] => {
  const chart = chartOf(conditions);
  if (chart === undefined) throw new Error('no chart');
  return questions.map((x) => signOn(chart, x));
};
const oneMinus = (x: F.Fraction): F.Fraction => F.subtract(one, x);

describe('charts', () => {
  it('of no condition know that generators are positive, and nothing else', () => {
    expect(signsUnder([], c, F.negate(c), oneMinus(c), F.add(c, beta), F.ZERO)).toEqual([
      'positive', 'negative', 'unknown', 'positive', 'zero',
    ]);
  });

  it('of c ≤ 1 and of c < 1', () => {
    const questions = [oneMinus(c), F.subtract(c, one), F.subtract(F.constant(Q.rational(2)), c), F.divide(one, c)];
    expect(signsUnder([condition(c, 'leq', one)], ...questions)).toEqual([
      'non-negative', 'non-positive', 'positive', 'positive',
    ]);
    expect(signsUnder([condition(c, 'lt', one)], ...questions)).toEqual([
      'positive', 'negative', 'positive', 'positive',
    ]);
  });

  it('of c > 1 and of c ≥ 1, written from either side', () => {
    const question = oneMinus(F.divide(one, c));
    for (const [strict, weak] of [
      [condition(c, 'gt', one), condition(c, 'geq', one)],
      [condition(one, 'lt', c), condition(one, 'leq', c)],
    ]) {
      expect(signsUnder([strict], question)).toEqual(['positive']);
      expect(signsUnder([weak], question)).toEqual(['non-negative']);
    }
  });

  it('of c = 1', () => {
    expect(signsUnder([condition(c, 'eq', one)], oneMinus(c), c)).toEqual(['zero', 'positive']);
  });

  it('between two generators: β ≤ c ≤ 1', () => {
    const between = [condition(beta, 'leq', c), condition(c, 'leq', one)];
    const ratio = F.power(F.divide(beta, c), 2);
    expect(signsUnder(between, oneMinus(ratio), oneMinus(beta), F.subtract(c, beta), oneMinus(c))).toEqual([
      'non-negative', 'non-negative', 'non-negative', 'non-negative',
    ]);
    expect(signsUnder(between, F.subtract(beta, F.power(c, 2)))).toEqual(['unknown']);
  });

  it('exist only for a generator against what is known to be positive', () => {
    expect(chartOf([condition(F.multiply(c, c), 'leq', one)])).toBeUndefined();
    expect(chartOf([condition(c, 'leq', F.subtract(one, c))])).toBeUndefined();
    expect(chartOf([condition(c, 'leq', F.negate(one))])).toBeUndefined();
    expect(chartOf([condition(c, 'leq', F.subtract(one, beta))])).toBeUndefined();
  });

  it('do not mix their slacks up with generators of any name', () => {
    for (const name of ['slack', 'slack1', 't', 'root1']) {
      const generator = F.variable(name);
      const question = F.subtract(F.multiply(c, F.add(one, generator)), one);
      expect(signsUnder([condition(c, 'leq', one)], question)).toEqual(['unknown']);
    }
  });
});

describe('signs', () => {
  it('of roots and ranks are non-negative, not positive', () => {
    const chart = { substitution: new Map(), weak: new Set<string>() };
    expect(signOn(chart, F.variable('root1'), ['root1'])).toBe('non-negative');
    expect(signOn(chart, F.add(one, F.variable('root1')), ['root1'])).toBe('positive');
    expect(signOn(chart, F.variable('r'))).toBe('non-negative');
    expect(signOn(chart, F.divide(one, F.variable('r')))).toBe('unknown');
  });

  it('of quotients follow both parts', () => {
    const chart = { substitution: new Map(), weak: new Set<string>() };
    expect(signOn(chart, F.divide(c, F.negate(F.add(one, beta))))).toBe('negative');
    expect(signOn(chart, F.divide(c, F.subtract(one, beta)))).toBe('unknown');
  });
});

describe('soundness', () => {
  const kinds = fc.constantFrom('eq', 'leq', 'lt', 'geq', 'gt');
  const side = fc.oneof(
    fc.constantFrom(...VARIABLES).map(F.variable),
    fc.integer({ min: 1, max: 3 }).map((k) => F.constant(Q.rational(k))),
  );
  const conditions = fc.array(fc.record({ kind: kinds, left: side, right: side }), { maxLength: 2 });
  const holds = ({ kind, left, right }: ChartCondition, at: ReadonlyMap<string, Rational>): boolean => {
    const order = Q.compare(F.evaluate(left, at), F.evaluate(right, at));
    return { eq: order === 0, leq: order <= 0, lt: order < 0, geq: order >= 0, gt: order > 0 }[kind];
  };
  const allows: Readonly<Record<Sign, (sign: number) => boolean>> = {
    zero: (sign) => sign === 0,
    positive: (sign) => sign > 0,
    'non-negative': (sign) => sign >= 0,
    negative: (sign) => sign < 0,
    'non-positive': (sign) => sign <= 0,
    unknown: () => true,
  };
  const grid = [1, 2, 3].flatMap((p) => [1, 2].map((q) => Q.rational(p, q)));
  const points = grid.flatMap((x) => grid.flatMap((y) => grid.map((z) => new Map(Object.entries({ x, y, z })))));

  it('whatever is claimed of a random fraction holds wherever the conditions do', () => {
    let claimed = 0;
    fc.assert(
      fc.property(conditions, fraction, valuesOf(positiveRational), (given, x, drawn) => {
        const chart = chartOf(given);
        fc.pre(chart !== undefined);
        const sign = signOn(chart, x);
        if (sign !== 'unknown') claimed += 1;
        for (const at of [drawn, ...points]) {
          if (!given.every((each) => holds(each, at))) continue;
          let value: Rational;
          try {
            value = F.evaluate(x, at);
          } catch {
            expect(sign === 'unknown').toBe(true);
            continue;
          }
          expect(allows[sign](Q.sign(value))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
    expect(claimed).toBeGreaterThan(15);
  });

  it('and of differences, where conditions matter', () => {
    let claimed = 0;
    const difference = fc.tuple(side, side, side).map(([x, y, z]) => F.subtract(F.multiply(x, y), F.multiply(z, y)));
    fc.assert(
      fc.property(conditions, difference, (given, x) => {
        const chart = chartOf(given);
        fc.pre(chart !== undefined);
        const sign = signOn(chart, x);
        if (sign !== 'unknown' && given.length > 0) claimed += 1;
        for (const at of points) {
          if (given.every((each) => holds(each, at))) expect(allows[sign](Q.sign(F.evaluate(x, at)))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(claimed).toBeGreaterThan(50);
  });
});
