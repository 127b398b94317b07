/** `ufm-check diff`: two revisions of a theorem side by side. */
import { type VacuityCell, measureVacuity } from '../../check/vacuity/cell.js';
import { pricedHypothesis } from '../../check/vacuity/excess.js';
import { instanceAt, kappaOf } from '../../check/vacuity/grid.js';
import { quoteWord, theoremsOption } from '../../check/command.js';
import { type RevisionResult, verifyRevision } from '../../check/verify.js';
import { UsageError } from '../../errors.js';
import * as Q from '../../exact/rational.js';
import {
  type DiffFormat,
  type RevisionDiff,
  type RevisionVerdict,
  compareRevisions,
  diffText,
} from '../../report/diff.js';
import { asExpected, moduloText } from '../../report/terminal.js';
import { LEMMAS } from '../../symbolic/textbook.js';
import { type Revision, fullId } from '../../theorem/contract.js';
import { type Target, findTargets, targetName } from '../../theorem/registry.js';
import { certifier } from '../certifier.js';
import { type InstanceOptions, instanceRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import { type LoadedTheorems, loadTheorems } from '../modules.js';
import { createProgress } from '../progress.js';
import { type Candidate, candidatesIn, gallery, judgeCandidate } from '../separations.js';
import { openPool, workersOf } from '../serve.js';
import { EXIT } from '../exit-codes.js';

export interface DiffArguments {
  readonly before: string;
  readonly after: string;
  readonly format: string;
  /** Run both revisions, instead of naming what their modules expect. */
  readonly verify: boolean;
  /** Certificates of the user's own that may separate the two. */
  readonly certificates: readonly string[];
  readonly trials: number;
  readonly seed: number;
  readonly workers?: number;
  readonly K?: string;
  readonly d?: string;
  readonly n?: string;
  readonly modules: readonly string[];
}

const FORMATS: readonly DiffFormat[] = ['text', 'markdown', 'latex'];

const one = ({ registry }: LoadedTheorems, name: string): Target => {
  const [target, another] = findTargets(registry, [name], 'current');
  if (target === undefined || another !== undefined) {
    throw new UsageError(`"${name}" is not one revision`, 'Name one, for example 4.2@original.');
  }
  return target;
};

/** Where descents show in a moment that no global minimizer meets the hypothesis; the whole table is `vacuity`. */
const PLACES: readonly (readonly [K: number, mu: string])[] = [
  [4, '0.499'],
  [6, '0.48'],
  [6, '0.499'],
  [8, '0.499'],
];
const STARTS = 12;

const costOf = (loaded: LoadedTheorems, before: Target, after: Target, seed: number): string[] => {
  const added = pricedHypothesis(after.revision);
  const old = before.revision.ofMinimizer ?? [];
  if (added === undefined || old.some((x) => x.id === added.id) || after.revision.problem.spec.layers !== 2) return [];
  const target = `${fullId(after.theorem)}@${after.revision.id}`;
  const cells = PLACES.map(([K, mu]) => {
    const instance = instanceAt(K, 1, K, kappaOf(Q.parseRational(mu)));
    const cell = measureVacuity(loaded.registry, { kind: 'vacuity', target, instance, seed, runs: STARTS });
    return { K, mu, cell };
  });
  const covered = cells.filter((x) => x.cell.covered);
  const placesOf = (kind: (cell: VacuityCell) => boolean): string =>
    covered.flatMap(({ K, mu, cell }) => (kind(cell) ? [`K = d = ${K}, μ = ${mu}`] : [])).join('; ');
  const contradicted = placesOf((x) => x.contradicting > 0);
  const vacuous = placesOf((x) => x.vacuous);
  const open = placesOf((x) => x.lower > 0 && x.contradicting === 0 && !x.vacuous);
  const missing = covered.find((x) => x.cell.unproved !== undefined)?.cell.unproved ?? '';
  const module = theoremsOption(loaded.modulePath(after.theorem));
  return [
    ...(contradicted + vacuous + open === ''
      ? [`no vacuous place met at ${covered.length} places with ${STARTS} descents each, which proves nothing`]
      : []),
    ...(vacuous === ''
      ? []
      : [
          `vacuous at ${vacuous}: no global minimizer meets (${added.id}), since a point lies certainly below f*, ` +
            `and f ≥ f* wherever (${added.id}) holds, which is proved (modulo the lemmas that its chain cites)`,
        ]),
    ...(open === ''
      ? []
      : [
          `a point lies certainly below f* at ${open}; if f ≥ f* held wherever (${added.id}) holds, no global ` +
            `minimizer would meet it there, but that is not proved (${missing})`,
        ]),
    ...(contradicted === ''
      ? []
      : [
          `a point contradicts the price of (${added.id}) at ${contradicted}: it lies lower than the price allows, ` +
            'or below f* although it meets the hypothesis to within rounding',
        ]),
    `the whole region: npx ufm-check vacuity ${quoteWord(targetName(after))}${module}`,
  ];
};

/** Both verified, with a certificate where one is refuted. */
const runsOf = async (
  args: DiffArguments,
  io: Io,
  loaded: LoadedTheorems,
  targets: readonly Target[],
): Promise<readonly RevisionResult[]> => {
  const pool = openPool(workersOf(args.workers), loaded);
  const progress = createProgress();
  const abort = new AbortController();
  const results: RevisionResult[] = [];
  const sizes = (['K', 'd', 'n'] as const).flatMap((x) => (args[x] === undefined ? [] : [[x, args[x]] as const]));
  const chosen: InstanceOptions = { ...Object.fromEntries(sizes), lambdas: {} };
  try {
    for (const target of targets) {
      const modulePath = loaded.modulePath(target.theorem);
      const shouldStop = (): boolean => io.interrupted();
      const options = { ...chosen, seed: args.seed, shouldStop, abort: abort.signal };
      const result = await verifyRevision(target, pool, {
        ranges: instanceRanges(target, chosen),
        trials: args.trials,
        seed: args.seed,
        modulePath: loaded.modulePath,
        shouldStop,
        certify: certifier(target, pool, {
          ...options,
          ...(modulePath === undefined ? {} : { modulePath }),
          onProgress: ({ stage, batches, total }) => {
            const task = `certify ${targetName(target)}`;
            progress.update({ task, stage: `${stage}, batches`, done: batches, total });
          },
        }),
        onProgress: ({ target: label, done, total }) => {
          progress.update({ task: `verify ${label}`, stage: 'instances', done, total });
        },
      });
      results.push(result);
    }
  } finally {
    progress.clear();
    await pool.close();
  }
  return results;
};

const verdictOf = ({ judgement, modulo }: RevisionResult): RevisionVerdict => {
  const { proof, verdict } = judgement;
  const status = proof.status === 'broken' ? `proof broken: ${proof.at}` : `proof ${proof.status}`;
  return { verdict: `${verdict}${moduloText(modulo)} · ${status}`, known: 'found' };
};

const citesLemmas = ({ cases }: Revision): boolean =>
  cases.some(({ chain = [] }) =>
    chain.some(({ by = [] }) => by.some(({ lemma }) => LEMMAS[lemma].citation !== undefined)),
  );

const expectedOf = ({ revision }: Target): RevisionVerdict => {
  const { expected } = revision;
  const modulo = expected === 'proved' && citesLemmas(revision) ? ' modulo cited lemmas' : '';
  return { verdict: `${expected}${modulo}`, known: 'expected' };
};

/** The certificates that a run has found itself. */
const foundIn = (results: readonly RevisionResult[]): Candidate[] =>
  results.flatMap(({ evidence }) =>
    evidence.flatMap(({ refutation, reproduce }) =>
      refutation === undefined ? [] : [{ source: `what ${reproduce} finds`, text: refutation.certificate }],
    ),
  );

/** What separates the two, the fewest classes first; and what of the user's own does not. */
const separationsOf = (
  args: DiffArguments,
  [before, after]: readonly [Target, Target],
  results: readonly RevisionResult[],
): Pick<RevisionDiff, 'separations' | 'inseparable'> => {
  const judge = (x: Candidate) => judgeCandidate(x, before, after);
  const own = candidatesIn(args.certificates).map(judge);
  const others = [...foundIn(results), ...gallery()].map(judge);
  return {
    separations: [...own, ...others]
      .filter((x) => 'sentence' in x)
      .sort((x, y) => x.classes - y.classes || (x.source < y.source ? -1 : 1)),
    inseparable: own.filter((x) => 'why' in x),
  };
};

const exitCode = (results: readonly RevisionResult[], interrupted: boolean): number => {
  if (interrupted) return EXIT.interrupted;
  const wrong = results.filter((x) => !asExpected(x));
  if (wrong.some((x) => x.judgement.verdict !== 'inconclusive')) return EXIT.different;
  return wrong.length > 0 ? EXIT.inconclusive : EXIT.asExpected;
};

/** Compares two revisions. @throws UsageError for an unknown name or format, or a certificate that cannot be read */
export const diff = async (args: DiffArguments, io: Io): Promise<number> => {
  const format = FORMATS.find((x) => x === args.format);
  if (format === undefined) throw new UsageError(`--format ${args.format}`, `Formats: ${FORMATS.join(', ')}.`);
  const loaded = await loadTheorems(args.modules);
  const [before, after] = [one(loaded, args.before), one(loaded, args.after)];
  candidatesIn(args.certificates);
  const results = args.verify ? await runsOf(args, io, loaded, [before, after]) : [];
  const [first, second] = results;
  const result: RevisionDiff = {
    before,
    after,
    rows: compareRevisions(before.revision, after.revision),
    verdicts: [
      first === undefined ? expectedOf(before) : verdictOf(first),
      second === undefined ? expectedOf(after) : verdictOf(second),
    ],
    ...separationsOf(args, [before, after], results),
    cost: costOf(loaded, before, after, args.seed),
  };
  io.out(diffText(result, format));
  return exitCode(results, io.interrupted());
};
