/** `ufm-check-report/1`: everything a run knows, as one document. */
import type { Evidence } from '../check/evidence.js';
import type { RevisionResult } from '../check/verify.js';
import { fullId } from '../theorem/contract.js';
import { statementFingerprint } from '../theorem/define.js';
import { hypothesesJson } from './necessity.js';

export interface ReportHeader {
  readonly version: string;
  readonly seed: number;
  readonly command: string;
  readonly interrupted: boolean;
  /** The only part that may differ between two runs of one seed. */
  readonly timing: { readonly elapsedMs: number };
}

const checkJson = ({
  check,
  part,
  method,
  scope,
  outcome,
  measured,
  bound,
  statement,
  detail,
  aboutProof,
  witness,
  reproduce,
}: Evidence) => ({
  check,
  ...(part === undefined ? {} : { part }),
  method,
  scope,
  outcome,
  ...(measured === undefined ? {} : { measured }),
  ...(bound === undefined ? {} : { bound }),
  statement,
  ...(detail === undefined ? {} : { detail }),
  ...(aboutProof === true ? { about: 'proof' } : {}),
  ...(witness === undefined ? {} : { witness }),
  reproduce,
});

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
    modulo: [],
    missing,
    trials: result.trials,
    instances: result.instances,
    coverage: result.coverage,
    ...hypothesesJson(result),
    checks: result.evidence.map(checkJson),
    violations,
    secondOpinions: result.secondOpinions,
    descents: result.descents,
    landing: result.landing,
    interrupted: result.interrupted,
    batches: result.instances,
  };
};

export const reportJson = (header: ReportHeader, results: readonly RevisionResult[]): object => ({
  format: 'ufm-check-report/1',
  version: header.version,
  seed: header.seed,
  command: header.command,
  interrupted: header.interrupted,
  timing: header.timing,
  results: results.map(resultJson),
});
