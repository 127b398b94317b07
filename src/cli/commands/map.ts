/** `ufm-check map`: in which (K, μ) a claim is beaten, as a diagram that can be interrupted and goes on. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { quoteWord } from '../../check/command.js';
import { UsageError } from '../../errors.js';
import { checkCertificate } from '../../exact/certificate/judge.js';
import * as Q from '../../exact/rational.js';
import { labelsSuffice } from '../../search/minimizer-hypotheses.js';
import type { MapCell, Place } from '../../search/map/cell.js';
import { drawMap } from '../../search/map/run.js';
import { type MapIdentity, placeOf, readState, stateText } from '../../search/map/state.js';
import { hasReduction } from '../../search/plan.js';
import { type MapTable, mapCsv, mapJson, mapText } from '../../search/report/map.js';
import { mapSvg } from '../../search/report/map-svg.js';
import { whyNotClaimed } from '../../search/speaks-of.js';
import { fullId } from '../../theorem/contract.js';
import { statementFingerprint } from '../../theorem/define.js';
import { sizesAt } from '../../theorem/ranges.js';
import { type Target, findTargets, targetName } from '../../theorem/registry.js';
import { prepareFolder, writeText } from '../counterexample-files.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { createProgress } from '../progress.js';
import { parseLambdaRange, parseSizeRange } from '../ranges.js';
import { openPool, workersOf } from '../serve.js';
import { version } from '../version.js';
import { EXIT } from '../exit-codes.js';

export interface MapArguments {
  readonly theorem: string;
  readonly K: string;
  readonly d: string;
  readonly n: string;
  /** A range, walked in steps, or values separated by commas. */
  readonly mu: string;
  readonly step: string;
  readonly rounds: number;
  readonly seed: number;
  readonly workers?: number;
  readonly timeLimit?: number;
  readonly modules: readonly string[];
  readonly out: string;
  readonly json: boolean;
  readonly typed: readonly string[];
}

const STATE_FILE = 'map.json';
/** Certificates lie in a folder of their own. */
const CERTIFICATES = 'certificates';
const MOST_CELLS = 10_000;
const LARGEST_K = 60;

/** Values of μ. @throws UsageError for too many, or none */
const columnsOf = (text: string, step: string): Q.Rational[] => {
  if (text.includes(',')) return text.split(',').map((part) => parseLambdaRange('mu', part.trim()).lower);
  const { lower, upper } = parseLambdaRange('mu', text);
  const by = parseLambdaRange('step', step).lower;
  const columns: Q.Rational[] = [];
  for (let mu = lower; Q.compare(mu, upper) <= 0; mu = Q.add(mu, by)) {
    columns.push(mu);
    if (columns.length > MOST_CELLS) throw new UsageError(`--step ${step}: too many columns`, 'Take a larger one.');
  }
  return columns;
};

/** @throws UsageError unless it is one revision about two layers with ReLU, in the vocabulary of certificates */
const targetOf = (registry: Parameters<typeof findTargets>[0], name: string): Target => {
  const [target, another] = findTargets(registry, [name], 'current');
  if (target === undefined || another !== undefined) {
    throw new UsageError(`"${name}" is not one revision`, 'Name one, for example 4.2@original.');
  }
  if (!hasReduction(target) || !labelsSuffice(target.revision)) {
    throw new UsageError(
      `theorem ${targetName(target)} has no map`,
      'Maps are of claims about two layers with ReLU, such as 4.2@original; see also: ufm-check vacuity',
    );
  }
  return target;
};

export const map = async (args: MapArguments, io: Io): Promise<number> => {
  const started = performance.now();
  const loaded = await loadTheorems(args.modules);
  const { registry } = loaded;
  const target = targetOf(registry, args.theorem);
  const columns = columnsOf(args.mu, args.step);
  const rows = rowsOf(args);
  if (rows.length * columns.length > MOST_CELLS) throw new UsageError('too many cells', `At most ${MOST_CELLS}.`);
  const places = rows.flatMap((sizes) => columns.map((mu): Place => ({ ...sizes, mu })));
  const identity: MapIdentity = {
    theorem: fullId(target.theorem),
    revision: target.revision.id,
    fingerprint: statementFingerprint(target.revision),
    seed: args.seed,
    rounds: args.rounds,
    version,
  };
  const stateFile = join(args.out, STATE_FILE);
  prepareFolder(join(args.out, CERTIFICATES));
  const known = existsSync(stateFile) ? readState(readText(stateFile), stateFile, identity).cells : [];
  const cells = new Map(known.filter((x) => stillCertified(target, args.out, x)).map((x) => [placeOf(x), x]));
  const open = places.filter((place) => !cells.has(placeOf({ ...place, mu: Q.format(place.mu) })));
  const save = (): void => replaceText(stateFile, stateText({ identity, cells: inOrder(cells) }));

  const pool = openPool(workersOf(args.workers), loaded);
  const progress = createProgress(args.json ? { quiet: true } : {});
  const abort = new AbortController();
  const timer = args.timeLimit === undefined ? undefined : setTimeout(() => abort.abort(), args.timeLimit * 1000);
  let complete: boolean;
  try {
    complete = await drawMap(target, pool, {
      places: open,
      rounds: args.rounds,
      seed: args.seed,
      originOf: (place) => ({ seed: args.seed, command: commandOf(target, args, place), version }),
      onCell: (cell, certified) => {
        if (certified !== undefined && cell.certificate !== undefined) {
          replaceText(join(args.out, CERTIFICATES, cell.certificate), certified.text);
        }
        cells.set(placeOf(cell), cell);
        save();
      },
      onProgress: ({ done, total, at }) => {
        const stage = `${cells.size} cells done, at K = ${at.K}, μ = ${Q.format(at.mu)}, batches`;
        progress.update({ task: `map ${targetName(target)}`, stage, done, total });
      },
      shouldStop: () => io.interrupted() || abort.signal.aborted,
      abort: abort.signal,
    });
  } finally {
    clearTimeout(timer);
    progress.clear();
    await pool.close();
  }
  save();
  const command = `npx ufm-check map ${args.typed.join(' ')}`;
  const wanted = new Set(places.map((place) => placeOf({ ...place, mu: Q.format(place.mu) })));
  const table: MapTable = {
    identity,
    rows,
    columns: columns.map(Q.format),
    cells: inOrder(cells).filter((x) => wanted.has(placeOf(x))),
    command,
  };
  const [csv, svg] = [join(args.out, 'map.csv'), join(args.out, 'map.svg')];
  replaceText(csv, mapCsv(table));
  replaceText(svg, mapSvg(table));
  const elapsedMs = Math.round(performance.now() - started);
  if (args.json) io.out(JSON.stringify(mapJson(table, complete, { elapsedMs }), null, 2));
  else {
    io.out(`ufm-check ${version} · seed ${args.seed}\n`);
    io.out(`map ${targetName(target)}  ${identity.theorem}\n`);
    io.out(mapText(table));
    io.out(`wrote ${csv}, ${svg}, ${stateFile}`);
    if (open.length < places.length) io.out(`${places.length - open.length} cells were known`);
    io.out(`${complete ? 'again' : 'Stopped early. To go on'}: ${command}`);
  }
  if (complete) return EXIT.asExpected;
  return io.interrupted() ? EXIT.interrupted : EXIT.inconclusive;
};

const rowsOf = (args: MapArguments): { readonly K: number; readonly n: number; readonly d: number }[] => {
  const [classes, features, samples] = [
    parseSizeRange('K', args.K),
    parseSizeRange('d', args.d),
    parseSizeRange('n', args.n),
  ];
  const [least, most] = [Math.max(1, classes.lower.offset), classes.upper.offset];
  if (most > LARGEST_K) throw new UsageError(`--K ${args.K}: at most ${LARGEST_K} classes`, 'For example --K 3..12.');
  return Array.from({ length: most - least + 1 }, (_, k) => {
    const K = least + k;
    const [d, n] = [sizesAt(features, K)?.lower, sizesAt(samples, K)?.lower];
    if (d === undefined || n === undefined) throw new UsageError(`no d or n at K = ${K}`, 'For example --d K --n 1.');
    return { K, n, d };
  });
};

/** The command for one cell. */
const commandOf = (target: Target, { rounds, seed, modules }: MapArguments, { K, n, d, mu }: Place): string =>
  [
    `npx ufm-check map ${quoteWord(targetName(target))} --K ${K} --d ${d} --n ${n} --mu ${Q.format(mu)}`,
    ...modules.map((path) => `--theorems ${quoteWord(path)}`),
    `--rounds ${rounds} --seed ${seed} --out map`,
  ].join(' ');

/** Row by row, by value: the order in which cells were done does not matter. */
const inOrder = (cells: ReadonlyMap<string, MapCell>): MapCell[] =>
  [...cells.values()].sort(
    (x, y) => x.K - y.K || x.d - y.d || x.n - y.n || Q.compare(Q.parseRational(x.mu), Q.parseRational(y.mu)),
  );

/** Whether the certificate that a cell names is there, is accepted, and is of this claim at this place. */
const stillCertified = (target: Target, folder: string, cell: MapCell): boolean => {
  if (cell.certificate === undefined) return true;
  const file = join(folder, CERTIFICATES, cell.certificate);
  if (!existsSync(file)) return false;
  const judgement = checkCertificate(readText(file));
  if (!judgement.accepted || !('problem' in judgement.certificate)) return false;
  const { K, classSizes, widths, lambda } = judgement.certificate.problem;
  const kappa = Object.values(lambda).reduce(Q.multiply, Q.rational(BigInt(K) ** 3n * BigInt(classSizes[0] ?? 1)));
  const mu = Q.parseRational(cell.mu);
  return (
    [K, classSizes[0], widths[0]].join() === [cell.K, cell.n, cell.d].join() &&
    Q.equals(Q.multiply(Q.rational(4), kappa), Q.multiply(mu, mu)) &&
    Q.format(judgement.margin) === cell.margin &&
    whyNotClaimed(target.revision, judgement.certificate) === undefined
  );
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`cannot read ${file} (${code})`, 'Name another folder with --out.');
  }
};

/** Whoever reads the file sees the old text or the new one, never a part of it. */
const replaceText = (file: string, text: string): void => {
  const beside = `${file}.part`;
  writeText(beside, text);
  renameSync(beside, file);
};
