/** From the evidence on a lemma to its verdict. Nothing else enters. */
import { type Evidence, requireMinted } from '../evidence.js';
import { type Judgement, accusation } from '../verdict.js';

/** A verdict, and the textbook facts that a `proved` one rests on. */
export type LemmaJudgement = Judgement & { readonly modulo: readonly string[] };

/** The evidence without which no lemma is called proved. */
const PROOF_PARTS = ['lemma-identity', 'lemma-facts', 'lemma-signs'];

/** `proof` says what the examination of the written proof found; its evidence is in `evidence` as well. */
export const judgeLemma = (
  evidence: readonly Evidence[],
  run: {
    readonly proof: { readonly holds: boolean; readonly modulo: readonly string[] };
    readonly instances: number;
    readonly interrupted: boolean;
  },
): LemmaJudgement => {
  requireMinted(evidence);
  const broken = evidence.find((x) => x.aboutProof === true && x.outcome === 'fail');
  const holds = PROOF_PARTS.every((id) => evidence.some((x) => x.check === id && x.outcome === 'pass'));
  const proved = run.proof.holds && holds && broken === undefined;
  const missing = [
    ...(run.interrupted ? ['the run was interrupted'] : []),
    ...evidence.filter((x) => x.outcome === 'inconclusive').map((x) => `${x.check}: ${x.detail ?? 'inconclusive'}`),
  ];
  const grounds = {
    proof:
      broken === undefined
        ? ({ status: proved ? 'holds' : 'untested' } as const)
        : ({ status: 'broken', at: broken.check } as const),
    violations: evidence.flatMap((x) => (x.violation === undefined ? [] : [x.violation])),
    missing,
  };
  const modulo = proved ? run.proof.modulo : [];
  const accused = accusation(evidence, grounds);
  if (accused !== undefined) return { ...accused, modulo: [] };
  if (run.instances === 0 && !run.interrupted) {
    const nothing = { ...grounds, missing: ['no instance met the hypotheses', ...missing] };
    return { verdict: 'vacuous', ...nothing, modulo: [] };
  }
  const measured = evidence.some((x) => x.method !== 'symbolic' && x.outcome === 'pass');
  if (missing.length > 0 || !measured) return { verdict: 'inconclusive', ...grounds, modulo: [] };
  return { verdict: proved ? 'proved' : 'upheld', ...grounds, modulo };
};
