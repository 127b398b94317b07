/** What the benchmarks share: medians, rates, a start that both languages compute alike, the child process of numpy. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

export const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * How long a run takes. `repeats` stretches of `stretch` seconds give the median of a rate, in `rounds` rounds; a run
 * towards the tolerance is stopped after `cap` seconds on the wall.
 */
export const EFFORT = process.argv.includes('--long')
  ? { repeats: 5, stretch: 0.15, rounds: 2, cap: 12 }
  : { repeats: 3, stretch: 0.08, rounds: 2, cap: 3 };

const PYTHON = '/usr/bin/python3';

/** Loads a module of the built package, from `dist` (a folder, by default that of this repository). */
export function loader(dist = resolve(here, '../../dist')) {
  return (path) => import(pathToFileURL(resolve(dist, 'src', path)).href);
}

export function median(values) {
  return [...values].sort((x, y) => x - y)[values.length >> 1];
}

/**
 * Seconds of processor time that this process has used, compiler and collector included. On a machine with other work
 * to do it is what can be compared; on a quiet one it is the time on the wall.
 */
export function seconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Calls per second of `work`: the median of `repeats` stretches of about `seconds` each, after warming up. */
export function rate(work, { repeats, stretch }) {
  const timed = (calls) => {
    const began = seconds();
    for (let call = 0; call < calls; call++) work();
    return seconds() - began;
  };
  // Long enough for the optimising compiler to have come round, then long enough to be measured.
  let calls = 1;
  for (let spent = 0; spent < stretch; ) {
    const once = timed(calls);
    spent += once;
    calls = Math.min(Math.max(1, Math.ceil((calls * stretch) / Math.max(once, 1e-6))), 10 * calls);
  }
  return median(Array.from({ length: repeats }, () => calls / timed(calls)));
}

/** Uniform on (−1/2, 1/2) from a 32-bit congruential generator: the same bits here and in Python. */
export function uniformStart(length) {
  let state = 1;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

/**
 * What a script next to this file prints, as JSON; undefined where there is no Python or it lacks numpy or scipy.
 *
 * One thread unless `threads` says otherwise ('any': as many as OpenBLAS likes), and none of the variables with which a
 * machine may force OpenBLAS to slower code than its own choice.
 */
export function runPython(script, args, { threads = 1 } = {}) {
  const {
    OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, OPENBLAS_NUM_THREADS: _threads, OMP_NUM_THREADS: _omp, ...env
  } = process.env;
  if (threads !== 'any') Object.assign(env, { OPENBLAS_NUM_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}` });
  try {
    const output = execFileSync(PYTHON, [resolve(here, script), ...args.map(String)], {
      encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'],
    });
    const result = JSON.parse(output);
    return result.missing ? undefined : result;
  } catch {
    return undefined;
  }
}
