/** A claim is read once, from plain data and formulas that cannot change; its names mean one thing everywhere. */
import { describe, expect, it } from 'vitest';
import { add, define, div, leq, lt, mul, number, pow, rootOf, sub, symbol, ufm } from '../../src/index.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import { theorem } from '../../src/theorem/define.js';
import type { Case, Revision, Theorem } from '../../src/theorem/contract.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';

const [revision] = theorem31.revisions as [Revision];
const [frame, zero] = revision.cases as [Case, Case];

const withFrame = (change: object): Theorem =>
  theorem({ ...theorem31, id: 'changed', revisions: [{ ...revision, cases: [{ ...frame, ...change }, zero] }] });

describe('a declaration', () => {
  it('may not be computed when it is read', () => {
    const changing = {
      get value(): Scalar {
        return div(1, 7);
      },
    };
    const home = Object.defineProperty({ ...frame }, 'value', Object.getOwnPropertyDescriptor(changing, 'value') ?? {});
    expect(() => theorem({ ...theorem31, id: 'changed', revisions: [{ ...revision, cases: [home, zero] }] })).toThrow(
      /cases, 0, value: it is computed when it is read/,
    );
  });

  it.each<[string, object]>([
    ['copied', { ...frame.value }],
    ['inherited', Object.create(frame.value) as object],
    ['written by hand', { sort: 'scalar', kind: 'sum', terms: 5 }],
  ])('has no formula that was %s', (_, value) => {
    expect(() => withFrame({ value })).toThrow(/no plain record|expected a scalar built with the functions/);
    expect(() => add(1, value as Scalar)).toThrow(/no function of ufm-check has built/);
  });

  it('ends', () => {
    const endless: Record<string, unknown> = {};
    endless['blocks'] = endless;
    expect(() => withFrame({ minimizer: endless })).toThrow(/it contains itself/);
  });

  it('does not change with what it was made of', () => {
    const strata = [...frame.strata];
    const declared = withFrame({ strata });
    strata.length = 0;
    expect(declared.revisions[0]?.cases[0]?.strata).toEqual(frame.strata);
    const sum = add(1, 2, 3) as Scalar & { terms: Scalar[] };
    expect(() => sum.terms.push(sum)).toThrow(TypeError);
  });

  it('keeps its problem', () => {
    const spec = { layers: 2, activation: 'linear' as 'linear' | 'relu', bias: 'none' as const };
    const problem = ufm(spec);
    spec.activation = 'relu';
    expect(problem.spec.activation).toBe('linear');
    expect(() => Object.assign(problem.lambda, { W1: problem.lambda['W2'] })).toThrow(TypeError);
  });
});

describe('a name', () => {
  const c = define('c2', mul(4, symbol('g', 'generator')));
  const root = (name: string, scale: number): Scalar =>
    rootOf(name, (x) => pow(x, 2), mul(scale, revision.problem.lambda['W']!), { from: 0, to: 8 });

  it.each(['K', 'N', 'Y', 'I', 'root1', 'lambda_W', 'singularValue'])('%s is no root and no generator', (name) => {
    expect(() => root(name, 1)).toThrow(/already has a meaning/);
    expect(() => symbol(name, 'generator')).toThrow(/already has a meaning/);
  });

  it.each([
    ['a block', symbol('W', 'generator'), /"W" is a matrix and a generator/],
    ['the sign of a block', symbol('weights', 'generator', 'W'), /"weights" is a matrix and a generator/],
    ['a frame of the construction', symbol('R', 'generator'), /"R" is a matrix and a generator/],
    ['the sign of the labels', symbol('labels', 'generator', 'Y'), /cannot be printed as Y/],
  ])('of a generator is not that of %s', (_, generator, message) => {
    const { W } = revision.problem.lambda;
    const generators = [{ symbol: generator, inverse: W!, draw: { from: '1/9', to: '1' } }];
    const parametrisation = { generators, parameters: { W: generator, H: div(1, 2) } };
    expect(() => withFrame({ parametrisation })).toThrow(message);
  });

  it('of a root in a chart is that of the statement', () => {
    const generator = { symbol: symbol('g', 'generator'), inverse: root('q', 1), draw: { from: '1/9', to: '1' } };
    const parametrisation = { generators: [generator], parameters: { W: div(c, 4), H: div(1, 2) } };
    expect(() => withFrame({ parametrisation, value: add(frame.value, sub(root('q', 2), root('q', 2))) })).toThrow(
      /"q" stands for two different things/,
    );
  });
});

describe('the generators of a chart', () => {
  it('are positive: a root that may be 0 in the case is no generator', async () => {
    const { examineCaseParametrisation } = await import('../../src/symbolic/case-parametrisation.js');
    const { problem, cases } = theorem41.revisions.find((x) => x.id === 'current')!;
    const kappa = (cases[1]!.when as unknown as { readonly left: Scalar }).left;
    const cubic = (y: Scalar): Scalar => mul(add(y, number('1/2')), pow(sub(number('1/2'), y), 3));
    const y = rootOf('y', cubic, kappa, { from: 0, to: '1/2' });
    const missing = (when: Case['when']): string[] =>
      examineCaseParametrisation({
        blocks: problem.blocks,
        when,
        generators: [{ name: 'y', inverse: y }],
        parameters: new Map(),
        domain: [],
      }).map((x) => x.missing);
    expect(missing(lt(kappa, div(1, 16)))).toEqual(['']);
    expect(missing(leq(kappa, div(1, 16)))).toEqual([expect.stringContaining('not shown')]);
  });
});
