/** `ufm-check vacuity`: where no global minimizer meets the hypothesis of a theorem on the minimizer. */
import { performance } from 'node:perf_hooks';
import type { VacuityCell, VacuityTask } from '../../check/vacuity/cell.js';
import { pricedHypothesis } from '../../check/vacuity/excess.js';
import { instanceAt, kappaOf } from '../../check/vacuity/grid.js';
import { UsageError } from '../../errors.js';
import { ExactError } from '../../exact/error.js';
import * as Q from '../../exact/rational.js';
import { type VacuityFormat, type VacuityTable, vacuityJson, vacuityTable } from '../../report/vacuity.js';
import { toLatex, toText } from '../../symbolic/print.js';
import { fullId } from '../../theorem/contract.js';
import { sizesAt } from '../../theorem/ranges.js';
import { type Target, findTargets, targetName } from '../../theorem/registry.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { createProgress } from '../progress.js';
import { parseSizeRange } from '../ranges.js';
import { openPool, workersOf } from '../serve.js';
import { EXIT } from '../exit-codes.js';

export interface VacuityArguments {
  readonly theorem: string;
  readonly K: string;
  readonly d: string;
  readonly n: string;
  readonly mu: string;
  readonly starts: number;
  readonly seed: number;
  readonly workers?: number;
  readonly format: string;
  readonly modules: readonly string[];
  readonly json: boolean;
}

const FORMATS: readonly VacuityFormat[] = ['text', 'markdown', 'latex'];

/** μ′ of each column. @throws UsageError unless all are positive numbers */
const columnsOf = (text: string): Q.Rational[] =>
  text.split(',').map((part) => {
    try {
      const value = Q.parseRational(part.trim());
      if (Q.sign(value) > 0 && Q.compare(value, Q.rational(100)) < 0) return value;
    } catch (error) {
      if (!(error instanceof ExactError)) throw error;
    }
    throw new UsageError(`--mu ${text}: '${part}' is no number between 0 and 100`, 'For example --mu 0.45,0.49,0.51');
  });

/** @throws UsageError unless the theorem is about two layers and has a hypothesis on the minimizer that has a price */
const targetOf = (registry: Parameters<typeof findTargets>[0], name: string): Target => {
  const [target] = findTargets(registry, [name], 'current');
  const hypothesis = target === undefined ? undefined : pricedHypothesis(target.revision);
  if (target === undefined || hypothesis === undefined || target.revision.problem.spec.layers !== 2) {
    throw new UsageError(
      `theorem ${name} has no hypothesis on the minimizer whose failure has a price`,
      'Theorem 4.2@relaxed has one.',
    );
  }
  return target;
};

export const vacuity = async (args: VacuityArguments, io: Io): Promise<number> => {
  const started = performance.now();
  const format = FORMATS.find((x) => x === args.format);
  if (format === undefined) throw new UsageError(`--format ${args.format}`, `Formats: ${FORMATS.join(', ')}.`);
  const loaded = await loadTheorems(args.modules);
  const { registry } = loaded;
  const target = targetOf(registry, args.theorem);
  const [classes, features, samples] = [
    parseSizeRange('K', args.K),
    parseSizeRange('d', args.d),
    parseSizeRange('n', args.n),
  ];
  const mus = columnsOf(args.mu);
  const rows = Array.from(
    { length: classes.upper.offset - classes.lower.offset + 1 },
    (_, k) => classes.lower.offset + k,
  );
  const name = `${fullId(target.theorem)}@${target.revision.id}`;
  const tasks = rows.flatMap((K) =>
    mus.map((mu): VacuityTask => {
      const [d, n] = [sizesAt(features, K)?.lower, sizesAt(samples, K)?.lower];
      if (d === undefined || n === undefined) throw new UsageError(`no d or n at K = ${K}`, 'For example --d K --n 1.');
      const instance = instanceAt(K, n, d, kappaOf(mu));
      return { kind: 'vacuity', target: name, instance, seed: args.seed, runs: args.starts };
    }),
  );

  const pool = openPool(workersOf(args.workers), loaded);
  const progress = createProgress(args.json ? { quiet: true } : {});
  const cells: VacuityCell[] = [];
  try {
    const run = (wave: readonly VacuityTask[], keep: (index: number, cell: VacuityCell) => void) =>
      pool.run<VacuityTask, VacuityCell>(wave, {
        onResult: (index, cell) => {
          keep(index, cell);
          const state = { task: `vacuity ${targetName(target)}`, stage: 'cells', done: index + 1 };
          progress.update({ ...state, total: wave.length });
          return undefined;
        },
        shouldStop: () => io.interrupted(),
      });
    const { stopped } = await run(tasks, (_, cell) => cells.push(cell));
    // What is low in one cell of a row is a start for the others: a search by itself meets such points by chance.
    const lowIn = (row: number): readonly (readonly number[])[] =>
      cells
        .slice(row * mus.length, (row + 1) * mus.length)
        .flatMap(({ lower, best }) => (lower > 0 && best !== undefined ? [best.point] : []));
    const again = stopped
      ? []
      : tasks.flatMap((task, index) => {
          const done = (cells[index]?.lower ?? 1) > 0;
          const from = done ? [] : lowIn(Math.floor(index / mus.length));
          return from.length === 0 ? [] : [{ index, task: { ...task, from } }];
        });
    const second = await run(
      again.map((x) => x.task),
      (k, cell) => {
        const index = again[k]?.index;
        if (index !== undefined) cells[index] = cell;
      },
    );
    if (stopped || second.stopped) return EXIT.interrupted;
  } finally {
    progress.clear();
    await pool.close();
  }

  const hypothesis = pricedHypothesis(target.revision);
  const statement = hypothesis?.statement;
  const table: VacuityTable = {
    target: name,
    starts: args.starts,
    hypothesis: {
      id: hypothesis?.id ?? '',
      text: statement === undefined ? '' : toText(statement),
      latex: statement === undefined ? '' : toLatex(statement),
    },
    columns: mus.map((mu) => ({ mu: decimalText(mu), kappa: decimalText(kappaOf(mu)) })),
    rows: rows.map((K, index) => ({ K, cells: cells.slice(index * mus.length, (index + 1) * mus.length) })),
  };
  const elapsedMs = Math.round(performance.now() - started);
  if (args.json) io.out(JSON.stringify(vacuityJson(table, args.seed, { elapsedMs }), null, 2));
  else io.out(vacuityTable(table, format));
  if (cells.some((x) => x.contradicting > 0)) return EXIT.different;
  return cells.some((x) => x.unproved !== undefined) ? EXIT.inconclusive : EXIT.asExpected;
};

/** A number as it is written in a table. */
const decimalText = (x: Q.Rational): string => String(Number(Q.toNumber(x).toPrecision(4)));
