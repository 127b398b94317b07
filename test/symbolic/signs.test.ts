import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Q from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import * as F from '../../src/symbolic/fraction.js';
import { type ChartCondition, type Sign, EVERYWHERE, regionOf, signIn, signOn } from '../../src/symbolic/signs.js';
import { VARIABLES, fraction, positiveRational, valuesOf } from './arbitrary.js';

const [c, beta] = ['c', 'beta'].map(F.variable);
const one = F.ONE;
const condition = (left: F.Fraction, kind: ChartCondition['kind'], right: F.Fraction): ChartCondition => ({
  kind, left, right,
});
const signsUnder = (conditions: readonly ChartCondition[], ...questions: readonly F.Fraction[]): Sign[] => {
  const region = regionOf(conditions);
  if (region === undefined) throw new Error('no chart');
  return questions.map((x) => signIn(region, x));
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

  it('between two generators, in any order of writing: β ≤ c ≤ 1', () => {
    const ratio = F.power(F.divide(beta, c), 2);
    const questions = [oneMinus(ratio), oneMinus(beta), F.subtract(c, beta), oneMinus(c)];
    const square = F.subtract(beta, F.power(c, 2));
    for (const lower of [condition(beta, 'leq', c), condition(c, 'geq', beta)]) {
      for (const upper of [condition(c, 'leq', one), condition(one, 'geq', c)]) {
        for (const both of [[lower, upper], [upper, lower]]) {
          expect(signsUnder(both, ...questions, square)).toEqual([
            'non-negative', 'non-negative', 'non-negative', 'non-negative', 'unknown',
          ]);
        }
      }
    }
  });

  it('between two bounds on one generator: g/(1 + g) ≤ c ≤ 1, each end open or closed', () => {
    const g = F.variable('g');
    const low = F.divide(g, F.add(one, g));
    const questions = [F.subtract(c, low), oneMinus(c), oneMinus(F.power(F.divide(low, c), 2)), c, oneMinus(low)];
    const shown = (open: boolean): Sign => (open ? 'positive' : 'non-negative');
    for (const [below, above] of [['leq', 'leq'], ['leq', 'lt'], ['lt', 'leq'], ['lt', 'lt']] as const) {
      const both = [condition(low, below, c), condition(c, above, one)];
      const expected = [shown(below === 'lt'), shown(above === 'lt'), shown(below === 'lt'), 'positive', 'positive'];
      expect(signsUnder(both, ...questions)).toEqual(expected);
      expect(signsUnder(both.toReversed(), ...questions)).toEqual(expected);
    }
  });

  it('know nothing of conditions that contradict each other, or that are not shown to be possible', () => {
    const two = F.constant(Q.rational(2));
    const g = F.variable('g');
    expect(regionOf([condition(c, 'lt', one), condition(c, 'gt', two)])).toBeUndefined();
    expect(regionOf([condition(c, 'lt', one), condition(c, 'gt', one)])).toBeUndefined();
    expect(regionOf([condition(c, 'lt', beta), condition(beta, 'lt', c)])).toBeUndefined();
    expect(regionOf([condition(c, 'lt', beta), condition(beta, 'leq', c)])).toBeUndefined();
    const chain = [condition(c, 'leq', one), condition(beta, 'geq', two), condition(beta, 'leq', c)];
    expect(regionOf(chain)).toBeUndefined();
    expect(regionOf([condition(c, 'eq', one), condition(c, 'eq', two)])).toBeUndefined();
    expect(regionOf([condition(c, 'eq', one), condition(c, 'gt', two)])).toBeUndefined();
    // g ≤ c ≤ 1/g has points only for g ≤ 1, which nothing says.
    expect(regionOf([condition(g, 'leq', c), condition(c, 'leq', F.divide(one, g))])).toBeUndefined();
    expect(regionOf([condition(c, 'lt', c)])).toBeUndefined();
  });

  it('know nothing of conditions on roots and ranks, which may be zero or depend on others', () => {
    const [root, rank] = ['root1', 'r'].map(F.variable);
    expect(regionOf([condition(root, 'leq', one)], ['root1'])).toBeUndefined();
    expect(regionOf([condition(c, 'geq', F.add(one, root))], ['root1'])).toBeUndefined();
    expect(regionOf([condition(rank, 'leq', c)])).toBeUndefined();
  });

  it('exist only for a generator against what is known to be positive', () => {
    expect(regionOf([condition(F.multiply(c, c), 'leq', one)])).toBeUndefined();
    expect(regionOf([condition(c, 'leq', F.subtract(one, c))])).toBeUndefined();
    expect(regionOf([condition(c, 'leq', F.negate(one))])).toBeUndefined();
    expect(regionOf([condition(c, 'leq', F.subtract(one, beta))])).toBeUndefined();
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
    expect(signOn(EVERYWHERE, F.variable('root1'), ['root1'])).toBe('non-negative');
    expect(signOn(EVERYWHERE, F.add(one, F.variable('root1')), ['root1'])).toBe('positive');
    expect(signOn(EVERYWHERE, F.variable('r'))).toBe('non-negative');
    expect(signOn(EVERYWHERE, F.divide(one, F.variable('r')))).toBe('unknown');
  });

  it('of quotients follow both parts', () => {
    expect(signOn(EVERYWHERE, F.divide(c, F.negate(F.add(one, beta))))).toBe('negative');
    expect(signOn(EVERYWHERE, F.divide(c, F.subtract(one, beta)))).toBe('unknown');
  });

  it('are unknown where a quotient may be undefined, even of zero, and whatever cancels', () => {
    const difference = F.subtract(c, beta);
    const two = F.constant(Q.rational(2));
    // 1/(c − β) for c = β; (c − 1)/(2β − 1) for c = 1; (c² − 4)/(c − β) = c + 2 for β = 2, but not at c = 2.
    expect(signsUnder([condition(c, 'eq', beta)], F.divide(one, difference))).toEqual(['unknown']);
    const zeroOver = F.divide(F.subtract(c, one), F.subtract(F.multiply(two, beta), one));
    expect(signsUnder([condition(c, 'eq', one)], zeroOver)).toEqual(['unknown']);
    const cancelling = F.divide(F.subtract(F.power(c, 2), F.constant(Q.rational(4))), difference);
    expect(signsUnder([condition(beta, 'eq', two)], cancelling)).toEqual(['unknown']);
  });
});

describe('soundness', () => {
  const kinds = fc.constantFrom('eq', 'leq', 'lt', 'geq', 'gt');
  const variable = fc.constantFrom(...VARIABLES).map(F.variable);
  const whole = fc.integer({ min: 1, max: 3 }).map((k) => F.constant(Q.rational(k)));
  const plain = fc.oneof(variable, whole);
  // As in the ridge theorem: g/(1 + g), 1 − g/(1 + g), and their like.
  const side = fc.oneof(
    { weight: 3, arbitrary: plain },
    fc.tuple(plain, plain).map(([x, y]) => F.divide(x, F.add(x, y))),
    fc.tuple(plain, plain).map(([x, y]) => F.add(x, y)),
    fc.tuple(plain, plain).map(([x, y]) => F.multiply(x, y)),
  );
  const oneCondition = fc.oneof(
    fc.record({ kind: kinds, left: variable, right: side }),
    fc.record({ kind: kinds, left: side, right: side }),
  );
  const conditions = fc.array(oneCondition, { maxLength: 3 });
  // Two bounds on one variable: what takes two charts.
  const between = fc
    .tuple(side, variable, side, fc.constantFrom('leq', 'lt'), fc.constantFrom('leq', 'lt'), fc.boolean())
    .map(([low, x, high, below, above, swapped]): ChartCondition[] => {
      const both: ChartCondition[] = [
        { kind: below, left: low, right: x },
        { kind: above, left: x, right: high },
      ];
      return swapped ? both.toReversed() : both;
    });
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

  /** Whether a sign other than unknown was claimed; fails where the claim is wrong at a point of the case. */
  const claims = (given: readonly ChartCondition[], x: F.Fraction, drawn?: ReadonlyMap<string, Rational>): boolean => {
    const region = regionOf(given);
    const sign = region === undefined ? 'unknown' : signIn(region, x);
    if (sign === 'unknown') return false;
    for (const at of drawn === undefined ? points : [drawn, ...points]) {
      if (!given.every((each) => holds(each, at))) continue;
      // A value that is undefined somewhere has no sign: evaluation must not throw.
      const value = F.evaluate(x, at);
      expect(allows[sign](Q.sign(value))).toBe(true);
    }
    return true;
  };

  it.each([['conditions', conditions, 10], ['two-sided conditions', between, 10]] as const)(
    'whatever is claimed of a random fraction under %s holds wherever they do',
    (_, arbitrary, least) => {
      let claimed = 0;
      fc.assert(
        fc.property(arbitrary, fraction, valuesOf(positiveRational), (given, x, drawn) => {
          if (claims(given, x, drawn)) claimed += 1;
        }),
        { numRuns: 150 },
      );
      expect(claimed).toBeGreaterThanOrEqual(least);
    },
  );

  it.each([['conditions', conditions, 30], ['two-sided conditions', between, 30]] as const)(
    'and of differences, where %s matter',
    (_, arbitrary, least) => {
      let claimed = 0;
      const difference = fc.tuple(side, side, plain).map(([x, y, z]) => F.multiply(F.subtract(x, y), z));
      fc.assert(
        fc.property(arbitrary, difference, (given, x) => {
          if (claims(given, x) && given.length > 0) claimed += 1;
        }),
        { numRuns: 600 },
      );
      expect(claimed).toBeGreaterThanOrEqual(least);
    },
  );

  it('no order of writing changes what is known', () => {
    fc.assert(
      fc.property(fc.oneof(conditions, between), fraction, (given, x) => {
        const [there, back] = [given, given.toReversed()].map((each) => regionOf(each));
        expect(there === undefined).toBe(back === undefined);
        if (there !== undefined && back !== undefined) expect(signIn(there, x)).toBe(signIn(back, x));
      }),
      { numRuns: 100 },
    );
  });

  it('nothing is known of what no point satisfies: every point of every chart satisfies the conditions', () => {
    let charted = 0;
    fc.assert(
      fc.property(fc.oneof(conditions, between), valuesOf(positiveRational), fc.nat(3), (given, free, slack) => {
        for (const { substitution, weak } of (regionOf(given) ?? []).flat()) {
          const slacks = [1, 2, 3].map((k) => `slack:${k}`);
          const parameters = new Map([
            ...free,
            ...slacks.map((name) => [name, Q.rational(weak.has(name) ? slack : slack + 1, 2)] as const),
          ]);
          const rewritten = [...substitution].map(([x, to]) => [x, F.evaluate(to, parameters)] as const);
          const at = new Map([...free, ...rewritten]);
          expect([...at.values()].every((value) => Q.sign(value) > 0)).toBe(true);
          expect(given.every((each) => holds(each, at))).toBe(true);
          charted += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(charted).toBeGreaterThan(60);
  });
});
