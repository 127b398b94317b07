/** Who makes the claim that a certificate refutes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wrongLabels } from '../../src/cli/shipped-labels.js';
import { checkCertificate } from '../../src/exact/certificate/judge.js';
import { type Certificate, parseCertificate } from '../../src/exact/certificate/schema.js';
import { multiply, parseRational, rational, type Rational } from '../../src/exact/rational.js';
import { claimedThreshold } from '../../src/search/claimed-threshold.js';
import { type ClaimedViolation, claimedViolation } from '../../src/search/hunt/claimed.js';
import { claimedModel } from '../../src/search/claims.js';
import { whyNotClaimed } from '../../src/search/speaks-of.js';
import { add, div, leq, mul, pow } from '../../src/symbolic/build.js';
import { make } from '../../src/symbolic/node.js';
import type { Case, Revision } from '../../src/theorem/contract.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { SMALL } from '../check/run.js';

const gallery = (name: string): Certificate =>
  parseCertificate(
    readFileSync(new URL(`../../docs/counterexamples/${name}/certificate.json`, import.meta.url), 'utf8'),
  );

const of = ({ revisions }: { revisions: readonly Revision[] }, id = 'current'): Revision =>
  revisions.find((x) => x.id === id)!;

describe('a certificate', () => {
  const original = of(theorem42, 'original');

  it.each(['four-classes', 'ten-classes', 'above-threshold'])('%s refutes the original 4.2, and it alone', (name) => {
    expect(whyNotClaimed(original, gallery(name))).toBeUndefined();
    expect(whyNotClaimed(of(theorem42, 'strong'), gallery(name))).toBeUndefined();
    expect(whyNotClaimed(of(theorem42, 'relaxed'), gallery(name))).toContain('assumes more of the minimizer');
    expect(whyNotClaimed(of(theorem41), gallery(name))).toContain('another model');
    expect(whyNotClaimed(of(theorem31), gallery(name))).toContain('another model');
  });

  it('of a tie refutes the literal 4.1; the current one does not speak of the threshold', () => {
    expect(whyNotClaimed(of(theorem41, 'literal'), gallery('linear-ties'))).toBeUndefined();
    expect(whyNotClaimed(of(theorem41), gallery('linear-ties'))).toContain('hypotheses of the theorem do not hold');
  });

  it('refutes nothing where the hypotheses fail, nor in another form', () => {
    const six = gallery('six-classes');
    if (six.violation !== 'beaten') throw new Error(six.violation);
    const narrow = { ...six, problem: { ...six.problem, widths: [3, 3] } };
    expect(whyNotClaimed(original, narrow)).toContain('hypotheses');
    const { model } = six.claim;
    const etf = { model, form: 'simplex-etf', of: 'sigma(W1 H1)', collapsed: false } as const;
    expect(whyNotClaimed(original, { ...six, claim: etf })).toContain('does not claim this form');
    expect(whyNotClaimed(original, { ...six, claim: { model, form: 'zero' } })).toContain('does not claim this form');
  });
});

describe('every field of a claim is one that the theorem makes', () => {
  const model = { layers: 2, activation: 'relu', bias: 'none' } as const;
  const otherModels = [{ activation: 'linear' }, { bias: 'free' }, { bias: 'ridge' }, { layers: 1 }].map((x) => ({
    model: { ...model, ...x },
  }));
  const claims: readonly (readonly [string, readonly object[]])[] = [
    ['six-classes', [...otherModels, { form: 'simplex-etf' }, { of: 'H1' }, { of: 'W1 H1' }]],
    [
      'above-threshold',
      [
        ...otherModels,
        ...['1/100', '63/1000', '1/8', '1/15'].map((x) => ({ threshold: parseRational(x) })),
        { parameter: 'c' },
        { says: 'nonzero-below' },
      ],
    ],
    ['every-lambda', [...otherModels, { form: 'simplex-etf' }, { of: 'H1' }, { of: 'W1 H1' }, { form: 'zero' }]],
  ];

  it.each(claims)('%s', (name, changes) => {
    const certificate = gallery(name);
    const original = of(theorem42, 'original');
    expect(whyNotClaimed(original, certificate)).toBeUndefined();
    for (const change of changes) {
      const changed = { ...certificate, claim: { ...certificate.claim, ...change } } as Certificate;
      expect([change, whyNotClaimed(original, changed)]).toEqual([change, expect.any(String)]);
    }
  });

  it('a threshold of one layer, of two, and of nothing where the condition is another one', () => {
    const [frame, zero] = of(theorem31).cases as [Case, Case];
    const half = div(1, 2);
    const lowered: Revision = {
      ...of(theorem31),
      cases: [
        { ...frame, when: make({ ...frame.when, right: half } as typeof frame.when) },
        { ...zero, when: make({ ...zero.when, right: half } as typeof zero.when) },
      ],
    };
    const oneLayer = { layers: 1, activation: 'linear', bias: 'none' } as const;
    const sample = gallery('above-threshold');
    if (sample.violation !== 'wrong-threshold') throw new Error(sample.violation);
    const fourth = rational(1, 4);
    const problem = { ...oneLayer, K: 2, widths: [2], classSizes: [1, 1], lambda: { W: fourth, H: rational(1, 3) } };
    const accusing = (threshold: string, parameter: 'c' | 'kappa' = 'c'): Certificate => ({
      ...sample,
      problem,
      claim: { model: oneLayer, parameter, threshold: parseRational(threshold), says: 'zero-above' },
    });
    expect(whyNotClaimed(lowered, accusing('1/2'))).toBeUndefined();
    expect(whyNotClaimed(lowered, accusing('1/2', 'kappa'))).toContain('another threshold');
    expect(whyNotClaimed(lowered, accusing('1/3'))).toContain('another threshold');
    expect(whyNotClaimed(of(theorem31), accusing('1/2'))).toContain('another threshold');
  });

  it('a lemma at the sizes that its hypotheses allow, in its one revision', () => {
    const certificate = gallery('tirer-bruna-2022-lemma-relu-nuclear-norm');
    const named = (theorem: string, revision = 'current'): string | undefined =>
      wrongLabels({ ...certificate, theorem, revision });
    expect(named('tirer-bruna-2022/lemma:relu-nuclear-norm')).toBeUndefined();
    expect(named('tirer-bruna-2022/lemma:relu-nuclear-norm', 'nonsense')).toContain('no such revision');
    expect(named('tirer-bruna-2022/lemma:relu-nuclear-norm-thin')).toContain('says nothing of matrices of 3 x 3');
    expect(named('tirer-bruna-2022/lemma:schatten-hoelder')).toContain('something else');
  });

  it.each(['tirer-bruna-2022/4.2 ', 'Tirer-Bruna-2022/4.2', 'tirer-bruna-2022/4.1@current', ' tirer-bruna-2022/3.1'])(
    'refuses "%s", which could be taken for a shipped name',
    (theorem) => {
      expect(wrongLabels({ ...gallery('six-classes'), theorem })).toContain('could be taken for');
    },
  );
});

describe('thresholds', () => {
  it('are read off conditions on c and κ', () => {
    const sides = ({ cases, problem }: Revision): unknown => cases.map((x) => claimedThreshold(x, problem.spec)?.side);
    for (const theorem of [theorem31, theorem32, theorem41, theorem42]) {
      expect(sides(of(theorem, theorem === theorem42 ? 'original' : 'current'))).toEqual(['below', 'above']);
    }
    const [frame] = of(theorem31).cases as [Case];
    const { spec } = of(theorem31).problem;
    if (frame.when.kind !== 'leq') throw new Error(frame.when.kind);
    const c = frame.when.left;
    expect(claimedThreshold({ ...frame, when: leq(div(1, 2), c) }, spec)).toMatchObject({ side: 'above' });
    for (const other of [mul(2, c), pow(c, 2), add(c, 1)]) {
      expect(claimedThreshold({ ...frame, when: leq(other, 1) }, spec)).toBeUndefined();
    }
  });
});

/** What exact arithmetic finds at rational instances, with no descent. */
const known = (revision: Revision): ClaimedViolation | undefined =>
  claimedViolation(revision, SMALL, 1, {
    theorem: 'a/b',
    revision: revision.id,
    model: claimedModel(revision.problem.spec)!,
    provenance: new Map([['seed', 1]]),
  });

const changed = (revision: Revision, at: number, change: Partial<Case>): Revision => ({
  ...revision,
  cases: revision.cases.map((x, k) => (k === at ? { ...x, ...change } : x)),
});

describe('what is known without descents', () => {
  it.each([
    ['3.1', of(theorem31)],
    ['3.2', of(theorem32)],
    ['4.1', of(theorem41)],
  ])('is nothing where %s is true', (_, revision) => {
    expect(known(revision)).toBeUndefined();
  });

  const [frame, zero] = of(theorem31).cases as [Case, Case];
  const c = frame.when.kind === 'leq' ? frame.when.left : undefined!;
  const half = div(1, 2);
  it.each<readonly [string, Revision, string]>([
    ['a tie of another form', of(theorem42, 'strong'), 'wrong-form'],
    ['a claimed value that is too high', changed(of(theorem31), 0, { value: add(frame.value, half) }), 'beaten'],
    [
      'zero as the minimizer from c = 1/2 on',
      {
        ...of(theorem31),
        cases: [
          { ...frame, when: leq(c, half) },
          { ...zero, when: make({ ...zero.when, right: half } as typeof zero.when) },
        ],
      },
      'negative-curvature',
    ],
    [
      'frames up to κ = 1/10',
      (() => {
        const [low, high] = of(theorem41).cases as [Case, Case];
        const tenth = div(1, 10);
        const shifted = (when: Case['when']): Case['when'] => make({ ...when, right: tenth } as typeof when);
        const moved = (home: Case): Case => ({ ...home, when: shifted(home.when) });
        return { ...of(theorem41), cases: [moved(low), moved(high)] };
      })(),
      'wrong-threshold',
    ],
  ])('%s', (_, revision, violation) => {
    const found = known(revision);
    expect(found?.certified.violation).toBe(violation);
    expect(checkCertificate(found!.certified.text).accepted).toBe(true);
    const certificate = parseCertificate(found!.certified.text);
    expect(whyNotClaimed(revision, certificate)).toBeUndefined();
    for (const field of ['minimum', 'threshold']) {
      const number = (certificate.claim as unknown as Readonly<Record<string, Rational>>)[field];
      const changed = { ...certificate.claim, [field]: number && multiply(rational(2), number) };
      const other = { ...certificate, claim: changed } as Certificate;
      if (number !== undefined) expect(whyNotClaimed(revision, other)).toContain('another');
    }
  });
});
