/** Where two cases meet, their claimed values have to agree: decided exactly, as close to the threshold as it takes. */
import { describe, expect, it } from 'vitest';
import { thresholdsCheck } from '../../src/check/claim/thresholds.js';
import type { Finding } from '../../src/check/evidence.js';
import { and, div, gt, leq, lt, mul, number, sub } from '../../src/symbolic/build.js';
import type { Proposition, Scalar } from '../../src/symbolic/expression.js';
import { scalarAt } from '../../src/theorem/instance.js';
import type { Case, Revision, Theorem } from '../../src/theorem/contract.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { theorem32Ridge } from '../../theorems/tirer-bruna-2022/theorem-3.2-ridge.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';

const findings = async (revision: Revision): Promise<Finding[]> =>
  thresholdsCheck.run({ revision, identity: { target: 'x', seed: 1 } });

const [current] = theorem31.revisions as [Revision];
const [frame, zero] = current.cases as [Case, Case];
const c = (frame.when as Extract<Proposition, { readonly left: Scalar }>).left as Scalar;
const moved = (at: string): Revision => ({
  ...current,
  cases: [
    { ...frame, when: leq(c, at) },
    { ...zero, when: gt(c, at) },
  ],
});

describe('values of cases that meet', () => {
  it.each<[string, Theorem]>([theorem31, theorem32, theorem32Ridge, theorem41, theorem42].map((x) => [x.id, x]))(
    'agree in %s',
    async (_, theorem) => {
      for (const revision of theorem.revisions) {
        expect(await findings(revision)).toMatchObject([{ outcome: 'pass' }]);
      }
    },
  );

  it.each(['9/10', '999/1000', '1001/1000', '999999999/1000000000', '99999999999999999999/100000000000000000000'])(
    'do not where the threshold of 3.1 is moved to %s',
    async (at) => {
      const [{ outcome, violation } = {} as Finding] = await findings(moved(at));
      expect([outcome, violation?.kind]).toEqual(['fail', 'wrong-threshold']);
      expect(Number(violation?.margin)).toBeGreaterThan(0);
      expect(Math.abs(scalarAt(c, violation!.instance) - 1)).toBeLessThan(0.15);
    },
  );

  it.each(['first', 'second'])('are compared wherever two of three cases meet: the %s moved', async (which) => {
    const [ridge] = theorem32Ridge.revisions as [Revision];
    const [small, middle, large] = ridge.cases as [Case, Case, Case];
    const { left: cOfRidge, right: beta } = small.when as { readonly left: Scalar; readonly right: Scalar };
    const moved = (limit: Scalar, what: string): Scalar => (what === which ? mul('1000001/1000000', limit) : limit);
    const [low, high] = [moved(beta, 'first'), moved(number(1), 'second')];
    const cases = [
      { ...small, when: leq(cOfRidge, low) },
      { ...middle, when: and(lt(low, cOfRidge), leq(cOfRidge, high)) },
      { ...large, when: gt(cOfRidge, high) },
    ];
    const [{ outcome, violation, statement } = {} as Finding] = await findings({ ...ridge, cases });
    expect(statement).toContain('etf | frame, etf | zero');
    expect([outcome, violation?.kind]).toEqual(['fail', 'wrong-threshold']);
  });

  it('are not compared where one has no value, and that is said', async () => {
    const value = div(1, sub(c, c));
    const [finding] = await findings({ ...current, cases: [frame, { ...zero, value }] });
    expect(finding).toMatchObject({ outcome: 'inconclusive', detail: expect.stringContaining('zero') as string });
  });

  it('decide nothing of a theorem about some of the minimizers', async () => {
    const { statement } = frame.conclusions[0]!;
    const some = { ...moved('9/10'), ofMinimizer: [{ id: 'x', title: 'x', statement }] };
    expect(await findings(some)).toMatchObject([{ outcome: 'inconclusive' }]);
  });
});
