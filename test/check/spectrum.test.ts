/** Spectra at sizes where a dense Hessian is out of the question: K = 10, d = 30, n = 20, 6,300 unknowns. */
import { describe, expect, it } from 'vitest';
import { createSetting } from '../../src/check/setting.js';
import { curvatureCheck, saddleCurvatureCheck } from '../../src/check/measured/curvature.js';
import { nullityCheck } from '../../src/check/measured/nullity.js';
import { spectrumCheck } from '../../src/check/measured/spectrum.js';
import { tangentBasis } from '../../src/check/measured/tangent.js';
import { add, div, mul, parameter } from '../../src/symbolic/build.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import type { Case, Revision, SpectrumBlock } from '../../src/theorem/contract.js';
import type { Instance } from '../../src/theorem/instance.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { parseSizeRange } from '../../src/cli/ranges.js';
import { revisionText } from '../../src/report/terminal.js';
import { rewrite } from '../mutants/rewrite.js';
import { examine } from './run.js';

const large: Instance = { K: 10, n: 20, d: 30, lambda: { W: '1/30', H: '1/500' } };
/** 756 unknowns: where a test needs the whole tangent space. */
const medium: Instance = { K: 6, n: 8, d: 14, lambda: { W: '1/20', H: '1/150' } };
const drawn = { rational: false };
const [frame31] = theorem31.revisions as [Revision];
const [etf32] = theorem32.revisions as [Revision];

const withSpectrum = (revision: Revision, change: (x: SpectrumBlock) => SpectrumBlock): Revision => ({
  ...revision,
  cases: revision.cases.map((home): Case =>
    home.spectrum === undefined ? home : { ...home, spectrum: home.spectrum.map(change) },
  ),
});
const inBlock = (title: string, change: (x: SpectrumBlock) => SpectrumBlock): Revision =>
  withSpectrum(frame31, (x) => (x.title === title ? change(x) : x));

const measure = (revision: Revision, instance = large) =>
  spectrumCheck.measure(createSetting(revision, instance, 5), drawn);

describe('a large spectrum', () => {
  it.each([
    ['3.1', frame31],
    ['3.2', etf32],
  ])('of Theorem %s is the claimed one, everywhere', (_, revision) => {
    const { outcome, measured, bound, skipped } = measure(revision);
    expect([outcome, skipped ?? false]).toEqual(['pass', false]);
    expect(measured).toBeLessThan(1e-13);
    expect(bound).toBeLessThan(1e-9);
  });

  it.each<[string, Revision]>([
    [
      'an eigenvalue is wrong by one part in a million',
      inBlock('within class, inactive', (x) => ({ ...x, matrix: [[mul('1000001/1000000', x.matrix[0]![0]!)]] })),
    ],
    [
      'an eigenvalue of a 2 × 2 block is wrong',
      inBlock('active, symmetric', (x) => ({ ...x, matrix: x.matrix.map((row) => row.map((y) => div(y, 2))) })),
    ],
    [
      'a dimension is moved between blocks',
      withSpectrum(frame31, (x) => {
        const step = { 'active, skew: across': 1, 'within class, active': -1 }[x.title] ?? 0;
        return { ...x, multiplicity: add(x.multiplicity, step) };
      }),
    ],
    [
      'symmetric and skew directions change places, with their multiplicities',
      withSpectrum(frame31, (x) => rewrite(x, (node) => swapped(node))),
    ],
    [
      'a direction is not of unit length',
      inBlock('within class, active', (x) => ({
        ...x,
        directions: x.directions!.map((space) => ({ ...space, rows: [{ H: mul(2, space.rows[0]!['H']!) }] })),
      })),
    ],
    [
      'two blocks are one',
      withSpectrum(frame31, (x) =>
        x.title === 'active class, inactive feature: across' ? { ...x, directions: orbitOf(frame31) } : x,
      ),
    ],
  ])('is refused where %s', (_, revision) => {
    const { outcome, violation } = measure(revision);
    expect(outcome).toBe('fail');
    expect(violation?.kind).toBe('wrong-spectrum');
  });

  it('is left out where directions are missing, and says so', () => {
    const bare = withSpectrum(frame31, ({ title, matrix, multiplicity }) => ({ title, matrix, multiplicity }));
    const without = { ...bare, criticalPoints: [] };
    expect(measure(without)).toMatchObject({ skipped: true, detail: '6300 unknowns: its blocks have no directions' });
    const small = { ...large, K: 2, n: 2, d: 3 };
    expect(measure(without, small)).toMatchObject({ outcome: 'pass' });
  });

  it('is left out where it would not fit into memory', () => {
    const huge = { ...large, n: 1000, d: 100 };
    const { skipped, detail } = measure(frame31, huge);
    expect([skipped, detail]).toEqual([true, '1001000 unknowns: a point is too large for memory']);
  });
});

/** Parameters of the other symmetry. */
const swapped = (node: Parameters<Parameters<typeof rewrite>[1]>[0]) => {
  if (node.kind !== 'parameter' || node.symmetry === 'general') return undefined;
  return parameter(node.name, node.rows, node.cols, node.symmetry === 'skew' ? 'symmetric' : 'skew');
};

const orbitOf = ({ cases }: Revision): NonNullable<SpectrumBlock['directions']> =>
  cases[0]!.spectrum!.find((x) => x.title === 'active class, inactive feature: orbit')!.directions!;

describe('the manifold of minimizers', () => {
  it('has the tangent space of a Stiefel manifold', () => {
    expect(tangentBasis(createSetting(frame31, medium, 5))).toHaveLength(14 * 6 - 21);
    const small = { ...large, K: 3, n: 2, d: 5 };
    expect(tangentBasis(createSetting(etf32, small, 5))).toHaveLength(2 * 5 - 3);
  });

  it('is where the Hessian is singular, and a wrong dimension is refused', () => {
    const off = (step: number): Revision => ({
      ...frame31,
      cases: frame31.cases.map((home): Case =>
        home.manifold === undefined
          ? home
          : { ...home, manifold: { ...home.manifold, dimension: add(home.manifold.dimension, step) as Scalar } },
      ),
    });
    const outcome = (step: number) => nullityCheck.measure(createSetting(off(step), medium, 5), drawn).outcome;
    expect([outcome(0), outcome(1), outcome(-1)]).toEqual(['pass', 'fail', 'fail']);
  });
});

describe('the lowest curvature', () => {
  it('is hunted off the tangent space, and predicted at saddles', () => {
    const setting = createSetting(frame31, medium, 5);
    expect(curvatureCheck.measure(setting, drawn).outcome).toBe('pass');
    expect(saddleCurvatureCheck.measure(setting, drawn).outcome).toBe('pass');
    const scaled = (factor: string): Revision => ({
      ...frame31,
      criticalPoints: frame31.criticalPoints!.map((family) => ({
        ...family,
        spectrum: family.spectrum!.map((x) => ({
          ...x,
          matrix: x.matrix.map((row, i) => row.map((y, j) => (i === j ? y : mul(factor, y)))),
        })),
      })),
    });
    const outcome = (factor: string) =>
      saddleCurvatureCheck.measure(createSetting(scaled(factor), medium, 5), drawn).outcome;
    // Below the prediction is a contradiction; that something lower was not found is none.
    expect([outcome('1'), outcome('99/100'), outcome('101/100')]).toEqual(['pass', 'fail', 'inconclusive']);
  });
});

describe('a spectrum without directions', () => {
  const undirected = withSpectrum(frame31, ({ directions: _, ...x }) => x);
  const theorem = { ...theorem31, revisions: [undirected] };
  const at = (K: string, d: string, n: string) => ({
    ranges: { K: parseSizeRange('K', K), d: parseSizeRange('d', d), n: parseSizeRange('n', n), lambda: {} },
    trials: 4,
    only: ['spectrum'],
  });

  it('is said to be compared up to the size to which it was, and not proved', async () => {
    const result = await examine(theorem, at('3', '3', '2'));
    expect(result.evidence.map((x) => x.reach)).toEqual([
      expect.stringMatching(/^compared at frame up to K = 3, 27 unknowns; .*; not proved$/),
    ]);
    expect(revisionText(result)).toContain('up to K = 3, 27 unknowns');
    const stated = await examine(theorem31, at('3', '3', '2'));
    expect(stated.evidence.map((x) => x.reach)).toEqual([undefined]);
  });

  it('is said to be compared nowhere, or not tried at all, where no instance is in reach', async () => {
    const beside = await examine(theorem, at('10', '12', '2'));
    expect(beside.evidence[0]?.reach).toMatch(/^compared at .*frame nowhere.*; not proved$/);
    const alone = { ...theorem31, revisions: [{ ...undirected, criticalPoints: [] }] };
    const result = await examine(alone, at('10', '12', '2'));
    expect(result.evidence).toEqual([]);
    expect(result.notTried).toEqual([{ check: 'spectrum', reason: '360 unknowns: its blocks have no directions' }]);
    expect(revisionText(result)).toContain('not tried  spectrum: 360 unknowns');
  });
});
