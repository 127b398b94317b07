/** `ufm-check prove`: a verified proof as a file that another checker can re-check. */
import { quoteWord, theoremsOption } from '../../check/command.js';
import { isProvedByChainAlone } from '../../check/claim/chain-proof.js';
import { NotCertifiableError, proofCertificate } from '../../check/proof-certificate.js';
import { missingInProof } from '../../check/proof-findings.js';
import { UsageError } from '../../errors.js';
import { checkProof } from '../../exact/proof/judge.js';
import { statementText } from '../../report/statement.js';
import type { Revision } from '../../theorem/contract.js';
import { type Target, findTargets, targetName } from '../../theorem/registry.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { version } from '../version.js';
import { writeWhole } from '../write.js';

export interface ProveArguments {
  readonly theorem: string;
  readonly revision: string;
  /** Where the certificate goes; standard output if not given. */
  readonly out?: string;
  readonly json: boolean;
  readonly modules: readonly string[];
}

interface Proved {
  readonly text: string;
  readonly sentence: string;
}

/** What the certificate proves: no chain beside a sum of squares, and nothing outside of the hypotheses. */
const provedPart = ({ revision: { outside: _outside, ...revision } }: Target): Revision => ({
  ...revision,
  cases: revision.cases.map(({ chain, ...home }) =>
    home.proof === undefined && chain !== undefined ? { ...home, chain } : home,
  ),
});

/** Nothing is written that the exact checker does not accept. */
const proofOf = async (target: Target, module: string): Promise<Proved | { readonly refused: string }> => {
  const name = targetName(target);
  const missing = await missingInProof(target);
  const kind = isProvedByChainAlone(target.revision) ? 'chain of inequalities' : 'sum of squares';
  if (missing !== undefined) return { refused: `${name} has no verified ${kind}: ${missing}` };
  try {
    const text = proofCertificate(target, {
      statement: statementText(target.theorem, provedPart(target)).split('\n'),
      provenance: { command: `npx ufm-check prove ${quoteWord(name)}${module}`, version },
    });
    const judgement = checkProof(text);
    if (judgement.accepted) return { text, sentence: judgement.sentence };
    return { refused: `the proof of ${name} is beyond the checker of proof certificates: ${judgement.reason}` };
  } catch (error) {
    if (!(error instanceof NotCertifiableError)) throw error;
    return { refused: `the proof of ${name} is beyond proof certificates, which do not know ${error.message}` };
  }
};

/** 0 with a certificate, 1 without a verified proof. @throws UsageError for a file that cannot be written */
export const prove = async (args: ProveArguments, io: Io): Promise<number> => {
  const { registry, modulePath } = await loadTheorems(args.modules);
  const [target, another] = findTargets(registry, [args.theorem], args.revision);
  if (target === undefined || another !== undefined) {
    throw new UsageError('prove takes one revision of one theorem', 'Name it, as in 3.1@current.');
  }
  const module = theoremsOption(modulePath(target.theorem));
  const proved = await proofOf(target, module);
  if ('refused' in proved) {
    const message = proved.refused.replaceAll('\n', ' ');
    const hint = `See: ufm-check verify ${quoteWord(targetName(target))}${module}`;
    if (args.json) io.out(JSON.stringify({ format: 'ufm-check-error/1', code: 1, message, hint }));
    else io.error(`error: ${message}. ${hint}`);
    return 1;
  }
  if (args.out === undefined) {
    io.out(proved.text.trimEnd());
    return 0;
  }
  writeWhole(args.out, proved.text);
  if (args.json) {
    const { sentence } = proved;
    io.out(JSON.stringify({ format: 'ufm-check-prove/1', file: args.out, sentence }, null, 2));
  } else {
    io.out(`✔ ${args.out}  ${proved.sentence}\nagain: npx ufm-check certify ${args.out}`);
  }
  return 0;
};
