/**
 * How formulas come into being. A module may hand over any object; only what was made here, of parts that were made
 * here, is a formula: it cannot change any more, nor mean one thing to a proof and another to the printer.
 */
import { UsageError } from '../errors.js';
import type { Expression } from './expression.js';

const built = new WeakSet<object>();

/** Whether a formula was made here, and so cannot change any more, nor mean something else the next time it is read. */
export const isBuilt = (value: unknown): boolean => typeof value === 'object' && value !== null && built.has(value);

const requirePart = (part: unknown): void => {
  if (typeof part === 'string' || typeof part === 'number' || isBuilt(part)) return;
  throw new UsageError('a formula has a part that no function of ufm-check has built', 'Build it with them.');
};

/**
 * A node, frozen with its lists.
 *
 * @throws UsageError unless its parts were made here before
 */
export const make = <T extends Expression>(node: T): T => {
  for (const part of Object.values(node)) {
    if (Array.isArray(part)) Object.freeze(part).forEach(requirePart);
    else requirePart(part);
  }
  built.add(Object.freeze(node));
  return node;
};
