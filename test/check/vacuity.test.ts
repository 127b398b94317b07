/** A point below f* shows that no minimizer meets a hypothesis if its price is proved, and nothing if it is not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type VacuityCell, measureVacuity } from '../../src/check/vacuity/cell.js';
import { parseRational, toNumber } from '../../src/exact/rational.js';
import { type VacuityFormat, vacuityTable } from '../../src/report/vacuity.js';
import { toText } from '../../src/symbolic/print.js';
import { classMeans, eq, mul, n, normSquared } from '../../src/symbolic/build.js';
import type { MinimizerHypothesis, Revision } from '../../src/theorem/contract.js';
import { theorem } from '../../src/theorem/define.js';
import type { Instance } from '../../src/theorem/instance.js';
import { registryOf } from '../../src/theorem/registry.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';

const relaxed = theorem42.revisions.find((x) => x.status === 'current')!;
const hypothesis = relaxed.ofMinimizer![0]!;

/** A point below f*, as the gallery keeps it: ten classes, κ < 1/16. */
const low = JSON.parse(
  readFileSync(new URL('../../docs/counterexamples/ten-classes/certificate.json', import.meta.url), 'utf8'),
) as { readonly instance: Instance; readonly point: Readonly<Record<string, readonly (readonly string[])[]>> };

/** The cell of that instance: no search, one descent from that point. */
const cellOf = (change: (revision: Revision) => Revision): VacuityCell => {
  const changed = theorem({ ...theorem42, revisions: [change(relaxed)] });
  return measureVacuity(registryOf([changed]), {
    kind: 'vacuity',
    target: 'tirer-bruna-2022/4.2@relaxed',
    instance: low.instance,
    seed: 1,
    runs: 0,
    from: [['W2', 'W1', 'H1'].flatMap((name) => low.point[name]!.flat().map((x) => toNumber(parseRational(x))))],
  });
};
const supposing = (change: Partial<MinimizerHypothesis>) => (revision: Revision): Revision => ({
  ...revision,
  ofMinimizer: [{ ...hypothesis, ...change }],
});

const printed = (cell: VacuityCell, format: VacuityFormat): string =>
  vacuityTable(
    {
      target: '4.2@relaxed',
      starts: 1,
      hypothesis: { id: hypothesis.id, text: toText(hypothesis.statement), latex: 'h' },
      columns: [{ mu: '0.4', kappa: '0.04' }],
      rows: [{ K: 10, cells: [cell] }],
    },
    format,
  );

describe('a point below f*', () => {
  it('shows that no global minimizer meets (H*), whose price is proved', () => {
    const cell = cellOf((x) => x);
    expect(cell).toMatchObject({ lower: 1, vacuous: true, contradicting: 0, counts: { above: 1 } });
    expect(cell.unproved).toBeUndefined();
    expect(printed(cell, 'text')).toContain('no global minimizer meets it');
  });

  it.each([
    [
      'without a chain',
      (x: Revision): Revision => ({
        ...x,
        cases: x.cases.map(({ chain: _, equality: _also, ...home }) => home),
      }),
      'case frame: no chain of inequalities is stated',
    ],
    [
      'with twice the price, which is true as well, and not what the chain shows',
      supposing({ price: mul(2, hypothesis.price!) }),
      'case frame: not shown: ',
    ],
  ])('shows nothing of them %s', (_, change, missing) => {
    const cell = cellOf(change);
    expect(cell).toMatchObject({ lower: 1, vacuous: false, contradicting: 0 });
    expect(cell.unproved).toContain(missing);
    for (const format of ['text', 'markdown', 'latex'] as const) {
      const text = printed(cell, format);
      expect(text).not.toMatch(/vacuous|no global minimizer meets/);
      expect(text).toContain('not proved');
    }
  });

  const { H1 } = relaxed.problem.block as { H1: Parameters<typeof classMeans>[0] };
  it.each([
    [
      'that meets a hypothesis, with a price for another',
      supposing({ statement: eq(normSquared(H1), mul(n, normSquared(classMeans(H1)))) }),
    ],
    ['that a hundredth of the price does not allow', supposing({ price: mul('1/100', hypothesis.price!) })],
  ])('contradicts the price %s', (_, change) => {
    const cell = cellOf(change);
    expect(cell).toMatchObject({ lower: 1, vacuous: false, contradicting: 1 });
    expect(cell.contradiction?.gap).toBeLessThan(0);
    for (const format of ['text', 'markdown', 'latex'] as const) {
      expect(printed(cell, format)).not.toMatch(/vacuous|no global minimizer/);
    }
    expect(printed(cell, 'text')).toContain('contradicted');
  });
});
