/**
 * The two-layer ReLU objective and L-BFGS on it, at five sizes, beside numpy and scipy on the same problem.
 *
 * Evaluations of value and gradient per second, and the time until a point with |g|_∞ ≤ 1e-8 is evaluated: by our
 * L-BFGS alone, by the whole descent of the tool (L-BFGS handing over to Newton–CG, which goes on to the rounding floor
 * and is only clocked here where it passes the tolerance), and by scipy's L-BFGS-B (m = 10, as ours). The problem has
 * kinks and several local minima: where two methods end at different values, their times are not comparable, and the
 * table says so; then the cost of one iteration is what to compare.
 */
import { EFFORT, median, rate, runPython, seconds, uniformStart } from './harness.mjs';

export const SIZES = [[3, 4, 2], [4, 8, 5], [10, 20, 10], [20, 64, 20], [50, 128, 20]];

const TOLERANCE = 1e-8;
/** Rates are taken in rounds, in turn with numpy, and the best of the medians counts. */
const { repeats: REPEATS, stretch: STRETCH_SECONDS, rounds: ROUNDS, cap: CAP_SECONDS } = EFFORT;

class Stop extends Error {}

export function problem(createModel, K, d, n, L = 2) {
  const lambda = 0.02 / (K * Math.sqrt(n));
  const names = L === 1 ? ['W', 'H'] : [...Array.from({ length: L }, (_, l) => `W${l + 1}`), 'H1'];
  return createModel({
    spec: { layers: L, activation: L === 1 ? 'linear' : 'relu', bias: 'none' }, K,
    widths: new Array(L).fill(d), classSizes: new Array(K).fill(n),
    lambda: Object.fromEntries(names.map((name) => [name, lambda])),
  });
}

function largest(vector) {
  let most = 0;
  for (let k = 0; k < vector.length; k++) most = Math.max(most, Math.abs(vector[k]));
  return most;
}

/**
 * Runs `method(model)` until it evaluates a gradient within the tolerance, or the time is up, or it ends by itself.
 * The clock sits around the model, so that nothing in the method need know of it.
 */
function clocked(model, method) {
  const began = seconds();
  const deadline = performance.now() + 1000 * CAP_SECONDS;
  const state = { evaluations: 0, products: 0, value: NaN, gradient: Infinity, reason: 'ended' };
  const watched = {
    ...model,
    valueAndGradient(point, gradient) {
      state.evaluations++;
      state.value = model.valueAndGradient(point, gradient);
      state.gradient = largest(gradient);
      if (state.gradient <= TOLERANCE) {
        state.reason = 'tolerance';
        throw new Stop();
      }
      outOfTime();
      return state.value;
    },
    hessianVector(point, direction, out) {
      state.products++;
      model.hessianVector(point, direction, out);
      outOfTime();
    },
  };
  function outOfTime() {
    if (performance.now() < deadline) return;
    state.reason = 'time';
    throw new Stop();
  }
  try {
    const result = method(watched);
    state.value = result.value;
    state.reason = result.reason;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  }
  return { ...state, seconds: seconds() - began };
}

/**
 * The same run again where that is cheap: the iterates are the same, only the clock differs. The shortest runs, of a
 * few milliseconds, need many: the optimising compiler comes round during the first of them.
 */
function repeated(run) {
  const first = run();
  if (first.seconds > 2 * STRETCH_SECONDS * REPEATS) return first;
  const times = [];
  for (let spent = 0; times.length < 10 * REPEATS && spent < 2 * STRETCH_SECONDS * REPEATS; spent += times.at(-1)) {
    times.push(run().seconds);
  }
  return { ...first, seconds: median(times) };
}

/** The share of hidden entries that the ReLU lets through. */
function activeShare({ layout, view, sampleCount }, point) {
  const [{ rows, cols }] = layout.weights;
  const W1 = view(point, 'W1'), H1 = view(point, 'H1');
  let active = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < sampleCount; j++) {
      let sum = 0;
      for (let k = 0; k < cols; k++) sum += W1[i * cols + k] * H1[k * sampleCount + j];
      if (sum > 0) active++;
    }
  }
  return active / (rows * sampleCount);
}

/** One record for each size; `theirs` is undefined where scipy is missing. */
export async function measureRelu(load) {
  const { createModel } = await load('model/model.js');
  const { startIterate } = await load('numeric/descent/iterate.js');
  const { lbfgs } = await load('numeric/descent/lbfgs.js');
  const { descend } = await load('numeric/descent/descend.js');

  return SIZES.map(([K, d, n]) => {
    const model = problem(createModel, K, d, n);
    const start = uniformStart(model.size);
    const gradient = new Float64Array(model.size);
    const value = model.valueAndGradient(start, gradient);
    const first = largest(gradient);
    const rateAt = (point) =>
      rate(() => model.valueAndGradient(point, gradient), { repeats: REPEATS, stretch: STRETCH_SECONDS });
    const end = start.slice();
    const quasiNewton = repeated(() => {
      let iterate;
      const run = clocked(model, (watched) => {
        iterate = startIterate(watched, start);
        const reason = lbfgs(iterate, { gradientTolerance: 0, maximumIterations: 1e6 });
        return { value: iterate.value, reason };
      });
      end.set(iterate.point);
      // The step on which the run was stopped is an iteration that could not be counted any more.
      return { ...run, iterations: iterate.iterations + (run.reason === 'tolerance' ? 1 : 0) };
    });
    const whole = repeated(() => clocked(model, (watched) => descend(watched, start)));
    const python = (cap, clock, threads) =>
      runPython('relu_scipy.py', [K, d, n, STRETCH_SECONDS, REPEATS, cap, clock], { threads });
    const theirs = python(CAP_SECONDS, 'cpu', 1);
    let atStart = rateAt(start), atEnd = rateAt(end);
    const allThreads = theirs && python(0, 'wall', 'any')?.rates;
    for (let round = 1; round < ROUNDS; round++) {
      const again = theirs && python(0, 'cpu', 1)?.rates;
      for (const form in again) theirs.rates[form] = Math.max(theirs.rates[form], again[form]);
      atStart = Math.max(atStart, rateAt(start));
      atEnd = Math.max(atEnd, rateAt(end));
    }
    if (theirs !== undefined && !(Math.abs(theirs.value - value) <= 1e-12 * value)) {
      throw new Error(`the objectives differ at the start: ${value} here, ${theirs.value} in numpy`);
    }
    if (theirs !== undefined && !(Math.abs(theirs.gradient - first) <= 1e-12 * first)) {
      throw new Error(`the gradients differ at the start: ${first} here, ${theirs.gradient} in numpy`);
    }
    const active = activeShare(model, end);
    return { K, d, n, unknowns: model.size, atStart, atEnd, active, quasiNewton, whole, theirs, allThreads };
  });
}
