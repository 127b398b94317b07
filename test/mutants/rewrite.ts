/** Mutants as rewritings of a theorem's own data, so that no test repeats the module. */
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { Revision, Theorem } from '../../src/theorem/contract.js';
import { define } from '../../src/symbolic/build.js';
import { make } from '../../src/symbolic/node.js';
import { theorem } from '../../src/theorem/define.js';

/** A copy of the tree with nodes replaced; shared nodes stay shared, the problem and the paper stay themselves. */
export const rewrite = <T>(tree: T, replace: (node: Scalar | Matrix) => Scalar | Matrix | undefined): T => {
  const copies = new Map<object, unknown>();
  const visit = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    const known = copies.get(node);
    if (known !== undefined) return known;
    if ('objective' in node) return node;
    const replaced = 'sort' in node ? replace(node as Scalar | Matrix) : undefined;
    const parts = (): object => Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
    const copied = (): object => ('sort' in node ? make(parts() as Scalar) : parts());
    const copy: unknown = replaced ?? (Array.isArray(node) ? node.map(visit) : copied());
    copies.set(node, copy);
    return copy;
  };
  return visit(tree) as T;
};

/** The theorem with its current revision replaced. */
export const withRevision = (original: Theorem, change: (revision: Revision) => Revision): Theorem => {
  const [current] = original.revisions.filter((x) => x.status === 'current');
  if (current === undefined) throw new Error('no current revision');
  return theorem({ ...original, revisions: [change(current)] });
};

/** The theorem with an abbreviation of the module given another meaning, everywhere. */
export const redefineIn = (original: Theorem, name: string, value: (old: Scalar) => Scalar): Theorem =>
  withRevision(original, (revision) =>
    rewrite(revision, (node) =>
      node.kind === 'defined' && node.name === name
        ? define(name, value(node.value), node.text, node.latex)
        : undefined,
    ),
  );

/** A wrong variant of a theorem, with the check that is meant to kill it. */
export interface Mutant {
  readonly name: string;
  readonly killer: string;
  /** What is wrong: the statement, or only its proof, or only its chain (then the statement must not be blamed). */
  readonly wrong: 'statement' | 'proof' | 'chain';
  /** Without its parametrisation a module may also miss its strata: then the verdict is open, not `upheld`. */
  readonly open?: boolean;
  /** How many instances all checks together look at, where 20 take long. */
  readonly instances?: number;
  readonly theorem: Theorem;
}
