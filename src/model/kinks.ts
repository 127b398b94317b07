/**
 * Where a ReLU model is smooth: pre-activations, active pattern, distance to the nearest kink, one-sided slopes.
 *
 * f is C^∞ on the open pieces {Z_l,ij ≠ 0 for all hidden l, i, j}; kinks are the points where some Z is zero. These
 * functions allocate: they are for looking at one point, not for the inside of a descent. For a linear model, and for
 * one layer, there is nothing to list: no hidden layers, an infinite distance.
 */
import { allocateLayers, forward, preActivation } from './forward.js';
import type { Model } from './model.js';

/** Z_l of one hidden layer, rows(W_l)×N row-major, and |Z_l| ≥ `nearest` everywhere. */
export interface HiddenLayer {
  /** l, from 1. */
  readonly layer: number;
  readonly rows: number;
  readonly cols: number;
  readonly values: Float64Array;
  /** min |Z_ij|: the distance of this layer to its nearest kink, in pre-activation units. */
  readonly nearest: number;
}

/** The pre-activations Z_1 … Z_{L−1} of a ReLU model at `point`; empty when no layer is rectified. */
export function preActivations(model: Model, point: Float64Array): readonly HiddenLayer[] {
  if (!isRectified(model)) return [];
  const { layout, kernels, sampleCount } = model;
  const activations = allocateLayers(layout);
  forward(layout, kernels, point, activations);
  // From the top down: a layer is recomputed with its signs when nothing above needs it rectified any more.
  const hidden: HiddenLayer[] = [];
  for (let l = layout.weights.length - 2; l >= 0; l--) {
    preActivation(layout, kernels, point, activations, l);
    const values = activations[l]!;
    const nearest = values.reduce((least, z) => Math.min(least, Math.abs(z)), Infinity);
    hidden.unshift({ layer: l + 1, rows: layout.weights[l]!.rows, cols: sampleCount, values, nearest });
  }
  return hidden;
}

/** The mask 1[Z_l > 0] of each hidden layer, as bytes in the shape of Z_l. */
export function activePattern(model: Model, point: Float64Array): readonly Uint8Array[] {
  return preActivations(model, point).map(({ values }) => Uint8Array.from(values, (z) => (z > 0 ? 1 : 0)));
}

/** min over layers and entries of |Z_ij|; Infinity when nothing is rectified. */
export function nearestKink(model: Model, point: Float64Array): number {
  return preActivations(model, point).reduce((least, { nearest }) => Math.min(least, nearest), Infinity);
}

/**
 * The one-sided directional derivative f′(point; direction) = lim_{t↓0} (f(point + t·direction) − f(point))/t.
 *
 * Exact also at kinks, by the chain rule for piecewise linear maps: where Z = 0 a unit passes max(Ż, 0). In floating
 * point a pre-activation counts as zero only when it is exactly zero.
 */
export function directionalDerivative(model: Model, point: Float64Array, direction: Float64Array): number {
  const { layout, kernels, sampleCount, blocks } = model;
  const { weights, features, bias, ridge } = layout;
  const last = weights.length - 1;
  const hidden = preActivations(model, point);
  const activations = allocateLayers(layout);
  const tangents = allocateLayers(layout);
  forward(layout, kernels, point, activations);
  for (let l = 0; l <= last; l++) {
    const { rows, cols, offset } = weights[l]!;
    const value = l === 0 ? point : activations[l - 1]!;
    const tangent = l === 0 ? direction : tangents[l - 1]!;
    const at = l === 0 ? features.offset : 0;
    const out = tangents[l]!;
    kernels.multiply(rows, cols, sampleCount, direction, offset, value, at, out, 0, false);
    kernels.multiply(rows, cols, sampleCount, point, offset, tangent, at, out, 0, true);
    if (l < hidden.length) passOneSided(hidden[l]!.values, out);
  }
  const residual = activations[last]!;
  const residualTangent = tangents[last]!;
  if (bias !== undefined) {
    for (let k = 0; k < residualTangent.length; k++) {
      residualTangent[k]! += direction[bias.offset + Math.floor(k / sampleCount)]!;
    }
  }
  let slope = kernels.dot(residual.length, residual, 0, residualTangent, 0) / sampleCount;
  blocks.forEach(({ offset, length }, index) => {
    slope += ridge[index]! * kernels.dot(length, point, offset, direction, offset);
  });
  return slope;
}

function passOneSided(preActivation: Float64Array, tangent: Float64Array): void {
  for (let k = 0; k < tangent.length; k++) {
    const z = preActivation[k]!;
    if (z < 0 || (z === 0 && tangent[k]! < 0)) tangent[k] = 0;
  }
}

function isRectified({ spec }: Model): boolean {
  return spec.activation === 'relu' && spec.layers > 1;
}
