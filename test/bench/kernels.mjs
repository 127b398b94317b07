/**
 * The SIMD kernels beside the portable ones: value and gradient, and one iteration of L-BFGS, up to a million unknowns.
 * Both give the same bits; which of them a model of this size runs on by default is said.
 */
import { problem } from './relu.mjs';
import { EFFORT, rate, seconds, uniformStart } from './harness.mjs';

/** [L, K, d, n]; one layer is linear, two are rectified. */
const SIZES = [[1, 4, 8, 5], [2, 10, 20, 10], [1, 20, 64, 20], [2, 50, 128, 20], [1, 50, 200, 100]];
/** Enough for the memory of L-BFGS to fill, and then to be used full. */
const ITERATIONS = 20;

export async function measureKernels(load) {
  const { createModel } = await load('model/model.js');
  const { portableKernels } = await load('model/kernels.js');
  const { startIterate } = await load('numeric/descent/iterate.js');
  const { lbfgs } = await load('numeric/descent/lbfgs.js');

  return SIZES.map(([L, K, d, n]) => {
    const times = [portableKernels, undefined].map((kernels) => {
      const model = problem((instance) => createModel(instance, kernels), K, d, n, L);
      const start = uniformStart(model.size);
      const gradient = new Float64Array(model.size);
      const perSecond = rate(() => model.valueAndGradient(start, gradient), EFFORT);
      const descend = () => {
        const iterate = startIterate(model, start);
        lbfgs(iterate, { gradientTolerance: 0, maximumIterations: 10 });
        const began = seconds();
        const before = iterate.iterations;
        lbfgs(iterate, { gradientTolerance: 0, maximumIterations: ITERATIONS });
        return (seconds() - began) / (iterate.iterations - before);
      };
      return {
        evaluation: 1 / perSecond, iteration: Math.min(descend(), descend()),
        unknowns: model.size, portable: model.kernels === portableKernels,
      };
    });
    const [portable, chosen] = times;
    return { L, K, d, n, unknowns: chosen.unknowns, portable, chosen };
  });
}
