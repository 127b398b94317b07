/** What may be called how: a name is an identifier, printed as one symbol, and has one meaning. */
import { UsageError } from '../errors.js';
import type { SymbolRole } from './expression.js';
import { requirePrintedName } from './printed-name.js';

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** @throws UsageError for a name that is none, or is not printed as one symbol */
export const checkName = (name: string, text: string, latex: string): string => {
  if (!NAME.test(name)) {
    throw new UsageError(`${JSON.stringify(name)} cannot name a symbol`, 'Use letters, digits and underscores.');
  }
  requirePrintedName(name, text, latex);
  return name;
};

const SIZES = ['K', 'n', 'd', 'r', 'N'];

/** The matrices of labels, and the identities. */
const LETTERS = ['Y', 'I'];

/** Symbolic proofs adjoin roots under these names, the λ's have theirs, and the unknown of certificates has its own. */
const isTaken = (name: string): boolean =>
  SIZES.includes(name) || LETTERS.includes(name) || name === 'singularValue' || /^(?:root\d+$|lambda_)/.test(name);

/** Which names a symbol of a role may have: two symbols of one name are one variable. */
const MAY_CALL: Readonly<Record<SymbolRole, (name: string) => boolean>> = {
  size: (name) => SIZES.includes(name),
  lambda: (name) => name.startsWith('lambda_'),
  bound: (name) => name === 'singularValue' || !isTaken(name),
  generator: (name) => !isTaken(name),
};

/** @throws UsageError for a name that a symbol of this role cannot have */
export const requireFree = (name: string, role: SymbolRole): void => {
  if (!MAY_CALL[role]?.(name)) throw new UsageError(`"${name}" already has a meaning`, 'Choose another name.');
};
