import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { kernelsFor } from '../../src/model/choose-kernels.js';
import { portableKernels as portable, type Kernels } from '../../src/model/kernels.js';
import { createModel, type Model } from '../../src/model/model.js';
import { assemble, get, I32, i32, set } from '../../src/model/simd/assembler.js';
import { createSimdKernels } from '../../src/model/simd/kernels.js';
import { webAssembly } from '../../src/model/simd/webassembly.js';
import type { ModelInstance } from '../../src/model/spec.js';
import { descend } from '../../src/numeric/descent/descend.js';
import { workspaceOf } from '../../src/numeric/descent/workspace.js';
import { createStream, type Stream } from '../../src/numeric/random.js';

const ARENA = 40_000;

function simdKernels(): Kernels {
  const kernels = createSimdKernels(ARENA, 120_000, 600);
  if (kernels === undefined) throw new Error('this engine has no SIMD: nothing here would be tested');
  return kernels;
}

/** Normal numbers, so many of them replaced by zeros of either sign, and now and then one by a given number. */
function entries(stream: Stream, length: number, zeros: number, odd?: number): Float64Array {
  const values = stream.fillNormal(new Float64Array(length), 1);
  for (let k = 0; k < length; k++) if (stream.uniform() < zeros) values[k] = stream.uniform() < 0.5 ? 0 : -0;
  if (odd !== undefined && length > 0) values[stream.integer(0, length - 1)] = odd;
  return values;
}

/** The first place where the bits differ (NaN is NaN), −1 if none. */
function difference(x: Float64Array, y: Float64Array): number {
  return x.findIndex((value, k) => !Object.is(value, y[k]));
}

/** The same numbers where the kernels reach them without a copy. */
function settle(kernels: Kernels, values: Float64Array): Float64Array {
  const workspace = kernels.allocate(values.length);
  workspace.set(values);
  return workspace;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('products', () => {
  const size = (max: number) => fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max }) });
  const share = fc.constantFrom(0, 0, 0.1, 0.5, 0.9, 1);
  const odd = fc.constantFrom(undefined, undefined, undefined, NaN, Infinity, 1e-310, 1e300);

  test('have the bits of the portable ones for every shape, share of zeros and place of the operands', () => {
    const kernels = simdKernels();
    fc.assert(fc.property(
      size(90), size(500), size(90), share, share, odd, odd, fc.boolean(), fc.integer(),
      (rows, inner, columns, zerosA, zerosB, oddA, oddB, accumulate, seed) => {
        const stream = createStream('simd', seed);
        const a = entries(stream, 3 + rows * inner, zerosA, oddA);
        const b = entries(stream, 1 + inner * columns, zerosB, oddB);
        const before = entries(stream, 2 + rows * columns + 1, 0.2);
        for (const name of ['multiply', 'multiplyByTranspose', 'transposeMultiply'] as const) {
          const expected = before.slice();
          const out = before.slice();
          portable[name](rows, inner, columns, a, 3, b, 1, expected, 2, accumulate);
          kernels[name](rows, inner, columns, a, 3, b, 1, out, 2, accumulate);
          expect(difference(out, expected)).toBe(-1);
        }
      },
    ), { numRuns: 400 });
  });

  test('the same when operands and result lie in the memory of the kernels', () => {
    fc.assert(fc.property(size(60), size(300), size(60), share, share, fc.boolean(), fc.integer(),
      (rows, inner, columns, zerosA, zerosB, accumulate, seed) => {
        const stream = createStream('resident', seed);
        const kernels = simdKernels();
        const a = entries(stream, rows * inner, zerosA);
        const b = entries(stream, inner * columns, zerosB);
        const before = entries(stream, rows * columns, 0);
        const [left, right, out] = [settle(kernels, a), settle(kernels, b), settle(kernels, before)];
        const fence = settle(kernels, Float64Array.of(7));
        for (const name of ['multiply', 'multiplyByTranspose', 'transposeMultiply'] as const) {
          const expected = before.slice();
          out.set(before);
          portable[name](rows, inner, columns, a, 0, b, 0, expected, 0, accumulate);
          kernels[name](rows, inner, columns, left, 0, right, 0, out, 0, accumulate);
          expect(difference(out, expected)).toBe(-1);
          expect(difference(left, a)).toBe(-1);
          expect(difference(right, b)).toBe(-1);
          expect(fence[0]).toBe(7);
        }
      },
    ), { numRuns: 100 });
  });

  test('a zero left out would hide nothing: 0 · ∞ and 0 · NaN show', () => {
    const kernels = simdKernels();
    for (const broken of [NaN, Infinity, -Infinity]) {
      const sparse = new Float64Array(30 * 30);
      const dense = new Float64Array(30 * 30).fill(1);
      dense[31] = broken;
      const out = new Float64Array(30 * 30);
      kernels.multiply(30, 30, 30, sparse, 0, dense, 0, out, 0, false);
      expect(out[1]).toBeNaN();
      expect(out[0]).toBe(0);
      kernels.multiply(30, 30, 30, dense, 0, sparse, 0, out, 0, false);
      expect(out[30]).toBeNaN();
    }
  });

  test('what is too large for the memory goes to the portable kernels', () => {
    const kernels = createSimdKernels(0, 20, 10)!;
    const stream = createStream('overflow');
    const [a, b] = [entries(stream, 12 * 9, 0.5), entries(stream, 9 * 7, 0)];
    const [out, expected] = [new Float64Array(12 * 7), new Float64Array(12 * 7)];
    kernels.multiply(12, 9, 7, a, 0, b, 0, out, 0, false);
    portable.multiply(12, 9, 7, a, 0, b, 0, expected, 0, false);
    expect(difference(out, expected)).toBe(-1);
    const spilled = Array.from({ length: 40 }, () => kernels.allocate(1000));
    expect(new Set(spilled.map(({ buffer }) => buffer)).size).toBeGreaterThan(30);
    expect(spilled.every((workspace) => workspace.every((value) => value === 0))).toBe(true);
  });
});

test('vector loops have the bits of the portable ones, in and out of the memory', () => {
  fc.assert(fc.property(
    fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 100, max: 140 }), fc.integer({ min: 0, max: 3000 })),
    fc.double({ min: -3, max: 3, noNaN: true }), fc.constantFrom(undefined, NaN, Infinity), fc.boolean(), fc.integer(),
    (length, alpha, odd, resident, seed) => {
      const stream = createStream('vectors', seed);
      const kernels = simdKernels();
      const sources = [0, 1, 2].map((index) => entries(stream, length + 3, 0.3, index === 1 ? odd : undefined));
      const results = [portable, kernels].map((each) => {
        const place = (values: Float64Array): Float64Array =>
          resident && each === kernels ? settle(kernels, values) : values.slice();
        const [x, y, z] = sources.map(place) as [Float64Array, Float64Array, Float64Array];
        const numbers = [each.dot(length, x, 3, y, 1), each.axpyDot(length, alpha, x, 1, y, 2, z, 3)];
        each.axpy(length, -alpha, y, 0, z, 1);
        each.scale(length, alpha, z, 2, x, 0);
        each.scale(length, alpha, y, 1, y, 1);
        each.addScaled(length, x, alpha, y, z);
        each.addScaled(length, z, alpha, x, x);
        each.moveTo(length, x, y, z);
        each.rectify(z);
        each.mask(z, x);
        return [Float64Array.from(numbers), x, y, z];
      });
      results[0]!.forEach((expected, index) => expect(difference(results[1]![index]!, expected)).toBe(-1));
    },
  ), { numRuns: 200 });
});

describe('models', () => {
  const instance = (layers: number, activation: 'linear' | 'relu', K: number, d: number, n: number): ModelInstance => {
    const names = layers === 1 ? ['W', 'H'] : [...Array.from({ length: layers }, (_, l) => `W${l + 1}`), 'H1'];
    return {
      spec: { layers, activation, bias: 'free' }, K, widths: Array.from({ length: layers }, (_, l) => d + l),
      classSizes: Array.from({ length: K }, (_, k) => n + (k % 2)),
      lambda: Object.fromEntries(names.map((name, index) => [name, 0.004 * (1 + index)])),
    };
  };
  const pair = (each: ModelInstance): [Model, Model] => {
    const model = createModel(each);
    expect(model.kernels).not.toBe(portable);
    return [createModel(each, portable), model];
  };

  test.each([[1, 'linear'], [2, 'linear'], [2, 'relu'], [3, 'relu']] as const)(
    '%i layers, %s: value, gradient, Hessian product and bounds do not depend on the kernels', (layers, activation) => {
      const [expected, model] = pair(instance(layers, activation, 5, 23, 9));
      const stream = createStream('kernels of models', layers, activation);
      for (let trial = 0; trial < 10; trial++) {
        const point = entries(stream, model.size, 0.1);
        const direction = entries(stream, model.size, 0);
        const results = [expected, model].map((each) => {
          const gradient = new Float64Array(model.size);
          const product = new Float64Array(model.size);
          const value = each.valueAndGradient(point, gradient);
          each.hessianVector(point, direction, product);
          const bounds = [
            value, each.valueRoundingError(point), each.gradientRoundingError(point),
            each.gradientSensitivity(point, 1e-9),
          ];
          return [Float64Array.from(bounds), gradient, product];
        });
        results[0]!.forEach((values, index) => expect(difference(results[1]![index]!, values)).toBe(-1));
      }
    });

  test.each([[1, 'linear'], [2, 'relu']] as const)(
    '%i layers, %s: a descent takes the same steps on either kernels', (layers, activation) => {
      const [expected, model] = pair(instance(layers, activation, 4, 24, 12));
      const start = entries(createStream('descent on kernels'), model.size, 0).map((value) => 0.3 * value);
      const options = { maximumIterations: 400, maximumEscapes: 2 };
      const results = [expected, model].map((each) => descend(each, start, options));
      expect(results[1]).toEqual(results[0]);
      // The workspaces of the first descent leave no trace in a second.
      expect(descend(model, start, options)).toEqual(results[0]);
    });

  test('on points in the memory, value and gradient do not allocate', () => {
    const model = createModel(instance(2, 'relu', 4, 20, 5));
    const point = settle(model.kernels, entries(createStream('no garbage'), model.size, 0));
    const gradient = model.kernels.allocate(model.size);
    expect(gradient.buffer).toBe(point.buffer);
    const run = (calls: number): number => {
      const before = process.memoryUsage().heapUsed;
      for (let call = 0; call < calls; call++) model.valueAndGradient(point, gradient);
      return process.memoryUsage().heapUsed - before;
    };
    run(5_000);
    // A view for each of the six products would take 6 MB in 10,000 calls; boxed numbers take far less.
    expect(Math.min(run(10_000), run(10_000), run(10_000))).toBeLessThan(2e6);
  });

  test('small ones run on the portable kernels, and so do all without WebAssembly', async () => {
    expect(createModel(instance(1, 'linear', 3, 4, 2)).kernels).toBe(portable);
    const large = createModel(instance(1, 'linear', 5, 23, 9));
    expect(kernelsFor(large.layout)).not.toBe(portable);
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const { createModel: create } = await import('../../src/model/model.js');
    const { portableKernels } = await import('../../src/model/kernels.js');
    expect(create(instance(1, 'linear', 5, 23, 9)).kernels).toBe(portableKernels);
  });

  test('an engine that refuses the module leaves the portable kernels', async () => {
    const refuse = (): never => {
      throw new Error('no SIMD');
    };
    const { Memory, Instance } = webAssembly!;
    vi.stubGlobal('WebAssembly', { Memory, Instance, Module: refuse });
    vi.resetModules();
    const { createSimdKernels: create } = await import('../../src/model/simd/kernels.js');
    expect(create(0, 10, 10)).toBeUndefined();
  });
});

test('integers are encoded as the specification says, at every length and sign', () => {
  const values = [0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, -8192, -8193, 65_536, 2 ** 31 - 1, -(2 ** 31)];
  const module = assemble(values.map((value, index) => ({
    name: `f${index}`, parameters: [], result: I32, locals: new Array<number>(200).fill(I32),
    body: [...set(150, i32.constant(value)), ...get(150)],
  })));
  const { Module, Memory, Instance } = webAssembly!;
  const memory = new Memory({ initial: 1, maximum: 1 });
  const { exports } = new Instance(new Module(module), { env: { memory } });
  expect(values.map((_, index) => exports[`f${index}`]!())).toEqual(values);
});

test('the memory has room for the vectors of every method of descent', () => {
  const lambda = { W: 1 / 1000, H: 1 / 1000 };
  const model = createModel({
    spec: { layers: 1, activation: 'linear', bias: 'none' }, K: 10, widths: [20],
    classSizes: new Array<number>(10).fill(3), lambda,
  });
  const start = createStream('room').fillNormal(new Float64Array(model.size), 1);
  for (const method of ['lbfgs', 'gradient'] as const) descend(model, start, { method, maximumIterations: 20 });
  // What a descent has allocated is what it is given again, whatever the count.
  const vectors = ['lbfgs', 'newton', 'gradient'].flatMap((owner) => workspaceOf(model, owner, 0));
  expect(vectors.length).toBe(33);
  expect(new Set(vectors.map(({ buffer }) => buffer)).size).toBe(1);
});
