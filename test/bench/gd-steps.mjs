/**
 * Steps per second of plain gradient descent at (L, K, d, n) = (1, 4, 8, 5): the built package against numpy.
 *
 *   npm run build && node test/bench/gd-steps.mjs [dist folder]
 *
 * Both sides take the same steps from the same start and keep the value of each; the final values must agree. Medians
 * of several repeats after warm-up. numpy is skipped with a message when `/usr/bin/python3` does not have it.
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
console.log(`ufm-check  ${Math.round(ours).toLocaleString('en')} steps/s  (median of ${REPEATS} × ${STEPS} steps)`);

let output;
try {
  output = execFileSync('/usr/bin/python3', [resolve(here, 'gd_steps.py'), String(NUMPY_STEPS), String(REPEATS)], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
  });
} catch {
  console.log('numpy      skipped: /usr/bin/python3 has no numpy (apt-get install python3-numpy)');
  process.exit(0);
}
const numpy = JSON.parse(output);
if (numpy.missing) {
  console.log('numpy      skipped: /usr/bin/python3 has no numpy (apt-get install python3-numpy)');
} else {
  const theirs = median(numpy.rates);
  const steps = NUMPY_STEPS;
  console.log(`numpy ${numpy.version}  ${Math.round(theirs).toLocaleString('en')} steps/s`
    + `  (median of ${REPEATS} × ${steps} steps)`);
  console.log(`ratio      ${(ours / theirs).toFixed(1)}×`);
  const difference = Math.abs(descend(steps) - numpy.value);
  console.log(`the values after ${steps} steps differ by ${difference.toExponential(1)}`);
  if (!(difference < 1e-12)) process.exitCode = 1;
}
