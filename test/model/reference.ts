/**
 * The objective once more, from the formula alone: nested loops over any arithmetic, no kernels.
 *
 * With numbers it checks values and gradients, with dual numbers Hessian–vector products, and with dyadic rationals
 * (exact: every double is one) the rounding-error bounds. To stay dyadic nothing is divided by N: see `Scaled`.
 */
import type { Model } from '../../src/model/model.js';

export interface Arithmetic<T> {
  from(value: number): T;
  add(x: T, y: T): T;
  multiply(x: T, y: T): T;
  isPositive(x: T): boolean;
}

export interface Scaled<T> {
  /** 2N·f. */
  readonly value: T;
  /** N·∇f. */
  readonly gradient: T[];
}

export function referenceGradient<T>(model: Model, point: readonly T[], ops: Arithmetic<T>): Scaled<T> {
  const { instance, blocks, sampleCount: N } = model;
  const { K, widths, spec, classSizes } = instance;
  const L = spec.layers;
  const zero = ops.from(0);
  const at = (name: string, i: number, j: number): number => {
    const block = blocks.find((candidate) => candidate.name === name)!;
    return block.offset + i * block.cols + j;
  };
  const weightName = (l: number): string => (L === 1 ? 'W' : `W${l}`);
  const featureName = L === 1 ? 'H' : 'H1';
  const rowsOf = (l: number): number => (l === L ? K : widths[l]!);
  const classOf = classSizes.flatMap((size, label) => Array.from({ length: size }, () => label));

  // A[l][i][j] for l = 0 … L−1, Z[l] for l = 1 … L.
  const A: T[][][] = [];
  const Z: T[][][] = [[]];
  A[0] = Array.from({ length: widths[0]! }, (_, i) =>
    Array.from({ length: N }, (_, j) => point[at(featureName, i, j)]!));
  for (let l = 1; l <= L; l++) {
    Z[l] = Array.from({ length: rowsOf(l) }, (_, i) => Array.from({ length: N }, (_, j) => {
      let sum = zero;
      for (let k = 0; k < widths[l - 1]!; k++) {
        sum = ops.add(sum, ops.multiply(point[at(weightName(l), i, k)]!, A[l - 1]![k]![j]!));
      }
      return sum;
    }));
    A[l] = Z[l]!.map((row) => row.map((z) => (spec.activation === 'linear' || ops.isPositive(z) ? z : zero)));
  }
  const E = Z[L]!.map((row, i) => row.map((z, j) => {
    const shifted = spec.bias === 'none' ? z : ops.add(z, point[at('b', i, 0)]!);
    return classOf[j] === i ? ops.add(shifted, ops.from(-1)) : shifted;
  }));

  let value = zero;
  for (const e of E.flat()) value = ops.add(value, ops.multiply(e, e));
  const gradient = Array.from({ length: model.size }, () => zero);
  const addTo = (index: number, amount: T): void => {
    gradient[index] = ops.add(gradient[index]!, amount);
  };
  for (const block of blocks) {
    const lambda = ops.from(instance.lambda[block.name] ?? 0);
    for (let k = block.offset; k < block.offset + block.length; k++) {
      const weighted = ops.multiply(ops.multiply(ops.from(N), lambda), point[k]!);
      addTo(k, weighted);
      value = ops.add(value, ops.multiply(weighted, point[k]!));
    }
  }
  let G = E;
  for (let l = L; l >= 1; l--) {
    const below = Array.from({ length: widths[l - 1]! }, () => Array.from({ length: N }, () => zero));
    for (let i = 0; i < rowsOf(l); i++) {
      for (let k = 0; k < widths[l - 1]!; k++) {
        for (let j = 0; j < N; j++) {
          addTo(at(weightName(l), i, k), ops.multiply(G[i]![j]!, A[l - 1]![k]![j]!));
          below[k]![j] = ops.add(below[k]![j]!, ops.multiply(point[at(weightName(l), i, k)]!, G[i]![j]!));
        }
      }
    }
    G = below.map((row, k) => row.map((g, j) =>
      (l > 1 && spec.activation === 'relu' && !ops.isPositive(Z[l - 1]![k]![j]!) ? zero : g)));
  }
  G.forEach((row, i) => row.forEach((g, j) => addTo(at(featureName, i, j), g)));
  if (spec.bias !== 'none') E.forEach((row, i) => row.forEach((e) => addTo(at('b', i, 0), e)));
  return { value, gradient };
}

export const plain: Arithmetic<number> = {
  from: (value) => value,
  add: (x, y) => x + y,
  multiply: (x, y) => x * y,
  isPositive: (x) => x > 0,
};

/** x + εẋ with ε² = 0. */
export interface Dual {
  readonly value: number;
  readonly tangent: number;
}

export const dual: Arithmetic<Dual> = {
  from: (value) => ({ value, tangent: 0 }),
  add: (x, y) => ({ value: x.value + y.value, tangent: x.tangent + y.tangent }),
  multiply: (x, y) => ({ value: x.value * y.value, tangent: x.value * y.tangent + x.tangent * y.value }),
  isPositive: (x) => x.value > 0,
};

/** mantissa · 2^exponent, exactly. */
export interface Dyadic {
  readonly mantissa: bigint;
  readonly exponent: number;
}

export const dyadic: Arithmetic<Dyadic> = {
  from(value) {
    let exponent = 0;
    let scaled = value;
    while (!Number.isInteger(scaled)) {
      scaled *= 2;
      exponent--;
    }
    return { mantissa: BigInt(scaled), exponent };
  },
  add(x, y) {
    const exponent = Math.min(x.exponent, y.exponent);
    const mantissa = (x.mantissa << BigInt(x.exponent - exponent)) + (y.mantissa << BigInt(y.exponent - exponent));
    return { mantissa, exponent };
  },
  multiply: (x, y) => ({ mantissa: x.mantissa * y.mantissa, exponent: x.exponent + y.exponent }),
  isPositive: (x) => x.mantissa > 0n,
};

/** To about 60 bits, then rounded: enough for an error that is compared with a bound. */
export function dyadicToNumber({ mantissa, exponent }: Dyadic): number {
  const excess = Math.max(0, (mantissa < 0n ? -mantissa : mantissa).toString(2).length - 60);
  return Number(mantissa >> BigInt(excess)) * 2 ** (exponent + excess);
}
