/** From evidence to a verdict, and to the status of the proof. Nothing else enters. */
import type { Revision } from '../theorem/contract.js';
import { isProvedByChain } from './claim/chain-proof.js';
import { type Evidence, type Violation, requireMinted } from './evidence.js';
import { type Refutation, isRefutation } from './refutation.js';

/** What a claim has earned. `refuted` takes a certificate that the exact checker has accepted: see `Judgement`. */
export type Verdict = 'proved' | 'upheld' | 'refuted' | 'suspect' | 'vacuous' | 'inconclusive';

/**
 * What is known of the proof that the module writes down: `holds`, shown for all parameters; `tested`, every step of
 * the chain of every case held wherever it was tried, which proves nothing; `broken`, at a part or step.
 */
export type ProofStatus =
  | { readonly status: 'holds' }
  | { readonly status: 'tested' }
  | { readonly status: 'broken'; readonly at: string }
  | { readonly status: 'untested' };

interface Grounds {
  readonly proof: ProofStatus;
  readonly violations: readonly Violation[];
  /** Why the verdict is not better. */
  readonly missing: readonly string[];
}

/** A verdict with its grounds. The types allow no `refuted` without a refutation, which only `refute` can make. */
export type Judgement = Grounds &
  (
    | { readonly verdict: Exclude<Verdict, 'refuted'> }
    | { readonly verdict: 'refuted'; readonly refutation: Refutation }
  );

/** The textbook facts that a proof of these cases rests on: cited, not shown. */
export const citedBy = (evidence: readonly Evidence[]): string[] => [
  ...new Set(evidence.flatMap((x) => x.cites ?? [])),
];

/**
 * The verdict on evidence that contradicts the statement: `refuted` where some of it carries a certificate, otherwise
 * `suspect`; undefined where nothing contradicts it.
 */
export const accusation = (evidence: readonly Evidence[], grounds: Grounds): Judgement | undefined => {
  const accusing = evidence.filter((x) => x.outcome === 'fail' && x.aboutProof !== true);
  if (accusing.length === 0) return undefined;
  const refutation = accusing.map((x) => x.refutation).find(isRefutation);
  return refutation === undefined ? { verdict: 'suspect', ...grounds } : { verdict: 'refuted', refutation, ...grounds };
};

/** The checks without which nothing is called proved. */
const SQUARES_PARTS = ['symbolic-stationarity', 'symbolic-value', 'identity', 'signs', 'attainment', 'equality'];

const name = ({ check, part }: Evidence): string => (part === undefined ? check : `${check} (${part})`);

/** What was left open, each reason once with the checks that give it. */
const openQuestions = (evidence: readonly Evidence[]): string[] => {
  const byReason = new Map<string, string[]>();
  for (const x of evidence.filter(({ outcome }) => outcome === 'inconclusive')) {
    const reason = x.detail ?? 'inconclusive';
    byReason.set(reason, [...(byReason.get(reason) ?? []), name(x)]);
  }
  return [...byReason].map(([reason, checks]) => `${[...new Set(checks)].join(', ')}: ${reason}`);
};

/** The steps of a written chain are tried, not shown: they speak of the proof's status alone, never of the verdict. */
const isStep = ({ check }: Evidence): boolean => check === 'chain';

/** The same where a chain of inequalities takes the place of squares. */
const CHAIN_PARTS = ['symbolic-stationarity', 'symbolic-value', 'chain-steps', 'chain-equality'];

/** Whether sums of squares, or chains of lemmas, prove every case: the one thing that makes a verdict `proved`. */
const isProved = (revision: Revision, evidence: readonly Evidence[]): boolean => {
  const parts = evidence.filter((x) => x.aboutProof === true && !isStep(x));
  const has = (id: string, part: string): boolean =>
    evidence.some((x) => x.check === id && x.part === part && x.outcome === 'pass');
  const covered = revision.cases.every(
    (c) =>
      (c.proof !== undefined && SQUARES_PARTS.every((id) => has(id, c.id))) ||
      (isProvedByChain(c) && CHAIN_PARTS.every((id) => has(id, c.id))),
  );
  const sound = parts.every((x) => x.outcome === 'pass');
  // Without a parametrisation the λ's are generators themselves; with one, its reach is part of the proof.
  const reach =
    revision.parametrisation === undefined ||
    evidence.some((x) => x.check === 'parametrisation' && x.outcome === 'pass');
  const partition = evidence.some((x) => x.check === 'cases' && x.outcome === 'pass');
  return covered && partition && reach && sound;
};

const proofStatus = (revision: Revision, evidence: readonly Evidence[]): ProofStatus => {
  const broken = evidence.find((x) => x.aboutProof === true && x.outcome === 'fail');
  if (broken !== undefined) return { status: 'broken', at: name(broken) };
  if (isProved(revision, evidence)) return { status: 'holds' };
  const held = (id: string): boolean => evidence.some((x) => isStep(x) && x.part === id && x.outcome === 'pass');
  return { status: revision.cases.every((c) => held(c.id)) ? 'tested' : 'untested' };
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
    /** No check was asked for: nothing is said of the theorem, not even that its hypotheses are met by nothing. */
    readonly unasked?: boolean;
    /** Why what contradicts the statement has no certificate, where one was looked for. */
    readonly uncertified?: string;
    /** Descents that ended below the claimed value, by no more than breaking a hypothesis is said to gain. */
    readonly priced?: number;
    /** Those of them that meet the hypothesis to within rounding, where its price is not 0. */
    readonly againstPrice?: number;
    /** The checks that the user picked, where not all ran. */
    readonly only?: readonly string[];
  },
): Judgement => {
  requireMinted(evidence);
  const proof = proofStatus(revision, evidence);
  const violations = evidence.flatMap((x) => (x.violation === undefined ? [] : [x.violation]));
  const missing = [
    ...(run.interrupted ? ['the run was interrupted'] : []),
    ...(run.only === undefined ? [] : [`only these checks ran: ${run.only.join(', ')}`]),
    ...(run.uncertified === undefined ? [] : [run.uncertified]),
    ...run.uncovered.map((x) => `no instance for ${x}`),
    ...openQuestions(evidence.filter((x) => !isStep(x))),
    // A price is part of the claim: what it excuses is excused once it is proved.
    ...((run.priced ?? 0) > 0 && !isProved(revision, evidence)
      ? [
          `${run.priced ?? 0} descents end below the claimed minimum, at a price that is not proved` +
            ((run.againstPrice ?? 0) === 0
              ? ''
              : `, and at ${run.againstPrice ?? 0} of these ends the hypothesis holds to within rounding`),
        ]
      : []),
  ];
  const accused = accusation(evidence, { proof, violations, missing });
  if (accused !== undefined) return accused;
  if (run.instances === 0 && !run.interrupted && run.unasked !== true) {
    return { verdict: 'vacuous', proof, violations, missing: ['no instance met the hypotheses', ...missing] };
  }
  if (evidence.length === 0 || missing.length > 0) {
    return { verdict: 'inconclusive', proof, violations, missing: missing.length > 0 ? missing : ['no check ran'] };
  }
  const measured = evidence.some((x) => x.method !== 'symbolic' && x.aboutProof !== true && x.outcome === 'pass');
  if (!measured) return { verdict: 'inconclusive', proof, violations, missing: ['no instance was measured'] };
  return { verdict: isProved(revision, evidence) ? 'proved' : 'upheld', proof, violations, missing };
};
