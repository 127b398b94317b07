/** From evidence to a verdict, and to the status of the proof. Nothing else enters. */
import type { Revision } from '../theorem/contract.js';
import { type Evidence, type Violation, requireMinted } from './evidence.js';

/**
 * What a revision has earned. `refuted` is absent on purpose: it takes an exact certificate that the independent
 * checker has accepted, and nothing here can make one.
 */
export type Verdict = 'proved' | 'upheld' | 'suspect' | 'vacuous' | 'inconclusive';

export type ProofStatus =
  { readonly status: 'holds' } | { readonly status: 'broken'; readonly at: string } | { readonly status: 'untested' };

export interface Judgement {
  readonly verdict: Verdict;
  readonly proof: ProofStatus;
  readonly violations: readonly Violation[];
  /** Why the verdict is not better. */
  readonly missing: readonly string[];
}

/** The checks without which nothing is called proved. */
const PROOF_PARTS = ['symbolic-stationarity', 'symbolic-value', 'identity', 'signs', 'attainment', 'equality'];

const name = ({ check, part }: Evidence): string => (part === undefined ? check : `${check} (${part})`);

/** What was left open, each reason once with the checks that give it. */
const openQuestions = (evidence: readonly Evidence[]): string[] => {
  const byReason = new Map<string, string[]>();
  for (const x of evidence.filter(({ outcome }) => outcome === 'inconclusive')) {
    const reason = x.detail ?? 'inconclusive';
    byReason.set(reason, [...(byReason.get(reason) ?? []), name(x)]);
  }
  return [...byReason].map(([reason, checks]) => `${checks.join(', ')}: ${reason}`);
};

const proofStatus = (revision: Revision, evidence: readonly Evidence[]): ProofStatus => {
  const parts = evidence.filter((x) => x.aboutProof === true);
  const broken = parts.find((x) => x.outcome === 'fail');
  if (broken !== undefined) return { status: 'broken', at: name(broken) };
  if (revision.cases.some((c) => c.proof === undefined)) return { status: 'untested' };
  const covered = revision.cases.every((c) =>
    PROOF_PARTS.every((id) => evidence.some((x) => x.check === id && x.part === c.id && x.outcome === 'pass')),
  );
  const open = parts.some((x) => x.outcome !== 'pass');
  // Without a parametrisation the λ's are generators themselves; with one, its reach is part of the proof.
  const reach =
    revision.parametrisation === undefined ||
    evidence.some((x) => x.check === 'parametrisation' && x.outcome === 'pass');
  return covered && reach && !open ? { status: 'holds' } : { status: 'untested' };
};

/**
 * `instances` is the number that met the hypotheses; `uncovered` names what the ranges could reach and the draws did
 * not.
 */
export const judgeRevision = (
  revision: Revision,
  evidence: readonly Evidence[],
  run: {
    readonly instances: number;
    readonly uncovered: readonly string[];
    readonly interrupted: boolean;
    /** The checks that the user picked, where not all ran. */
    readonly only?: readonly string[];
  },
): Judgement => {
  requireMinted(evidence);
  const proof = proofStatus(revision, evidence);
  const violations = evidence.flatMap((x) => (x.violation === undefined ? [] : [x.violation]));
  const accusing = evidence.filter((x) => x.outcome === 'fail' && x.aboutProof !== true);
  const missing = [
    ...(run.interrupted ? ['the run was interrupted'] : []),
    ...(run.only === undefined ? [] : [`only these checks ran: ${run.only.join(', ')}`]),
    ...run.uncovered.map((x) => `no instance for ${x}`),
    ...openQuestions(evidence),
  ];
  if (accusing.length > 0) return { verdict: 'suspect', proof, violations, missing };
  if (run.instances === 0 && !run.interrupted) {
    return { verdict: 'vacuous', proof, violations, missing: ['no instance met the hypotheses', ...missing] };
  }
  if (evidence.length === 0 || missing.length > 0) {
    return { verdict: 'inconclusive', proof, violations, missing: missing.length > 0 ? missing : ['no check ran'] };
  }
  const measured = evidence.some((x) => x.method !== 'symbolic' && x.outcome === 'pass');
  if (!measured) return { verdict: 'inconclusive', proof, violations, missing: ['no instance was measured'] };
  return { verdict: proof.status === 'holds' ? 'proved' : 'upheld', proof, violations, missing };
};
