/**
 * Runs every benchmark and prints tables: `npm run build && npm run bench`, about a minute on a quiet machine.
 *
 *   node test/bench/run.mjs [--markdown] [--long] [dist folder]
 *
 * With --long runs towards the tolerance get four times as long, and medians are of more stretches. With --markdown the
 * tables also replace those of docs/benchmark.md, between its two marks. Timings are printed, never asserted; that both
 * sides compute the same function is asserted. What needs numpy and scipy is left out, with a message, where
 * /usr/bin/python3 lacks them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';
import { measureSteps } from './gd-steps.mjs';
import { EFFORT, loader } from './harness.mjs';
import { measureKernels } from './kernels.mjs';
import { measureRelu } from './relu.mjs';

const markdown = process.argv.includes('--markdown');
const page = new URL('../../docs/benchmark.md', import.meta.url);
const lines = [];
function print(line) {
  lines.push(line);
  console.log(line);
}

const load = loader(process.argv.slice(2).find((argument) => !argument.startsWith('--')));

const SKIPPED = 'numpy and scipy: skipped, /usr/bin/python3 lacks them (apt-get install python3-scipy)';
const whole = (value) => Math.round(value).toLocaleString('en');
const times = (value) => `${value.toFixed(value < 10 ? 2 : 1)}×`;
const time = (seconds) => (seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`);

function table(title, header, rows) {
  print(`\n${markdown ? `### ${title}\n` : title}`);
  if (markdown) [header, ...rows] = [header, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row, fill = ' ') =>
    (markdown ? '| ' : '  ') + row.map((cell, k) => cell.padEnd(widths[k], fill)).join(markdown ? ' | ' : '  ')
    + (markdown ? ' |' : '');
  print(line(header));
  if (markdown) print(line(header.map(() => '---'), '-'));
  for (const row of rows) print(line(row));
}

const steps = await measureSteps(load);
const relu = await measureRelu(load);
const compared = relu.every(({ theirs }) => theirs !== undefined);

const processor = cpus()[0]?.model ?? 'unknown processor';
const load1 = loadavg()[0].toFixed(1);
const [{ theirs: python }] = relu;
const versions = python === undefined ? '' : `, numpy ${python.numpy}, scipy ${python.scipy}`;
const machine = `${processor}, ${cpus().length} cores, load ${load1}; ${platform()} ${arch()}`;
print(`${machine}, Node ${process.version}${versions}.`);
print('One thread on either side, processor time; "all threads": as many as OpenBLAS likes, time on the wall.');

table('Steps of plain gradient descent per second, (L, K, d, n) = (1, 4, 8, 5)', ['form', 'steps/s', 'we take'], [
  ['ufm-check', whole(steps.ours), '1×'],
  ...(steps.numpy?.forms ?? []).map(({ name, rate }) => [
    `numpy ${steps.numpy.version}, ${name}`, whole(rate), `${times(steps.ours / rate)} as many`,
  ]),
]);

if (!compared) print(`\n${SKIPPED}`);
const named = ({ K, d, n }) => `${K}, ${d}, ${n}`;

table('Evaluations of value and gradient per second, L = 2, ReLU', [
  'K, d, n', 'unknowns', 'at the start', 'where L-BFGS ends', 'active there', 'numpy operators', 'numpy out=',
  'ratio at the start', 'ratio at the end', 'numpy, all threads',
], relu.map((each) => {
  const rates = each.theirs?.rates;
  const best = rates === undefined ? NaN : Math.max(...Object.values(rates));
  return [
    named(each), whole(each.unknowns), whole(each.atStart), whole(each.atEnd), `${Math.round(100 * each.active)}%`,
    ...(rates === undefined ? ['–', '–', '–', '–', '–'] : [
      whole(rates.operators), whole(rates['out=']), times(each.atStart / best), times(each.atEnd / best),
      each.allThreads === undefined ? '–' : whole(Math.max(...Object.values(each.allThreads))),
    ]),
  ];
}));

const REASONS = { tolerance: 'reached', time: `stopped after ${EFFORT.cap} s`, stalled: 'not reached: stalled' };
const runs = relu.flatMap((each) => {
  const row = (who, run, iterations, products) => [
    named(each), who, time(run.seconds), iterations, whole(run.evaluations), products,
    iterations === '–' ? '–' : time(run.seconds / Math.max(run.iterations, 1)),
    run.gradient.toExponential(1), run.value.toPrecision(10),
    REASONS[run.reason] ?? `not reached: ${/REL_REDUCTION/.test(run.reason) ? 'f no longer falls' : run.reason}`,
  ];
  return [
    row('L-BFGS', each.quasiNewton, whole(each.quasiNewton.iterations), '–'),
    row('descent', each.whole, '–', whole(each.whole.products)),
    ...(each.theirs === undefined ? [] : [row('scipy', each.theirs.run, whole(each.theirs.run.iterations), '–')]),
  ];
});
table('Time to |g|_∞ ≤ 1e-8, L = 2, ReLU', [
  'K, d, n', 'method', 'time', 'iterations', 'evaluations', 'Hessian products', 'per iteration', '|g|_∞', 'value',
  'tolerance',
], runs);

if (compared) {
  table('The same as ratios: how many times as long scipy takes', [
    'K, d, n', 'per iteration', 'to the tolerance, L-BFGS', 'to the tolerance, descent', 'ends',
  ], relu.map((each) => {
    const { quasiNewton: ours, whole: tool, theirs: { run } } = each;
    const ratio = (mine) => {
      if (mine.reason !== 'tolerance' && run.reason !== 'tolerance') return 'neither reaches it';
      if (mine.reason !== 'tolerance') return 'scipy alone reaches it';
      return `${run.reason === 'tolerance' ? '' : 'scipy does not; over '}${times(run.seconds / mine.seconds)}`;
    };
    const apart = (ours.value - run.value) / run.value;
    const same = Math.abs(apart) <= 1e-9;
    return [
      named(each), times((run.seconds / run.iterations) / (ours.seconds / ours.iterations)), ratio(ours), ratio(tool),
      same ? 'at the same value' : `ours is ${apart < 0 ? 'lower' : 'higher'} by ${Math.abs(apart).toExponential(0)}`,
    ];
  }));
}

table('SIMD kernels beside portable ones', [
  'L, K, d, n', 'unknowns', 'f and ∇f, portable', 'f and ∇f, as chosen', 'L-BFGS iteration, portable',
  'L-BFGS iteration, as chosen', 'chosen',
], (await measureKernels(load)).map(({ L, K, d, n, unknowns, portable, chosen }) => [
  `${L}, ${K}, ${d}, ${n}`, whole(unknowns), time(portable.evaluation), time(chosen.evaluation),
  time(portable.iteration), time(chosen.iteration), chosen.portable ? 'portable' : 'SIMD',
]));

if (markdown) {
  const marked = /(<!-- tables -->\n)[^]*(<!-- end of tables -->)/;
  const before = readFileSync(page, 'utf8');
  if (!marked.test(before)) throw new Error('docs/benchmark.md has lost the marks between which its tables stand');
  writeFileSync(page, before.replace(marked, (_, from, to) => `${from}${lines.join('\n')}\n${to}`));
}
