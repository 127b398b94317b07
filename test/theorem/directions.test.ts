/** What a module may write as directions is checked when it loads. */
import { describe, expect, it } from 'vitest';
import { complement, frame, mul, parameter, t } from '../../src/symbolic/build.js';
import type { Matrix } from '../../src/symbolic/expression.js';
import type { DirectionSpace, Revision } from '../../src/theorem/contract.js';
import { theorem } from '../../src/theorem/define.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';

const [revision] = theorem31.revisions as [Revision];
const [frameCase] = revision.cases;
const R = frameCase!.minimizer.frames![0]!;
const H = revision.problem.block['H']!;
const S = parameter('S', 'K', 'K');

const load = (directions: readonly DirectionSpace[]): (() => unknown) => {
  const [first, ...rest] = frameCase!.spectrum!;
  const spectrum = [{ ...first!, directions }, ...rest];
  const cases = [{ ...frameCase!, spectrum }, ...revision.cases.slice(1)];
  return () => theorem({ ...theorem31, revisions: [{ ...revision, cases }] });
};
const inW = (W: Matrix): DirectionSpace => ({ parameter: S, rows: [{ W }, {}] });
const W = mul(S, t(R));

describe('directions', () => {
  it('load as they stand', () => {
    expect(load([inW(W)])).not.toThrow();
  });

  it.each<[string, DirectionSpace, RegExp]>([
    ['one row for two', { parameter: S, rows: [{ W }] }, /1 directions for 2 rows/],
    ['an unknown block', { parameter: S, rows: [{ V: W }, {}] }, /V is no block of that shape/],
    ['another shape', inW(R), /W is no block of that shape/],
    ['a block', inW(mul(S, t(R), H, t(H))), /mentions H/],
    ['a frame of its own', inW(mul(S, t(frame('Q', 'd', 'K')))), /mentions Q/],
    ['a parameter of another space', inW(mul(parameter('T', 'K', 'K'), t(R))), /mentions T/],
    ['a parameter of another symmetry', inW(mul(parameter('S', 'K', 'K', 'skew'), t(R))), /mentions S/],
    [
      'a complement named like a frame',
      inW(mul(parameter('S', 'K', 'd-K'), t(complement('R', R)))),
      /called R|"R" stands for two different things/,
    ],
  ])('are refused with %s', (_, space, message) => {
    expect(load([space])).toThrow(message);
  });

  it('are refused with something else for a parameter', () => {
    const space = { parameter: R, rows: [{ W }, {}] } as unknown as DirectionSpace;
    expect(load([space])).toThrow(/expected what parameter/);
  });
});
