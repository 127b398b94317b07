/** Expressions rewritten node by node: abbreviations written out, parts replaced. */
import type { Expression, Matrix, Scalar } from './expression.js';
import { make } from './node.js';

type Node = Scalar | Matrix;

const isNode = (value: unknown): value is Node => {
  const sort = typeof value === 'object' && value !== null ? (value as { readonly sort?: unknown }).sort : undefined;
  return sort === 'scalar' || sort === 'matrix';
};

/**
 * The expression with every node for which `replace` has an answer replaced by it, and abbreviations written out. A
 * replacement is asked for before the parts of a node are looked at, and is not looked into again.
 */
export const rewrite = <E extends Expression>(expression: E, replace: (node: Node) => Node | undefined): E => {
  const known = new Map<object, unknown>();
  const visit = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (known.has(value)) return known.get(value);
    const result = rewritten(value);
    known.set(value, result);
    return result;
  };
  const rewritten = (value: object): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (isNode(value)) {
      const replacement = replace(value);
      if (replacement !== undefined) return replacement;
      if (value.kind === 'defined' || value.kind === 'definedMatrix') return visit(value.value);
    }
    const result = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, visit(part)]));
    return make(result as unknown as Expression);
  };
  return visit(expression) as E;
};

/** The expression without abbreviations: two that mean the same by definition have one fingerprint. */
export const writtenOut = <E extends Expression>(expression: E): E => rewrite(expression, () => undefined);

/** Whether some node of an expression satisfies a condition. */
export const mentions = (expression: Expression, condition: (node: Node) => boolean): boolean => {
  let found = false;
  rewrite(expression, (node) => {
    found ||= condition(node);
    return undefined;
  });
  return found;
};
