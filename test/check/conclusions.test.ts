/** Conclusions are decided in words at the claimed minimizers, for all parameters. */
import { describe, expect, it } from 'vitest';
import { symbolicConclusionsCheck } from '../../src/check/claim/stationarity.js';
import { equal, mul } from '../../src/symbolic/build.js';
import type { Case, Revision, Theorem } from '../../src/theorem/contract.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { theorem32Ridge } from '../../theorems/tirer-bruna-2022/theorem-3.2-ridge.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';

const examine = async (revision: Revision) =>
  symbolicConclusionsCheck.run({ revision, identity: { target: 'x', seed: 1 } });

describe('conclusions at the construction', () => {
  it.each<[string, Theorem]>([theorem31, theorem32, theorem32Ridge, theorem41, theorem42].map((x) => [x.id, x]))(
    'vanish in words in %s',
    async (_, theorem) => {
      for (const revision of theorem.revisions) {
        const findings = await examine(revision);
        expect(findings.filter((x) => x.outcome !== 'pass')).toEqual([]);
        expect(findings).toHaveLength(revision.cases.flatMap((x) => x.conclusions).length);
      }
    },
  );

  it.each([1, 2])('do not with a constant off by one part in 10¹⁵, conclusion %s', async (index) => {
    const [current] = theorem31.revisions as [Revision];
    const [frame, ...others] = current.cases as [Case, Case];
    const conclusions = frame.conclusions.map((x, k) => ({
      ...x,
      statement:
        k === index
          ? equal(x.statement.left, mul('1000000000000001/1000000000000000', x.statement.right))
          : x.statement,
    }));
    const findings = await examine({ ...current, cases: [{ ...frame, conclusions }, ...others] });
    const open = findings.filter((x) => x.outcome !== 'pass');
    expect(open.map((x) => x.outcome)).toEqual(['inconclusive']);
  });
});
