/** `ufm-check-report/1`: everything a run knows, as one document. */
import type { RevisionResult } from '../check/verify.js';
import { fullId } from '../theorem/contract.js';
import { statementFingerprint } from '../theorem/define.js';
import type { LemmaResult } from '../check/lemma/verify.js';
import { excessJson } from './excess.js';
import { checkJson, refutationJson } from './evidence.js';
import { lemmaJson } from './lemma.js';
import { hypothesesJson } from './necessity.js';

export interface ReportHeader {
  readonly version: string;
  readonly seed: number;
  readonly command: string;
  readonly interrupted: boolean;
  /** Theorems and lemmas that an interrupted run was asked for and did not begin. */
  readonly notReached: readonly string[];
  /** Threads; results do not depend on it, and the JSON report leaves it out. */
  readonly workers: number;
  /** The only part that may differ between two runs of one seed. */
  readonly timing: { readonly elapsedMs: number };
}

const resultJson = (result: RevisionResult) => {
  const { theorem, revision } = result.target;
  const { verdict, proof, violations, missing } = result.judgement;
  return {
    theorem: fullId(theorem),
    revision: revision.id,
    status: revision.status,
    provenance: theorem.provenance.kind,
    fingerprint: statementFingerprint(revision),
    verdict,
    expected: revision.expected,
    proof: proof.status,
    ...(proof.status === 'broken' ? { brokenAt: proof.at } : {}),
    modulo: result.modulo,
    missing,
    trials: result.trials,
    instances: result.instances,
    notTried: result.notTried,
    ...(result.extent === undefined ? {} : { extent: result.extent }),
    coverage: result.coverage,
    ...hypothesesJson(result),
    checks: result.evidence.map(checkJson),
    violations,
    ...refutationJson(result.judgement),
    secondOpinions: result.secondOpinions,
    descents: result.descents,
    landing: result.landing,
    ...excessJson(result),
    interrupted: result.interrupted,
    batches: result.instances,
  };
};

export const reportJson = (
  header: ReportHeader,
  results: readonly RevisionResult[],
  lemmas: readonly LemmaResult[] = [],
): object => ({
  format: 'ufm-check-report/1',
  version: header.version,
  seed: header.seed,
  command: header.command,
  interrupted: header.interrupted,
  notReached: header.notReached,
  timing: header.timing,
  results: results.map(resultJson),
  lemmas: lemmas.map(lemmaJson),
});
