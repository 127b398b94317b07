/**
 * From an accusation to a certificate: where a verification has found a theorem's claim violated in doubles, the hunt
 * looks for a point that exact arithmetic can judge. What the exact checker does not accept, of what this theorem does
 * not claim, refutes nothing; then the verdict stays `suspect`.
 */
import { join } from 'node:path';
import { certifiedEvidence } from '../check/certified.js';
import { lambdaOption, quoteWord } from '../check/command.js';
import type { ViolationKind } from '../check/evidence.js';
import type { Pool } from '../check/pool.js';
import type { Certify } from '../check/verify.js';
import { labelsSuffice } from '../search/minimizer-hypotheses.js';
import { type SearchResult, search } from '../search/run.js';
import { whyNotClaimed } from '../search/speaks-of.js';
import type { SearchProgress } from '../search/until-hit.js';
import { fullId } from '../theorem/contract.js';
import type { Instance } from '../theorem/instance.js';
import { type Target, targetName } from '../theorem/registry.js';
import { folderName, writeCounterexample } from './counterexample-files.js';
import { huntRanges, rangeOptions } from './hunt-ranges.js';
import type { InstanceOptions } from './instance-options.js';
import { version } from './version.js';

/**
 * Batches of the hunt (unless told otherwise), and hits without a certificate, after which it is given up: counts, so
 * that runs agree. Where nothing has contradicted the theorem one batch is done, for what is known exactly before any
 * descent.
 */
const BATCHES = 200;
const MOST_UNCERTIFIED = 4;
/** Instances of accusations that are looked at by themselves. */
const MOST_INSTANCES = 3;

/** What a certificate of minimizers cannot be about. */
const ABOUT_OTHER_THINGS: readonly ViolationKind[] = ['wrong-spectrum', 'inequality'];

export interface CertifierOptions extends InstanceOptions {
  readonly seed: number;
  /** Batches of a hunt after an accusation, 200 by default. */
  readonly batches?: number;
  readonly modulePath?: string;
  /** Where the certificate and the page about it go, in a folder of their own. */
  readonly out?: string;
  readonly shouldStop: () => boolean;
  readonly abort: AbortSignal;
  readonly onProgress: (state: SearchProgress) => void;
}

/** `tirer-bruna-2022-4.2-original`: a folder for one revision. */
const folderOf = ({ theorem, revision }: Target): string => folderName(`${fullId(theorem)}-${revision.id}`);

interface Hunted {
  readonly command: string;
  readonly result: SearchResult;
}

const commandOf = (
  target: Target,
  at: InstanceOptions,
  { modulePath, seed }: CertifierOptions,
  trials: number,
): string =>
  [
    `npx ufm-check search ${quoteWord(targetName(target))}`,
    ...rangeOptions(at),
    ...(modulePath === undefined ? [] : [`--theorems ${quoteWord(modulePath)}`]),
    `--trials ${trials} --seed ${seed}`,
  ].join(' ');

const pinnedTo = ({ K, n, d, lambda }: Instance): InstanceOptions => ({
  K: String(K),
  d: String(d),
  n: String(n),
  lambdas: Object.fromEntries(Object.entries(lambda).map(([block, value]) => [lambdaOption(block).slice(2), value])),
});

/** What `verifyRevision` asks where the evidence contradicts the target. */
export const certifier =
  (target: Target, pool: Pool, options: CertifierOptions): Certify =>
  async (violations) => {
    const accused = violations.length > 0;
    const none = (why: string): { readonly missing: string } | undefined =>
      accused ? { missing: `no certificate: ${why}` } : undefined;
    if (accused && violations.every((x) => ABOUT_OTHER_THINGS.includes(x.kind))) return none('they are of minimizers');
    if (!labelsSuffice(target.revision)) return none('this claim is not in their vocabulary');
    const hunt = async (at: InstanceOptions): Promise<Hunted> => {
      const trials = accused ? (options.batches ?? BATCHES) : 1;
      const command = commandOf(target, at, options, trials);
      const result = await search(target, pool, {
        ranges: huntRanges(target, at),
        trials,
        mostUncertified: MOST_UNCERTIFIED,
        seed: options.seed,
        command,
        version,
        shouldStop: options.shouldStop,
        abort: options.abort,
        onProgress: options.onProgress,
      });
      return { command, result };
    };
    let hunted = await hunt(options);
    // Where the ranges hold nothing that can be certified, the instances of the accusations may.
    for (const { instance } of violations.slice(0, MOST_INSTANCES)) {
      if (hunted.result.found?.certified !== undefined || options.shouldStop()) break;
      const pinned = await hunt(pinnedTo(instance));
      if (pinned.result.found?.certified !== undefined) hunted = pinned;
    }
    const { command, result } = hunted;
    const { found, batches } = result;
    if (found?.certified === undefined) {
      if (found !== undefined && !accused) return { missing: `a violation without certificate, see ${command}` };
      return none(`none came of ${batches} batches of ${command}`);
    }
    const { out } = options;
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
