/**
 * Steps per second of plain gradient descent at (L, K, d, n) = (1, 4, 8, 5): the built package against numpy.
 *
 * Both sides take the same steps from the same start; the final values must agree. A step is one evaluation of the
 * gradient (ours gives the value too) and one update. Medians of several repeats after warm-up. numpy runs in three
 * forms.
 */
import { EFFORT, median, runPython, seconds } from './harness.mjs';

const K = 4, d = 8, n = 5, lambdaW = 0.01, lambdaH = 0.002, step = 0.5;
const STEPS = 50_000, REPEATS = EFFORT.repeats, NUMPY_STEPS = 10_000;

/** { ours, numpy } in steps per second; `numpy` is undefined, or its version and the rates of its forms. */
export async function measureSteps(load) {
  const { createModel } = await load('model/model.js');
  const model = createModel({
    spec: { layers: 1, activation: 'linear', bias: 'none' },
    K, widths: [d], classSizes: new Array(K).fill(n), lambda: { W: lambdaW, H: lambdaH },
  });
  // A start that both languages compute with the same bits.
  const start = Float64Array.from({ length: model.size }, (_, k) => (((k * 37) % 101) - 50) / 100);
  const gradient = new Float64Array(model.size);
  const descend = (steps) => {
    const point = start.slice();
    let value = 0;
    for (let s = 0; s < steps; s++) {
      value = model.valueAndGradient(point, gradient);
      for (let k = 0; k < point.length; k++) point[k] -= step * gradient[k];
    }
    return value;
  };

  descend(STEPS);
  const ours = median(Array.from({ length: REPEATS }, () => {
    const began = seconds();
    descend(STEPS);
    return STEPS / (seconds() - began);
  }));
  const theirs = runPython('gd_steps.py', [NUMPY_STEPS, REPEATS]);
  if (theirs === undefined) return { ours, numpy: undefined };
  const value = descend(NUMPY_STEPS);
  const difference = Math.max(...theirs.values.map((each) => Math.abs(value - each)));
  if (!(difference < 1e-12)) throw new Error(`after ${NUMPY_STEPS} steps the values differ by ${difference}`);
  const forms = theirs.loops.map(({ name, rates }) => ({ name, rate: median(rates) }));
  return { ours, numpy: { version: theirs.version, forms, best: Math.max(...forms.map(({ rate }) => rate)) } };
}
