/**
 * From an accusation to a certificate: where a verification has found a theorem's claim violated in doubles, the hunt
 * looks for a point that exact arithmetic can judge. What the exact checker does not accept, of what this theorem does
 * not claim, refutes nothing; then the verdict stays `suspect`.
 */
import { join } from 'node:path';
import { certifiedEvidence } from '../check/certified.js';
import { quoteWord } from '../check/command.js';
import type { ViolationKind } from '../check/evidence.js';
import type { Pool } from '../check/pool.js';
import type { Certify } from '../check/verify.js';
import { labelsSuffice } from '../search/minimizer-hypotheses.js';
import { type SearchProgress, search } from '../search/run.js';
import { whyNotClaimed } from '../search/speaks-of.js';
import { fullId } from '../theorem/contract.js';
import { type Target, targetName } from '../theorem/registry.js';
import { writeCounterexample } from './counterexample-files.js';
import { huntRanges, rangeOptions } from './hunt-ranges.js';
import type { InstanceOptions } from './instance-options.js';
import { version } from './version.js';

/**
 * Batches of the hunt, and hits without a certificate, after which it is given up: counts, so that runs agree. Where
 * nothing has contradicted the theorem one batch is done, for what is known exactly before any descent.
 */
const BATCHES = 200;
const MOST_UNCERTIFIED = 4;

/** What a certificate of minimizers cannot be about. */
const ABOUT_OTHER_THINGS: readonly ViolationKind[] = ['wrong-spectrum', 'inequality'];

export interface CertifierOptions extends InstanceOptions {
  readonly seed: number;
  readonly modulePath?: string;
  /** Where the certificate and the page about it go, in a folder of their own. */
  readonly out?: string;
  readonly shouldStop: () => boolean;
  readonly abort: AbortSignal;
  readonly onProgress: (state: SearchProgress) => void;
}

/** `tirer-bruna-2022-4.2-original`: a folder for one revision. */
const folderOf = ({ theorem, revision }: Target): string =>
  `${fullId(theorem)}-${revision.id}`.replace(/[^\w.-]+/g, '-');

/** What `verifyRevision` asks where the evidence contradicts the target. */
export const certifier =
  (target: Target, pool: Pool, options: CertifierOptions): Certify =>
  async (violations) => {
    const accused = violations.length > 0;
    const none = (why: string): { readonly missing: string } | undefined =>
      accused ? { missing: `no certificate: ${why}` } : undefined;
    if (accused && violations.every((x) => ABOUT_OTHER_THINGS.includes(x.kind))) return none('they are of minimizers');
    if (!labelsSuffice(target.revision)) return none('this claim is not in their vocabulary');
    const trials = accused ? BATCHES : 1;
    const name = targetName(target);
    const { seed, modulePath, out, shouldStop, abort, onProgress } = options;
    const command = [
      `npx ufm-check search ${quoteWord(name)}`,
      ...rangeOptions(options),
      ...(modulePath === undefined ? [] : [`--theorems ${quoteWord(modulePath)}`]),
      `--trials ${trials} --seed ${seed}`,
    ].join(' ');
    const result = await search(target, pool, {
      ranges: huntRanges(target, options),
      trials,
      mostUncertified: MOST_UNCERTIFIED,
      seed,
      command,
      version,
      shouldStop,
      abort,
      onProgress,
    });
    const { found, batches } = result;
    if (found?.certified === undefined) {
      if (found !== undefined && !accused) return { missing: `a violation without certificate, see ${command}` };
      return none(`none came of ${batches} batches of ${command}`);
    }
    const [file] = out === undefined ? [] : writeCounterexample(join(out, folderOf(target)), result, command);
    const evidence = certifiedEvidence(found.certified.text, {
      statement: 'the statement of the theorem',
      instance: found.instance,
      kind: found.violation,
      how: found.how,
      ...(file === undefined ? {} : { file }),
      speaksOf: (certificate) => whyNotClaimed(target.revision, certificate),
      reproduce: command,
    });
    return 'reason' in evidence ? none(evidence.reason) : { evidence };
  };
