/**
 * What was computed once from some objects, by their identity: the symbolic findings about a part of a theorem depend
 * on its problem, its parametrisation and the part itself, and revisions share parts without sharing all three.
 */

interface Level<R> {
  readonly next: WeakMap<object, Level<R>>;
  result?: { readonly value: R };
}

/** `make(…)` for these objects, made at the first call; they are told apart by identity, in their order. */
export const rememberedBy = <R>(): ((objects: readonly object[], make: () => R) => R) => {
  const newLevel = (): Level<R> => ({ next: new WeakMap() });
  const root = newLevel();
  return (objects, make) => {
    let level = root;
    for (const object of objects) {
      const known = level.next.get(object) ?? newLevel();
      level.next.set(object, known);
      level = known;
    }
    level.result ??= { value: make() };
    return level.result.value;
  };
};
