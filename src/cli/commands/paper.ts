/** `ufm-check paper`: the LaTeX source of a paper against the modules. */
import {
  acceptReviews,
  comparePaper,
  hasDrift,
  lemmaModule,
  parseReviews,
  theoremModule,
} from '../../paper/compare.js';
import { readPaper } from '../../paper/theorems.js';
import { diffText } from '../../paper/word-diff.js';
import { paperJson, paperText } from '../../report/paper.js';
import type { Io } from '../io.js';
import { readLock, requireWritableLock, writeLockPart } from '../lock.js';
import { loadTheorems } from '../modules.js';
import { version } from '../version.js';
import { EXIT } from '../exit-codes.js';

export interface PaperArguments {
  readonly main: string;
  readonly accept: readonly string[];
  readonly lock: string;
  /** Further environments that hold theorems. */
  readonly environments: readonly string[];
  readonly modules: readonly string[];
  readonly json: boolean;
  /** The command line without what it accepts. */
  readonly command: string;
}

const REVIEWED = 'reviewed';

export const paper = async (args: PaperArguments, io: Io): Promise<number> => {
  const { registry, lemmas, own, ownLemmas } = await loadTheorems(args.modules);
  const theorems = args.modules.length > 0 ? own : [...registry.values()];
  const modules = [
    ...theorems.flatMap(theoremModule),
    ...(args.modules.length > 0 ? ownLemmas : [...lemmas.values()]).map(lemmaModule),
  ];
  const found = readPaper(args.main, args.environments);
  const reviews = parseReviews(readLock(args.lock)?.[REVIEWED], args.lock);
  const before = comparePaper(found, modules, reviews);
  const next = acceptReviews(before, reviews, args.accept);
  if (args.accept.length > 0) {
    requireWritableLock(args.lock);
    writeLockPart(args.lock, REVIEWED, next.reviews);
  }
  const comparison = args.accept.length > 0 ? comparePaper(found, modules, next.reviews) : before;
  const report = {
    version,
    paper: found,
    comparison,
    lock: args.lock,
    accepted: next.accepted,
    command: args.command,
  };
  io.out(args.json ? JSON.stringify(paperJson(report), null, 2) : paperText(report, diffText));
  return hasDrift(comparison) ? EXIT.different : EXIT.asExpected;
};
