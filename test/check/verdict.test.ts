/** From evidence to verdicts: nothing is green by default. */
import { describe, expect, it } from 'vitest';
import { type Evidence, type Finding, mintEvidence, requireMinted } from '../../src/check/evidence.js';
import { judgeRevision } from '../../src/check/verdict.js';
import type { Revision } from '../../src/theorem/contract.js';
import * as api from '../../src/index.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';

const [revision] = theorem31.revisions as [Revision];
const run = { instances: 10, uncovered: [], interrupted: false };

const finding = (check: string, change: Partial<Finding> = {}): Finding => ({
  check,
  method: 'symbolic',
  scope: 'all-parameters',
  outcome: 'pass',
  statement: 's',
  reproduce: 'r',
  ...change,
});

const proofParts = ['symbolic-stationarity', 'symbolic-value', 'identity', 'signs', 'attainment', 'equality'];
const complete = (change: (part: Finding) => Partial<Finding> = () => ({})): Evidence[] =>
  [
    finding('cases'),
    finding('parametrisation', { aboutProof: true }),
    ...revision.cases.flatMap((c) => proofParts.map((check) => finding(check, { part: c.id }))),
    finding('numeric-stationarity', { method: 'numeric', scope: { instances: 10 } }),
  ].map((x) => mintEvidence({ ...x, ...change(x) }));

describe('verdicts', () => {
  it('proved takes every part of every case, and measurements that agree', () => {
    expect(judgeRevision(revision, complete(), run).verdict).toBe('proved');
    for (const check of [...proofParts, 'cases', 'parametrisation']) {
      const without = complete().filter((x) => x.check !== check);
      expect(judgeRevision(revision, without, run).verdict, check).toBe('upheld');
    }
    const unmeasured = complete().filter((x) => x.method === 'symbolic');
    expect(judgeRevision(revision, unmeasured, run).verdict).toBe('inconclusive');
  });

  it('a broken proof leaves the statement alone', () => {
    const evidence = complete((x) => (x.check === 'identity' ? { outcome: 'fail', aboutProof: true } : {}));
    const { verdict, proof } = judgeRevision(revision, evidence, run);
    expect([verdict, proof.status]).toEqual(['upheld', 'broken']);
  });

  it('a measured violation is a suspicion, whatever the proof says', () => {
    const evidence = complete((x) => (x.method === 'numeric' ? { outcome: 'fail' } : {}));
    expect(judgeRevision(revision, evidence, run).verdict).toBe('suspect');
  });

  it.each([
    ['no evidence', [] as Evidence[], run],
    ['an uncovered stratum', complete(), { ...run, uncovered: ['frame: c = 1'] }],
    ['an interruption', complete(), { ...run, interrupted: true }],
    ['an open check', complete((x) => (x.method === 'numeric' ? { outcome: 'inconclusive' } : {})), run],
  ])('%s is inconclusive', (_, evidence, how) => {
    const { verdict, missing } = judgeRevision(revision, evidence, how);
    expect(verdict).toBe('inconclusive');
    expect(missing.length).toBeGreaterThan(0);
  });

  it('hypotheses that nothing meets are vacuous', () => {
    expect(judgeRevision(revision, complete(), { ...run, instances: 0 }).verdict).toBe('vacuous');
  });
});

describe('a written chain', () => {
  const step = (change: Partial<Finding>): Evidence =>
    mintEvidence(
      finding('chain', { method: 'numeric', scope: { instances: 10 }, part: 'frame', aboutProof: true, ...change }),
    );

  it('with a broken step leaves a theorem proved by its squares, and says where the chain breaks', () => {
    const evidence = [...complete(), step({ outcome: 'fail', part: 'frame: step 2, B1 ≥ B2' })];
    const { verdict, proof, violations } = judgeRevision(revision, evidence, run);
    expect([verdict, violations]).toEqual(['proved', []]);
    expect(proof).toEqual({ status: 'broken', at: 'chain (frame: step 2, B1 ≥ B2)' });
  });

  it('that is open decides nothing, and one that holds proves nothing', () => {
    expect(judgeRevision(revision, [...complete(), step({ outcome: 'inconclusive' })], run).verdict).toBe('proved');
    const squareless = complete().filter((x) => x.check !== 'identity');
    const tried = [...squareless, ...revision.cases.map((c) => step({ part: c.id }))];
    expect(judgeRevision(revision, tried, run)).toMatchObject({ verdict: 'upheld', proof: { status: 'tested' } });
    expect(judgeRevision(revision, squareless, run).proof.status).toBe('untested');
    // Nor does a chain count as a measurement of the statement.
    const symbolic = complete().filter((x) => x.method === 'symbolic');
    expect(judgeRevision(revision, [...symbolic, step({})], run).verdict).toBe('inconclusive');
  });
});

describe('evidence', () => {
  it('counts only when a check has minted it', () => {
    const forged = { ...finding('identity') } as unknown as Evidence;
    expect(() => {
      requireMinted([forged]);
    }).toThrow(/no check has minted/);
    expect(() => judgeRevision(revision, [...complete(), forged], run)).toThrow(/no check has minted/);
  });

  it('cannot be minted through the public API', () => {
    expect(Object.keys(api)).not.toContain('mintEvidence');
  });
});
