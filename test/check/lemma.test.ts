/** Lemmas: their verdicts, what they rest on, and what does not load. */
import { describe, expect, it } from 'vitest';
import { lemmaRanges } from '../../src/cli/instance-options.js';
import { certifiedEvidence } from '../../src/check/certified.js';
import { mintEvidence } from '../../src/check/evidence.js';
import { judgeLemma } from '../../src/check/lemma/judge.js';
import { type LemmaResult, verifyLemma } from '../../src/check/lemma/verify.js';
import { type Refutation, isRefutation, refute } from '../../src/check/refutation.js';
import { type Judgement, judgeRevision } from '../../src/check/verdict.js';
import { checkCertificate } from '../../src/exact/certificate/judge.js';
import * as M from '../../src/exact/matrix.js';
import { rational } from '../../src/exact/rational.js';
import { compareThinNuclearNorms } from '../../src/exact/thin.js';
import { nuclearNorm } from '../../src/numeric/dense.js';
import { createStream } from '../../src/numeric/random.js';
import { lemmaStatementLatex, lemmaStatementText, lemmaText } from '../../src/report/lemma.js';
import { block, frame, leq, lt, mul, nuclearNorm as norm, symbol } from '../../src/symbolic/build.js';
import type { Lemma } from '../../src/theorem/lemma/contract.js';
import { lemma, lemmaFingerprint } from '../../src/theorem/lemma/define.js';
import { findLemma, lemmaRegistry } from '../../src/theorem/lemma/registry.js';
import * as modules from '../../theorems/tirer-bruna-2022/lemmas.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { LONG } from '../effort.js';

const shipped: readonly Lemma[] = Object.values(modules);

const examine = (of: Lemma, seed = 2, sizes?: Partial<Record<'K' | 'n' | 'd', string>>): Promise<LemmaResult> => {
  const ranges = lemmaRanges(of, { lambdas: {}, ...sizes }, sizes !== undefined);
  const least = of === modules.reluNuclearNorm ? {} : { least: 8 };
  return verifyLemma(of, { ranges, trials: 1, seed, ...least });
};

describe('the lemmas of the paper', () => {
  it.each(shipped.map((x) => [x.id, x] as const))('%s: as expected, twice the same', async (_, each) => {
    const first = await examine(each);
    expect(first.judgement.verdict).toBe(each.expected);
    expect(first.judgement.missing).toEqual([]);
    expect(lemmaText(first)).toContain(`✔ lemma:${each.id}`);
    if (LONG) expect(lemmaText(await examine(each))).toBe(lemmaText(first));
  });

  it('say which textbook facts a proof rests on', async () => {
    expect((await examine(modules.ridgeElimination)).judgement.modulo).toEqual([]);
    expect((await examine(modules.pinching)).judgement.modulo).toEqual([
      'singular value decomposition',
      'duality of the nuclear and the spectral norm',
    ]);
  });

  it('are printed with their proofs', () => {
    expect(lemmaStatementText(modules.pinching)).toContain('‖A Π_c‖_* ≤ ‖A‖_*');
    expect(lemmaStatementText(modules.pinching)).toContain('then right − left = 0');
    expect(lemmaStatementLatex(modules.reluNuclearNorm)).toContain('\\left\\|X\\right\\|_{*}');
  });
});

describe('the false lemma', () => {
  const seeds = LONG ? Array.from({ length: 20 }, (_, k) => k + 1) : [1, 7];
  it.each(seeds)('is refuted at seed %i by a small integer matrix that it finds itself', async (seed) => {
    const { judgement, evidence } = await examine(modules.reluNuclearNorm, seed);
    if (judgement.verdict !== 'refuted') throw new Error(judgement.verdict);
    expect(checkCertificate(judgement.refutation.certificate).accepted).toBe(true);
    const X = evidence.find((x) => x.refutation !== undefined)?.witness?.point['X'] ?? [];
    expect([X.length, X[0]?.length]).toEqual([3, 3]);
    for (const entry of X.flat()) expect(Math.abs(Number(entry))).toBeLessThanOrEqual(4);
    for (const entry of X.flat()) expect(Number.isInteger(Number(entry))).toBe(true);
  });

  it('is not accused where it is true', async () => {
    expect((await examine(modules.reluNuclearNorm, 1, { K: '1..2', n: '1..1' })).judgement.verdict).toBe('upheld');
  });
});

describe('two rows or columns', () => {
  it('have nuclear norms that are compared exactly', () => {
    const stream = createStream('thin');
    for (let k = 0; k < 300; k++) {
      const [rows, cols] = k % 2 === 0 ? [2, stream.integer(1, 4)] : [stream.integer(1, 4), stream.integer(1, 2)];
      const draw = () => M.map(M.zeros(rows, cols), () => rational(stream.integer(-3, 3)));
      const [X, Y] = [draw(), draw()];
      const value = ({ entries }: M.ExactMatrix) =>
        nuclearNorm(rows, cols, Float64Array.from(entries, (x) => Number(x.numerator)));
      const difference = value(X) - value(Y);
      expect(compareThinNuclearNorms(X, Y)).toBe(Math.abs(difference) < 1e-9 ? 0 : Math.sign(difference));
      expect(compareThinNuclearNorms(X, X)).toBe(0);
    }
    expect(() => compareThinNuclearNorms(M.identity(3), M.identity(3))).toThrow('more than two');
  });

  it('bear the lemma out at every 2 × 2 matrix of small integers', () => {
    const largest = LONG ? 4 : 2;
    const entries = Array.from({ length: 2 * largest + 1 }, (_, k) => rational(k - largest));
    const pairs = entries.flatMap((a) => entries.map((b) => [a, b] as const));
    const rows = pairs.flatMap((top) => pairs.map((bottom) => M.exactMatrix(2, 2, [...top, ...bottom])));
    expect(rows.every((X) => compareThinNuclearNorms(M.relu(X), X) <= 0)).toBe(true);
  });
});

describe('a refutation', () => {
  const [revision] = theorem31.revisions;
  const finding = {
    check: 'c',
    method: 'exact',
    scope: { instances: 1 },
    outcome: 'fail',
    statement: 's',
    reproduce: 'r',
  } as const;
  const run = { instances: 1, uncovered: [], interrupted: false };

  it('cannot be written by hand, nor had for a certificate that is rejected or speaks of something else', async () => {
    const { judgement } = await examine(modules.reluNuclearNorm, 1);
    if (judgement.verdict !== 'refuted' || revision === undefined) throw new Error(judgement.verdict);
    const { certificate } = judgement.refutation;
    const made = refute(certificate, () => undefined);
    expect(isRefutation(made)).toBe(true);
    expect(refute(certificate, () => 'another claim')).toEqual({ reason: 'another claim' });
    expect(isRefutation(refute(certificate.replace('"value": "', '"value": "1'), () => undefined))).toBe(false);
    const forged = { ...judgement.refutation } as Refutation;
    const by = (refutation: Refutation) => judgeRevision(revision, [mintEvidence({ ...finding, refutation })], run);
    expect(by(forged).verdict).toBe('suspect');
    expect(by(judgement.refutation).verdict).toBe('refuted');
    // A broken proof refutes nothing.
    const aboutProof = mintEvidence({ ...finding, aboutProof: true, refutation: judgement.refutation });
    expect(judgeRevision(revision, [aboutProof], run).verdict).not.toBe('refuted');
    // @ts-expect-error a refuted verdict without its refutation
    const impossible: Judgement = { verdict: 'refuted', proof: { status: 'untested' }, violations: [], missing: [] };
    expect(impossible.verdict).toBe('refuted');
  });

  it('may come from a certificate that was made elsewhere', async () => {
    const { judgement } = await examine(modules.reluNuclearNorm, 1);
    if (judgement.verdict !== 'refuted' || revision === undefined) throw new Error(judgement.verdict);
    const claim = {
      statement: 's',
      instance: { K: 3, n: 1, d: 3, lambda: {} },
      kind: 'inequality',
      reproduce: 'r',
    } as const;
    const { certificate } = judgement.refutation;
    const evidence = certifiedEvidence(certificate, { ...claim, speaksOf: () => undefined });
    if ('reason' in evidence) throw new Error(evidence.reason);
    expect(judgeRevision(revision, [evidence], run).verdict).toBe('refuted');
    expect(certifiedEvidence(certificate, { ...claim, speaksOf: () => 'no' })).toEqual({ reason: 'no' });
    expect(certifiedEvidence('{}', { ...claim, speaksOf: () => undefined })).toHaveProperty('reason');
  });

  it('is needed: evidence that nobody minted is not counted', () => {
    const fake = [finding] as unknown as Parameters<typeof judgeLemma>[0];
    const proof = { holds: false, modulo: [] };
    expect(() => judgeLemma(fake, { proof, instances: 1, interrupted: false })).toThrow('minted');
  });
});

describe('a lemma does not load', () => {
  const good = modules.variationalForm;
  const X = block('X', 'd', 'N');
  it.each([
    ['with a verdict of its own', { verdict: 'proved' }, 'unknown field "verdict"'],
    ['with a capital in its id', { id: 'Bad' }, 'lower-case'],
    ['with a strict inequality', { statement: lt(1, 2) }, 'leq, eq or equal'],
    ['with a matrix that it does not list', { statement: leq(norm(X), 1), proof: undefined }, 'mentions X'],
    ['with a number that it does not list', { statement: leq(symbol('q', 'generator'), 1) }, 'q is not declared'],
    ['with a hypothesis on a matrix', { hypotheses: [leq(norm(good.matrices[0]!), 1)] }, 'mentions a matrix'],
    ['with two things of one name', { matrices: [good.matrices[0]!, good.matrices[0]!] }, 'two things are called U'],
    ['with half of an equality', { equality: [{ title: 't', at: { blocks: {} } }] }, 'equality (t): give U'],
    [
      'with frames in its proof that are no singular vectors',
      { proof: { squares: { a: { coefficient: mul(1, 1), of: frame('F', 'd', 'r') } } } },
      'the frame F is not declared',
    ],
  ])('%s', (_, change, message) => {
    expect(() => lemma({ ...good, ...change } as unknown as Lemma)).toThrow(message);
  });

  it('twice, nor is found under a wrong or short name that means two', () => {
    expect(() => lemmaRegistry([good, good])).toThrow('two lemmas are called');
    const registry = lemmaRegistry(shipped);
    expect(findLemma(registry, 'lemma:pinching')).toBe(modules.pinching);
    expect(findLemma(registry, 'tirer-bruna-2022/lemma:pinching')).toBe(modules.pinching);
    expect(() => findLemma(registry, 'lemma:pinch')).toThrow('there is no "lemma:pinch"');
  });

  it('under another fingerprint when only its proof changes', () => {
    const { proof: _, ...bare } = good;
    expect(lemmaFingerprint(lemma(bare))).toBe(lemmaFingerprint(good));
    expect(lemmaFingerprint(modules.weightedVariationalForm)).not.toBe(lemmaFingerprint(good));
  });
});
