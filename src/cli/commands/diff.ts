/** `ufm-check diff`: two revisions of a theorem side by side. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createPool } from '../../check/pool.js';
import { measureVacuity } from '../../check/vacuity/cell.js';
import { pricedHypothesis } from '../../check/vacuity/excess.js';
import { instanceAt, kappaOf } from '../../check/vacuity/grid.js';
import { verifyRevision } from '../../check/verify.js';
import { UsageError } from '../../errors.js';
import { checkCertificate } from '../../exact/certificate/judge.js';
import * as Q from '../../exact/rational.js';
import {
  type DiffFormat,
  type RevisionVerdict,
  type Separation,
  compareRevisions,
  diffText,
} from '../../report/diff.js';
import { fullId } from '../../theorem/contract.js';
import { statementFingerprint } from '../../theorem/define.js';
import { type Target, findTargets, targetName } from '../../theorem/registry.js';
import { instanceRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import { type LoadedTheorems, loadTheorems } from '../modules.js';
import { EXIT } from './verify.js';

export interface DiffArguments {
  readonly before: string;
  readonly after: string;
  readonly format: string;
  /** Run both revisions, instead of naming what their modules expect. */
  readonly verify: boolean;
  readonly trials: number;
  readonly seed: number;
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

/** Where the package keeps its gallery: above dist/src/cli/commands, or above src/cli/commands. */
const gallery = (): string | undefined =>
  ['../../../../docs/counterexamples/', '../../../docs/counterexamples/']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));

const wasOf = (text: string): { readonly theorem?: unknown; readonly revision?: unknown } => {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
};

/**
 * The certificates of the gallery that refute the one revision: those whose label names it and that the exact checker
 * accepts now. A label alone proves nothing, so for shipped ids the checker compares it with the claim.
 */
const separationsOf = (before: Target, after: Target): Separation[] => {
  const folder = gallery();
  if (folder === undefined) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): Separation[] => {
    const path = `${folder}${entry.name}/certificate.json`;
    if (!entry.isDirectory() || !existsSync(path)) return [];
    const text = readFileSync(path, 'utf8');
    const { theorem, revision } = wasOf(text);
    const speaks = [before, after].some((x) => fullId(x.theorem) === theorem && x.revision.id === revision);
    if (!speaks) return [];
    const judgement = checkCertificate(text);
    return judgement.accepted
      ? [{ file: `docs/counterexamples/${entry.name}/certificate.json`, sentence: judgement.sentence }]
      : [];
  });
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
  const vacuous = cells.filter((x) => x.cell.vacuous);
  const where = vacuous.map(({ K, mu }) => `K = d = ${K}, μ = ${mu}`).join('; ');
  return [
    vacuous.length === 0
      ? `no vacuous place met at ${cells.length} places with ${STARTS} descents each, which proves nothing`
      : `vacuous at ${where}: no global minimizer meets (${added.id}), since a point lies certainly below f*`,
    `the whole region: npx ufm-check vacuity ${targetName(after)}`,
  ];
};

const verdictsOf = async (args: DiffArguments, loaded: LoadedTheorems, targets: readonly Target[]) => {
  const expected = ({ revision }: Target): RevisionVerdict => ({ verdict: revision.expected, known: 'expected' });
  if (!args.verify) return targets.map(expected);
  const pool = createPool({
    workers: 1,
    workerFile: new URL('../worker.js', import.meta.url),
    workerData: { codes: loaded.codes },
  });
  const verdicts: RevisionVerdict[] = [];
  try {
    for (const target of targets) {
      const { judgement } = await verifyRevision(target, pool, {
        ranges: instanceRanges(target, { lambdas: {} }),
        trials: args.trials,
        seed: args.seed,
        modulePath: loaded.modulePath,
      });
      const proof = judgement.proof.status === 'broken' ? ` · proof broken: ${judgement.proof.at}` : '';
      verdicts.push({ verdict: `${judgement.verdict}${proof}`, known: 'found' });
    }
  } finally {
    await pool.close();
  }
  return verdicts;
};

/** Compares two revisions. @throws UsageError for an unknown name or format */
export const diff = async (args: DiffArguments, io: Io): Promise<number> => {
  const format = FORMATS.find((x) => x === args.format);
  if (format === undefined) throw new UsageError(`--format ${args.format}`, `Formats: ${FORMATS.join(', ')}.`);
  const loaded = await loadTheorems(args.modules);
  const [before, after] = [one(loaded, args.before), one(loaded, args.after)];
  const [first, second] = await verdictsOf(args, loaded, [before, after]);
  if (first === undefined || second === undefined) throw new UsageError('nothing was compared', 'Name two revisions.');
  const same = statementFingerprint(before.revision) === statementFingerprint(after.revision);
  const result = {
    before,
    after,
    rows: compareRevisions(before.revision, after.revision),
    verdicts: [first, second] as const,
    separations: same ? [] : separationsOf(before, after),
    cost: costOf(loaded, before, after, args.seed),
  };
  io.out(diffText(result, format));
  return EXIT.asExpected;
};
