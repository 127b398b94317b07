/** Vectors that the stages of descents on one model use again and again, where its kernels reach them best. */
import type { Model } from '../../model/model.js';

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
