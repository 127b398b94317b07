/** A whole verification of a lemma: its proof in words, exact and numeric tests, and a certificate if it is false. */
import * as M from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';
import { toText } from '../../symbolic/print.js';
import { type Instance, describeInstance, holdsAt } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { type LemmaRanges, drawLemmaInstances } from '../../theorem/lemma/draw.js';
import { lemmaName } from '../../theorem/lemma/registry.js';
import { verifyCommand } from '../command.js';
import { type Evidence, type Finding, mintEvidence } from '../evidence.js';
import { type Refutation, type Unrefuted, isRefutation, refute } from '../refutation.js';
import { claimOfLemma, inequalityCertificate } from './certify.js';
import { evaluateLemma, excess } from './evaluate.js';
import { exactAt } from './exact.js';
import { lemmaLayout } from './layout.js';
import { type LemmaJudgement, judgeLemma } from './judge.js';
import { constructed } from './points.js';
import { lemmaProof } from './proof.js';
import { type LemmaMeasurement, searchLemma } from './search.js';
import { type LemmaBreach, shrinkBreach } from './shrink.js';

export interface LemmaOptions {
  readonly ranges: LemmaRanges;
  /** Instances; never fewer than `LEAST_INSTANCES`. */
  readonly trials: number;
  readonly seed: number;
  readonly modulePath?: string;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface LemmaResult {
  readonly lemma: Lemma;
  readonly judgement: LemmaJudgement;
  readonly evidence: readonly Evidence[];
  readonly instances: number;
  /** Draws that it took to find them. */
  readonly drawn: number;
  readonly points: number;
  readonly interrupted: boolean;
}

/** Fewer would not meet what fails for few matrices only; they cost little. */
export const LEAST_INSTANCES = 40;

/** Instances at which the statement is tried in exact arithmetic. */
const EXACT_INSTANCES = 12;

/** How far a construction may be off, relative to its matrices: a few products of frames that are accurate to 1e-14. */
const CONSTRUCTION = 1e-12;

/** Verifies a lemma in this thread. */
export const verifyLemma = async (lemma: Lemma, options: LemmaOptions): Promise<LemmaResult> => {
  const { ranges, seed } = options;
  const identity = {
    target: lemmaName(lemma),
    seed,
    ...(options.modulePath === undefined ? {} : { modulePath: options.modulePath }),
  };
  const command = verifyCommand(identity);
  const proof = lemmaProof(lemma, command);
  const wanted = Math.max(LEAST_INSTANCES, options.trials);
  const { instances, drawn } = drawLemmaInstances(lemma, ranges, wanted, seed);

  const measured: LemmaMeasurement[] = [];
  let interrupted = false;
  for (const instance of instances) {
    // A turn of the event loop: signals and time limits are noticed.
    await new Promise((resolve) => setImmediate(resolve));
    interrupted = options.shouldStop?.() === true;
    if (interrupted) break;
    measured.push(searchLemma(lemma, instance, seed));
    options.onProgress?.(measured.length, instances.length);
  }
  const done = measured.map((x) => x.instance);
  const findings = [
    ...proof.findings,
    ...exactFindings(lemma, done.slice(0, EXACT_INSTANCES), seed, command),
    ...numericFindings(lemma, measured, seed, command),
    ...equalityFindings(lemma, done, seed, command),
  ];
  const evidence = findings.map(mintEvidence);
  return {
    lemma,
    judgement: judgeLemma(evidence, {
      proof: { holds: proof.holds, modulo: proof.modulo },
      instances: done.length,
      interrupted,
    }),
    evidence,
    instances: done.length,
    drawn,
    points: measured.reduce((sum, x) => sum + x.points, 0),
    interrupted,
  };
};

const exactFindings = (lemma: Lemma, instances: readonly Instance[], seed: number, reproduce: string): Finding[] => {
  const seen = instances.flatMap((instance, index) => {
    const verdict = exactAt(lemma, instance, seed, index);
    return verdict === undefined ? [] : [{ instance, verdict }];
  });
  if (seen.length === 0) return [];
  const base = {
    check: 'lemma-exact',
    method: 'exact',
    scope: { instances: seen.length },
    statement: 'the statement at rational matrices',
    reproduce,
  } as const;
  const broken = seen.find((x) => !x.verdict.holds);
  if (broken === undefined) return [{ ...base, outcome: 'pass' }];
  const { instance, verdict } = broken;
  return [
    {
      ...base,
      outcome: 'fail',
      detail: `${verdict.left} and ${verdict.right} at ${describeInstance(instance)}`,
      violation: {
        kind: 'inequality',
        instance,
        margin: `${verdict.left}, ${verdict.right}`,
        what: `${toText(lemma.statement)} is false at rational matrices`,
        reproduce,
      },
      witness: { instance, point: verdict.point, upper: verdict.left, lower: verdict.right },
    },
  ];
};

const tables = ({ layout, point, denominator }: LemmaBreach): Record<string, string[][]> =>
  Object.fromEntries(
    layout.slots.map(({ name, rows, cols, offset }) => [
      name,
      Array.from({ length: rows }, (_, i) =>
        Array.from({ length: cols }, (__, j) => {
          const entry = point[offset + i * cols + j] ?? 0;
          return denominator === undefined ? String(entry) : Q.format(Q.fromNumber(entry));
        }),
      ),
    ]),
  );

const numericFindings = (
  lemma: Lemma,
  measured: readonly LemmaMeasurement[],
  seed: number,
  reproduce: string,
): Finding[] => {
  const worst = measured.flatMap((x) => (x.worst === undefined ? [] : [{ instance: x.instance, ...x.worst }]));
  const [first] = worst;
  if (measured.length === 0) return [];
  const points = measured.reduce((sum, x) => sum + x.points, 0);
  const undecided = measured.reduce((sum, x) => sum + x.undecided, 0);
  const base = {
    check: 'lemma-numeric',
    method: 'numeric',
    scope: { instances: measured.length },
    statement: toText(lemma.statement),
    reproduce,
  } as const;
  if (first === undefined) {
    return [{ ...base, outcome: 'inconclusive', detail: 'the statement had no value at any matrices' }];
  }
  const closest = worst.reduce((a, b) => (excess(b) > excess(a) ? b : a), first);
  if (excess(closest) <= 1) {
    return [
      {
        ...base,
        outcome: 'pass',
        measured: Math.max(0, closest.breach),
        bound: closest.tolerance,
        detail: `${points} points${undecided === 0 ? '' : `, ${undecided} of them without a value`}`,
      },
    ];
  }
  // The smallest instance that breaks it is the easiest to shrink.
  const size = ({ K, n, d }: Instance): number => K * n * d;
  const hit = worst
    .filter((x) => excess(x) > 1)
    .reduce((a, b) => (size(b.instance) < size(a.instance) ? b : a), closest);
  const small = shrinkBreach(lemma, hit.instance, hit.at);
  const attempt = certified(lemma, small, seed, reproduce);
  const { gap, instance } = small;
  return [
    {
      ...base,
      outcome: 'fail',
      measured: gap.breach,
      bound: gap.tolerance,
      ...(isRefutation(attempt) ? { refutation: attempt } : {}),
      detail: isRefutation(attempt) ? attempt.sentence : `not certified: ${attempt.reason}`,
      violation: {
        kind: 'inequality',
        instance,
        ...(instance === hit.instance ? {} : { shrunkFrom: hit.instance }),
        margin: isRefutation(attempt)
          ? `${attempt.bound} > ${attempt.value}`
          : `${String(Number(gap.left.toPrecision(6)))}, ${String(Number(gap.right.toPrecision(6)))}`,
        what: `${toText(lemma.statement)} is false`,
        reproduce,
      },
      witness: { instance, point: tables(small), upper: String(gap.left), lower: String(gap.right) },
    },
  ];
};

/** The refutation that a small breach gives, or why there is none. */
const certified = (lemma: Lemma, small: LemmaBreach, seed: number, command: string): Refutation | Unrefuted => {
  const claim = claimOfLemma(lemma);
  const [slot] = small.layout.slots;
  if (claim === undefined || slot === undefined) return { reason: 'certificates have no words for this statement' };
  if (small.denominator === undefined) return { reason: 'no matrices of few digits were found' };
  const X = M.exactMatrix(slot.rows, slot.cols, Array.from(small.point, Q.fromNumber));
  const text = inequalityCertificate(lemma, claim, X, { seed, command });
  if (text === undefined) return { reason: 'no rational witnesses were found' };
  return refute(text, (certificate) => {
    const same =
      certificate.violation === 'inequality' &&
      certificate.claim.left === claim.left &&
      certificate.claim.right === claim.right;
    if (!same) return 'the certificate speaks of another inequality';
    const shape = certificate.X.rows === slot.rows && certificate.X.cols === slot.cols;
    return shape && lemma.hypotheses.every((x) => holdsAt(x, small.instance))
      ? undefined
      : 'the hypotheses do not allow a matrix of this shape';
  });
};

const equalityFindings = (lemma: Lemma, instances: readonly Instance[], seed: number, reproduce: string): Finding[] =>
  (lemma.equality ?? []).map(({ title, at }): Finding => {
    const base = {
      check: 'lemma-equality',
      part: title,
      method: 'numeric',
      statement: `equality: ${title}`,
      reproduce,
    } as const;
    const seen = instances.flatMap((instance) => {
      const layout = lemmaLayout(lemma, instance);
      const point = constructed(lemma, at, instance, layout, seed, 0);
      const gap = point === undefined ? undefined : evaluateLemma(lemma, instance, layout, point, CONSTRUCTION);
      return gap === undefined ? [] : [{ instance, measured: Math.abs(gap.breach), bound: gap.tolerance }];
    });
    const [first] = seen;
    if (first === undefined) {
      return { ...base, scope: { instances: 0 }, outcome: 'inconclusive', detail: 'the construction fits nowhere' };
    }
    const worst = seen.reduce((a, b) => (b.measured * a.bound > a.measured * b.bound ? b : a), first);
    const { instance, measured, bound } = worst;
    const figures = { scope: { instances: seen.length }, measured, bound };
    if (measured <= bound) return { ...base, ...figures, outcome: 'pass' };
    return {
      ...base,
      ...figures,
      outcome: 'fail',
      detail: `the sides differ by ${measured.toExponential(2)} at ${describeInstance(instance)}`,
      violation: {
        kind: 'inequality',
        instance,
        margin: measured.toExponential(3),
        what: `no equality: ${title}`,
        reproduce,
      },
    };
  });

