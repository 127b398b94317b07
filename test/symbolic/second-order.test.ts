/** Spectra in words: the shipped ones hold, and every wrong entry, direction or dimension leaves something over. */
import { describe, expect, it } from 'vitest';
import { add, mul, number, sub } from '../../src/symbolic/build.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import { type SpectrumClaim, derivativeAlong, examineSpectrum } from '../../src/symbolic/second-order.js';
import * as T from '../../src/symbolic/trace-algebra.js';
import { letter } from '../../src/symbolic/word.js';
import { alphabetOf } from '../../src/symbolic/words-of.js';
import type { Construction, Revision, SpectrumBlock } from '../../src/theorem/contract.js';
import { parametersOf } from '../../src/check/proof.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';

interface Place {
  readonly id: string;
  readonly revision: Revision;
  readonly when: Revision['cases'][number]['when'];
  readonly construction: Construction;
  readonly spectrum: readonly SpectrumBlock[];
}

const places = [theorem31, theorem32].flatMap(({ id, revisions: [revision] }): Place[] => {
  if (revision === undefined) return [];
  const cases = revision.cases.map((c) => ({ ...c, construction: c.minimizer }));
  return [...cases, ...(revision.criticalPoints ?? [])].map(({ id: part, when, construction, spectrum = [] }) => ({
    id: `${id} ${part}`,
    revision,
    when,
    construction,
    spectrum,
  }));
});

const claimOf = ({ revision, when, construction }: Place, spectrum: readonly SpectrumBlock[]): SpectrumClaim => ({
  blocks: revision.problem.blocks,
  objective: revision.problem.objective,
  parameters: parametersOf(revision, { when }),
  when,
  frames: construction.frames ?? [],
  construction: construction.blocks,
  spectrum: spectrum.map(({ directions = [], ...block }) => ({ ...block, directions })),
});

describe.each(places.map((place) => [place.id, place] as const))('the spectrum of %s', (_, place) => {
  it('holds for all sizes', () => {
    const { action, orthonormality, dimensions, sideConditions } = examineSpectrum(claimOf(place, place.spectrum));
    expect([action, orthonormality, dimensions].map((x) => x.remainder)).toEqual([[], [], []]);
    expect(sideConditions).toEqual([]);
  });

  it('with a block left out does not make up the whole space', () => {
    for (const block of place.spectrum.slice(-1)) {
      const rest = place.spectrum.filter((x) => x !== block);
      const { dimensions } = examineSpectrum({ ...claimOf(place, []), spectrum: claimOf(place, rest).spectrum });
      expect(dimensions.remainder).not.toEqual([]);
      expect(dimensions.where).toBe('the number of unknowns');
    }
  });

  it('with any one entry changed does not hold', () => {
    for (const block of place.spectrum) {
      block.matrix.forEach((row, i) => {
        row.forEach((entry, j) => {
          const changed = block.matrix.map((line, p) =>
            line.map((x, q): Scalar => (p === i && q === j ? add(mul('3/2', entry), number('1/7')) : x)),
          );
          const { action } = examineSpectrum(claimOf(place, [{ ...block, matrix: changed }]));
          expect(action.remainder).not.toEqual([]);
        });
      });
    }
  });

  it('with any one direction halved is not orthonormal', () => {
    for (const block of place.spectrum) {
      const directions = (block.directions ?? []).map((space) => ({
        ...space,
        rows: space.rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, x]) => [name, mul('1/2', x)])),
        ),
      }));
      const { orthonormality } = examineSpectrum(claimOf(place, [{ ...block, directions }]));
      expect(orthonormality.remainder).not.toEqual([]);
    }
  });

  it('with any one block counted twice overlaps with itself', () => {
    for (const block of place.spectrum) {
      const { orthonormality } = examineSpectrum(claimOf(place, [block, block]));
      expect(orthonormality.remainder).not.toEqual([]);
    }
  });

  it('with any one multiplicity off by one does not count its dimensions', () => {
    for (const block of place.spectrum) {
      const changed = { ...block, multiplicity: sub(block.multiplicity, 1) };
      const { dimensions } = examineSpectrum(claimOf(place, [changed]));
      expect(dimensions.where).toContain(block.title);
    }
  });
});

describe('the derivative along a direction', () => {
  const free = [
    { name: 'X', rows: 'd', cols: 'd' },
    { name: 'Z', rows: 'd', cols: 'd' },
  ];
  const alphabet = alphabetOf({ blocks: [], free });
  const of = (name: string) => T.matrixOfWord(alphabet, [letter(name)], { rows: 'd', cols: 'd' });
  const [X, Z] = [of('X'), of('Z')];
  const times = (x: T.WordMatrix, y: T.WordMatrix) => T.multiplyMatrices(alphabet, x, y);

  it('follows Leibniz through products, transposes and traces', () => {
    // tr(X)·X Xᵀ along Z: tr(Z)·XXᵀ + tr(X)(ZXᵀ + XZᵀ)
    const square = times(X, T.transposeMatrix(X));
    const expression = T.scaleMatrix(T.traceOfMatrix(alphabet, X), square);
    const cross = times(Z, T.transposeMatrix(X));
    const expected = T.addMatrices(
      T.scaleMatrix(T.traceOfMatrix(alphabet, Z), square),
      T.scaleMatrix(T.traceOfMatrix(alphabet, X), T.addMatrices(cross, T.transposeMatrix(cross))),
    );
    const found = derivativeAlong(alphabet, expression, new Map([['X', X]]), new Map([['X', Z]]));
    expect(T.formatTerms(found).sort()).toEqual(T.formatTerms(expected).sort());
  });
});
