/**
 * What a module declares, as plain data that nobody can change: read once, so that every check sees the same claim, and
 * the reader of a report the one that was checked.
 */
import { UsageError } from '../errors.js';
import { isBuilt } from '../symbolic/node.js';
import { isProblem } from '../symbolic/objective.js';

/** What is made by functions of ours, and cannot change. */
const isMade = (value: object): boolean => isBuilt(value) || isProblem(value);

/** All lists and records of what was declared before: parts of it may be declared again as they are. */
const declared = new WeakSet<object>();

const refused = (what: string, where: string, why: string): UsageError =>
  new UsageError(`${what}${where}: ${why}`, 'A declaration is plain data: strings, lists, records, and formulas.');

/** Deeper than any declaration; one that contains itself has no end. */
const DEEPEST = 40;

const copyOf = (what: string, where: string, value: unknown, known: Map<object, unknown>, depth: number): unknown => {
  if (typeof value !== 'object' || value === null || isMade(value) || declared.has(value)) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  if (depth > DEEPEST) throw refused(what, where.slice(0, 80), 'it contains itself');
  const prototype: unknown = Object.getPrototypeOf(value);
  const isList = Array.isArray(value);
  // A module may have been evaluated in a realm of its own, whose records have another prototype.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null || isList;
  if (!isPlain) throw refused(what, where, 'it is no plain record');
  const { length: _, ...items } = Object.getOwnPropertyDescriptors(value) as Record<string, PropertyDescriptor>;
  const own = Object.entries(isList ? items : Object.getOwnPropertyDescriptors(value));
  const parts = own.map(([key, { value: part, get }]): [string, unknown] => {
    if (get !== undefined) throw refused(what, `${where}, ${key}`, 'it is computed when it is read');
    return [key, copyOf(what, `${where}, ${key}`, part, known, depth + 1)];
  });
  const copy: object = Object.freeze(isList ? parts.map(([, part]) => part) : Object.fromEntries(parts));
  declared.add(copy);
  known.set(value, copy);
  return copy;
};

/**
 * A copy of a declaration, down to its formulas, which are what they are for ever.
 *
 * @throws UsageError for what is no plain data: properties that are computed, objects of classes, cycles
 */
export const ownData = <T>(what: string, declaration: T): T => copyOf(what, '', declaration, new Map(), 0) as T;
