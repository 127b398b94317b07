/** From an accusation to a refutation: who is refuted, and who is not. */
import { describe, expect, it } from 'vitest';
import { createPool } from '../../src/check/pool.js';
import type { Violation } from '../../src/check/evidence.js';
import { type Certify, type RevisionResult, measureHandler, verifyRevision } from '../../src/check/verify.js';
import { type CertifierOptions, certifier } from '../../src/cli/certifier.js';
import { huntRanges } from '../../src/cli/hunt-ranges.js';
import { revisionText } from '../../src/report/terminal.js';
import { type SearchTask, searchHandler } from '../../src/search/task.js';
import { add, div, equal, mul, number, theorem } from '../../src/index.js';
import type { Theorem } from '../../src/theorem/contract.js';
import { findTargets, registryOf } from '../../src/theorem/registry.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { LONG } from '../effort.js';

const base: CertifierOptions = {
  K: '2',
  d: '2..3',
  n: '1..2',
  lambdas: {},
  seed: 1,
  ...(LONG ? {} : { batches: 40 }),
  shouldStop: () => false,
  abort: new AbortController().signal,
  onProgress: () => undefined,
};

const prepare = (theorem: Theorem, revision = 'current', options: Partial<CertifierOptions> = {}) => {
  const registry = registryOf([theorem]);
  const [target] = findTargets(registry, [], revision);
  if (target === undefined) throw new Error('no target');
  const [measure, hunt] = [measureHandler(registry), searchHandler(registry)];
  const handler = (task: SearchTask | Parameters<typeof measure>[0]) => ('model' in task ? hunt(task) : measure(task));
  const pool = createPool({ workers: 0, workerFile: new URL('file:///unused'), handler });
  const all = { ...base, ...options };
  const certify: Certify = certifier(target, pool, all);
  const verify = (trials: number): Promise<RevisionResult> =>
    verifyRevision(target, pool, {
      ranges: huntRanges(target, all),
      trials,
      seed: 1,
      starts: 8,
      shrinkBudget: 0,
      certify,
    });
  return { certify, verify };
};

const accusation: Violation = {
  kind: 'beaten',
  instance: { K: 2, n: 1, d: 2, lambda: { W2: '1/16', W1: '1/16', H1: '1/16' } },
  margin: '-1',
  what: 'nothing at all',
  reproduce: '',
};

const short: Violation = { ...accusation, instance: { K: 2, n: 1, d: 2, lambda: { W: '1/16', H: '1/16' } } };

/** Theorem 3.1 with another constant, in a way that no form of the vocabulary knows. */
const changed = (id: string, change: Partial<(typeof theorem31.revisions)[number]['cases'][number]>): Theorem => {
  const [revision] = theorem31.revisions;
  const [frame, zero] = revision!.cases;
  const { proof: _, chain: __, spectrum: ___, ...rest } = frame!;
  const { outside: ____, ...plain } = revision!;
  const cases = [{ ...rest, ...change }, zero!];
  return theorem({ ...theorem31, id, revisions: [{ ...plain, expected: 'refuted', cases }] });
};

describe('a revision that is false', () => {
  it('is refuted by a certificate of its own claim: 4.2@strong', async () => {
    const result = await prepare(theorem42, 'strong').verify(4);
    expect(result.judgement.verdict).toBe('refuted');
    const text = revisionText(result);
    expect(text).toContain('certified  wrong-form');
    expect(text).toContain('again: npx ufm-check search 4.2@strong --K 2 --d 2..3 --n 1..2 --trials');
  });

  it('is refuted whether or not a descent has met the violation: 4.1@literal', async () => {
    const { certify } = prepare(theorem41, 'literal');
    const found = await certify([]);
    expect(found).toMatchObject({ evidence: { refutation: { margin: '0' }, violation: { kind: 'wrong-form' } } });
  });

  it('is refuted where its value is wrong', async () => {
    const [frame] = theorem31.revisions[0]!.cases;
    const wrong = changed('wrong-value', { value: add(frame!.value, div(1, 10)) });
    expect((await prepare(wrong).verify(3)).judgement.verdict).toBe('refuted');
  });

  it('stays suspect outside of the vocabulary of certificates, and the report says why', async () => {
    // W = 2·√(nλ_H/λ_W)·H̄ᵀ, with the construction and the value as they were.
    const [frame] = theorem31.revisions[0]!.cases;
    const conclusions = frame!.conclusions.flatMap((x) =>
      x.id === 'NC3' ? [{ ...x, statement: equal(x.statement.left, mul(number(2), x.statement.right)) }] : [],
    );
    const wrong = changed('wrong-constant', { conclusions });
    const { judgement } = await prepare(wrong).verify(3);
    expect(judgement.verdict).toBe('suspect');
    expect(judgement.missing.join()).toContain('no certificate: none came of');
  });
});

describe('a theorem that is true', () => {
  // Hunts that go on to their end.
  const more: [string, Theorem, string][] = LONG ? [['4.1', theorem41, 'current']] : [];
  it.each<[string, Theorem, string]>([
    ...more,
    ['3.1', theorem31, 'current'],
    ['4.2@original at K = 2, short of the threshold', theorem42, 'original'],
  ])('is not refuted however it is accused: %s', async (_, accused, revision) => {
    const mu = accused === theorem31 ? {} : { mu: '0.1..0.4' };
    const { certify } = prepare(accused, revision, { ...mu, d: '2', n: '1' });
    const found = await certify([accused === theorem31 ? short : accusation]);
    expect(found).toMatchObject({ missing: expect.stringContaining('no certificate') as string });
  });

  it('is not put to a hunt that could certify nothing about it: 4.2@relaxed', async () => {
    const { certify } = prepare(theorem42, 'relaxed');
    expect(await certify([])).toBeUndefined();
    expect(await certify([accusation])).toEqual({ missing: 'no certificate: this claim is not in their vocabulary' });
  });
});
