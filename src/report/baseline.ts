/**
 * What a baseline keeps of a result, and how two such records differ. Records are small and stable: claims as text,
 * verdicts, outcomes and counts, and of measured figures only how many powers of ten they stay below their bound.
 */
import type { Evidence } from '../check/evidence.js';
import type { LemmaResult } from '../check/lemma/verify.js';
import type { RevisionResult } from '../check/verify.js';
import { toText } from '../symbolic/print.js';
import { fullId } from '../theorem/contract.js';
import { statementFingerprint } from '../theorem/define.js';
import { describeInstance } from '../theorem/instance.js';
import { fullLemmaId } from '../theorem/lemma/contract.js';
import { lemmaFingerprint } from '../theorem/lemma/define.js';

/** One value under a name that says what it is: the names are what a difference is reported by. */
type Facts = Readonly<Record<string, string>>;

/** How a claim is examined. */
export interface BaselineRun {
  /** What was asked for, seed, trials and the ranges that were given: only runs of the same kind are compared. */
  readonly run: string;
  /** The other ranges, by name: they follow from the statement, and a change of it may change them. */
  readonly ranges: Facts;
}

export interface BaselineRecord extends BaselineRun {
  /** The version of ufm-check: only records of the same are compared. */
  readonly version: string;
  /** The file of the user's own that the claim is from; none for what is shipped. */
  readonly module?: string;
  readonly fingerprint: string;
  readonly verdict: string;
  readonly proof: string;
  /** Hypotheses, values and conclusions as text. */
  readonly statement: Facts;
  /** Outcomes by check: `12 pass, 1 fail`. */
  readonly checks: Facts;
  /** Steps of written proofs: `holds` or `broken`. */
  readonly steps: Facts;
  /** `needed`, `not needed` or `unknown`, by hypothesis. */
  readonly necessity: Facts;
  /** Instances by part of the parameters. */
  readonly coverage: Facts;
  readonly figures: Facts;
}

export interface Difference {
  readonly claim: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

const outcomes = (evidence: readonly Evidence[]): Facts => {
  const ids = [...new Set(evidence.map((x) => x.check))];
  return Object.fromEntries(
    ids.map((id) => {
      const of = evidence.filter((x) => x.check === id);
      const count = (outcome: Evidence['outcome']): string[] => {
        const many = of.filter((x) => x.outcome === outcome).length;
        return many === 0 ? [] : [`${many} ${outcome}`];
      };
      return [id, [...count('pass'), ...count('fail'), ...count('inconclusive')].join(', ')];
    }),
  );
};

/** How far a figure stays below its bound, in whole powers of ten. */
const room = ({ measured = 0, bound = 0 }: Evidence): string =>
  measured === 0 ? 'zero' : `below its bound by 10^${Math.floor(Math.log10(bound / measured))}`;

const figures = (evidence: readonly Evidence[]): Facts =>
  Object.fromEntries(
    evidence.flatMap((x): [string, string][] => {
      const name = x.part === undefined ? x.check : `${x.check} (${x.part})`;
      if (x.violation !== undefined) {
        const { kind, margin, instance } = x.violation;
        return [[`${name}, ${kind}`, `${margin} at ${describeInstance(instance)}`]];
      }
      if (x.method !== 'numeric' || x.outcome !== 'pass' || x.measured === undefined) return [];
      return [[name, room(x)]];
    }),
  );

const proofText = (proof: RevisionResult['judgement']['proof']): string =>
  proof.status === 'broken' ? `broken at ${proof.at}` : proof.status;

/** The key of a revision in the lock file: `tirer-bruna-2022/4.2@relaxed`. */
export const recordName = ({ theorem, revision }: RevisionResult['target']): string =>
  `${fullId(theorem)}@${revision.id}`;

/** What is kept of the verification of a revision. */
export const revisionRecord = (result: RevisionResult, version: string, run: BaselineRun): BaselineRecord => {
  const { revision } = result.target;
  const { verdict, proof } = result.judgement;
  const ends = Object.values(result.landing).reduce<Record<string, number>>((sum, row) => {
    for (const [end, count] of Object.entries(row)) sum[end] = (sum[end] ?? 0) + count;
    return sum;
  }, {});
  return {
    version,
    ...run,
    fingerprint: statementFingerprint(revision).slice(0, 12),
    verdict: result.modulo.length === 0 ? verdict : `${verdict} modulo ${result.modulo.join(', ')}`,
    proof: proofText(proof),
    statement: Object.fromEntries([
      ...revision.hypotheses.map((x): [string, string] => [`hypothesis ${toText(x)}`, 'assumed']),
      ...(revision.ofMinimizer ?? []).map((x): [string, string] => [`hypothesis (${x.id})`, toText(x.statement)]),
      ...revision.cases.flatMap((c): [string, string][] => [
        [`case ${c.id}`, toText(c.when)],
        [`value, case ${c.id}`, toText(c.value)],
        ...c.conclusions.map((x): [string, string] => [`conclusion ${x.id}, case ${c.id}`, toText(x.statement)]),
        ...Object.entries(c.minimizer.blocks).map(([name, of]): [string, string] => [
          `construction of ${name}, case ${c.id}`,
          toText(of),
        ]),
      ]),
    ]),
    checks: outcomes(result.evidence),
    steps: Object.fromEntries(
      result.evidence.flatMap((x) =>
        (x.steps ?? []).map((step): [string, string] => [
          `${x.part?.split(': ')[0] ?? ''}: ${step.name}`,
          step.holds ? 'holds' : 'broken',
        ]),
      ),
    ),
    necessity: Object.fromEntries((result.necessity?.hypotheses ?? []).map((x) => [x.hypothesis, x.outcome])),
    coverage: Object.fromEntries(result.coverage.map((x) => [`${x.caseId}: ${x.stratum}`, String(x.instances)])),
    figures: {
      ...figures(result.evidence),
      ...Object.fromEntries(Object.entries(ends).map(([end, count]) => [`descents ${end}`, String(count)])),
    },
  };
};

/** The same of a lemma. */
export const lemmaRecord = (result: LemmaResult, version: string, run: BaselineRun): BaselineRecord => {
  const { lemma, judgement, evidence } = result;
  const { verdict, modulo, proof } = judgement;
  return {
    version,
    ...run,
    fingerprint: lemmaFingerprint(lemma).slice(0, 12),
    verdict: modulo.length === 0 ? verdict : `${verdict} modulo ${modulo.join(', ')}`,
    proof: proofText(proof),
    statement: Object.fromEntries([
      ...lemma.hypotheses.map((x): [string, string] => [`hypothesis ${toText(x)}`, 'assumed']),
      ['inequality', toText(lemma.statement)],
    ]),
    checks: outcomes(evidence),
    steps: {},
    necessity: {},
    coverage: { instances: String(result.instances), points: String(result.points) },
    figures: figures(evidence),
  };
};

export const lemmaRecordName = ({ lemma }: LemmaResult): string => fullLemmaId(lemma);

const GONE = 'nothing';

/** What a change of a fact is called. */
const NAMES: Readonly<Record<string, (name: string, before: string, after: string) => string>> = {
  statement: (name) => `statement changed: ${name}`,
  ranges: (name) => `range of ${name}, which follows from the statement, changed`,
  checks: (name) => `outcome of ${name} changed`,
  steps: (name, before, after) =>
    before === 'holds' && after === 'broken'
      ? `a step that held now fails: ${name}`
      : before === 'broken' && after === 'holds'
        ? `a step that failed now holds: ${name}`
        : `step ${name} changed`,
  necessity: (name, before, after) =>
    after === 'needed'
      ? `hypothesis ${name} became necessary`
      : before === 'needed'
        ? `hypothesis ${name} is no longer shown to be necessary`
        : `necessity of ${name} changed`,
  coverage: (name, before, after) =>
    after === GONE || Number(after) < Number(before) ? `coverage dropped: ${name}` : `coverage changed: ${name}`,
  figures: (name) => `figure changed: ${name}`,
};

/** Every difference between what was recorded of a claim and what is found now. */
export const differencesOf = (claim: string, before: BaselineRecord, after: BaselineRecord): Difference[] => {
  const differ = (what: string, a: string, b: string): Difference[] =>
    a === b ? [] : [{ claim, what, before: a, after: b }];
  const parts = ['statement', 'ranges', 'steps', 'necessity', 'coverage', 'checks', 'figures'] as const;
  const facts = parts.flatMap((part) => {
    const [old, now] = [before[part], after[part]];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort().flatMap((name) => {
      const [a, b] = [old[name] ?? GONE, now[name] ?? GONE];
      return differ(NAMES[part]?.(name, a, b) ?? name, a, b);
    });
  });
  const said = facts.some((x) => x.what.startsWith('statement'));
  return [
    ...differ('verdict changed', before.verdict, after.verdict),
    ...differ('proof status changed', before.proof, after.proof),
    // Whatever the texts do not show.
    ...(said ? [] : differ('statement changed', before.fingerprint, after.fingerprint)),
    ...facts,
  ];
};

/** A run beside a baseline. */
export interface BaselineComparison {
  readonly file: string;
  /** The results were recorded. */
  readonly updated: boolean;
  /** They were to be, and the run was interrupted. */
  readonly notRecorded?: true;
  readonly differences: readonly Difference[];
  /** Claims that are recorded and that the run did not look at, nor had to: of other modules, or not asked for. */
  readonly unexamined: readonly string[];
}

const MOST_NAMES = 4;

/** One line for each difference, one where there is none, and one for what was not compared. */
export const differencesText = ({
  file,
  differences,
  unexamined,
}: Pick<BaselineComparison, 'file' | 'differences' | 'unexamined'>): string => {
  const more = unexamined.length > MOST_NAMES ? ` and ${unexamined.length - MOST_NAMES} more` : '';
  return [
    differences.length === 0
      ? `baseline ${file}: no difference`
      : `baseline ${file}: ${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}`,
    ...differences.map(({ claim, what, before, after }) => `  ${claim}  ${what}: ${before} → ${after}`),
    ...(unexamined.length === 0
      ? []
      : [`  recorded, and not looked at here: ${unexamined.slice(0, MOST_NAMES).join(', ')}${more}`]),
  ].join('\n');
};
