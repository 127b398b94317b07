/**
 * Steps per second of plain gradient descent at (L, K, d, n) = (1, 4, 8, 5): the built package against numpy.
 *
 *   npm run build && node test/bench/gd-steps.mjs [dist folder]
 *
 * Both sides take the same steps from the same start; the final values must agree. A step is one evaluation of the
 * gradient (ours gives the value too) and one update. Medians of several repeats after warm-up. numpy runs in three
 * forms, and is skipped with a message when `/usr/bin/python3` does not have it.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = resolve(process.argv[2] ?? resolve(here, '../../dist'));
const load = (path) => import(pathToFileURL(resolve(dist, 'src', path)).href);
const { createModel } = await load('model/model.js');

const K = 4, d = 8, n = 5, lambdaW = 0.01, lambdaH = 0.002, step = 0.5;
const STEPS = 50_000, REPEATS = 7, NUMPY_STEPS = 10_000;

const model = createModel({
  spec: { layers: 1, activation: 'linear', bias: 'none' },
  K, widths: [d], classSizes: new Array(K).fill(n), lambda: { W: lambdaW, H: lambdaH },
});
// A start that both languages compute with the same bits.
const start = Float64Array.from({ length: model.size }, (_, k) => (((k * 37) % 101) - 50) / 100);
const gradient = new Float64Array(model.size);

function descend(steps) {
  const point = start.slice();
  let value = 0;
  for (let s = 0; s < steps; s++) {
    value = model.valueAndGradient(point, gradient);
    for (let k = 0; k < point.length; k++) point[k] -= step * gradient[k];
  }
  return value;
}

function median(values) {
  return [...values].sort((x, y) => x - y)[values.length >> 1];
}

descend(STEPS);
const rates = Array.from({ length: REPEATS }, () => {
  const began = performance.now();
  descend(STEPS);
  return (1000 * STEPS) / (performance.now() - began);
});
const ours = median(rates);
const line = (name, rate, rest) =>
  console.log(`${name.padEnd(32)}${Math.round(rate).toLocaleString('en').padStart(9)} steps/s${rest}`);
line('ufm-check', ours, `   median of ${REPEATS} × ${STEPS} steps`);

const SKIPPED = 'numpy: skipped, /usr/bin/python3 has no numpy (apt-get install python3-numpy)';

/** What gd_steps.py prints; undefined where there is no Python or no numpy. */
function runNumpy() {
  try {
    const script = [resolve(here, 'gd_steps.py'), String(NUMPY_STEPS), String(REPEATS)];
    const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
    const output = execFileSync('/usr/bin/python3', script, { encoding: 'utf8', env });
    const result = JSON.parse(output);
    return result.missing ? undefined : result;
  } catch {
    return undefined;
  }
}

const numpy = runNumpy();
if (numpy === undefined) {
  console.log(SKIPPED);
} else {
  const loops = numpy.loops.map(({ name, rates: theirs }) => ({ name, rate: median(theirs) }));
  for (const { name, rate } of loops) {
    line(`numpy ${numpy.version}, ${name}`, rate, `   we take ${(ours / rate).toFixed(1)}× as many`);
  }
  const best = Math.max(...loops.map(({ rate }) => rate));
  console.log(`ratio to the fastest of them     ${(ours / best).toFixed(1)}×`);
  const value = descend(NUMPY_STEPS);
  const difference = Math.max(...numpy.values.map((theirs) => Math.abs(value - theirs)));
  console.log(`the values after ${NUMPY_STEPS} steps differ by ${difference.toExponential(1)}`);
  if (!(difference < 1e-12)) process.exitCode = 1;
}
