/** Vectors that the stages of descents on one model use again and again, where its kernels reach them best. */
import type { Model } from '../../model/model.js';
import type { Iterate, StageEnd } from './iterate.js';

const workspaces = new WeakMap<object, Map<string, readonly Float64Array[]>>();

/**
 * `count` vectors of the model's size, the same ones at every call with this `owner`; their contents are what the last
 * user left. A model is not re-entrant, and neither is a stage on it.
 */
export function workspaceOf({ layout, kernels, size }: Model, owner: string, count: number): readonly Float64Array[] {
  const owners = workspaces.get(layout) ?? new Map<string, readonly Float64Array[]>();
  workspaces.set(layout, owners);
  let vectors = owners.get(owner);
  if (vectors === undefined) {
    vectors = Array.from({ length: count }, () => kernels.allocate(size));
    owners.set(owner, vectors);
  }
  return vectors;
}

/**
 * Runs a stage on a copy of the iterate in workspaces, with `count` further vectors, and moves the iterate to where it
 * ends, even if the model throws.
 */
export function onWorkspaces(
  iterate: Iterate, owner: string, count: number,
  stage: (inner: Iterate, vectors: readonly Float64Array[]) => StageEnd,
): StageEnd {
  const [point, gradient, ...vectors] = workspaceOf(iterate.model, owner, 2 + count) as [
    Float64Array, Float64Array, ...Float64Array[],
  ];
  point.set(iterate.point);
  gradient.set(iterate.gradient);
  const inner: Iterate = { ...iterate, point, gradient };
  try {
    return stage(inner, vectors);
  } finally {
    const { value, gradientNorm, iterations, evaluations } = inner;
    iterate.point.set(point);
    iterate.gradient.set(gradient);
    Object.assign(iterate, { value, gradientNorm, iterations, evaluations });
  }
}
