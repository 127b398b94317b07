/** Certificates as loosely typed JSON, to be spoiled. */
import { add, format, parseRational, subtract } from '../../../src/exact/rational.js';

export interface Loose {
  [key: string]: unknown;
  claim: Record<string, unknown>;
  instance: Record<string, unknown> & { lambda: Record<string, unknown> };
  point: Record<string, string[][]>;
  reference: Record<string, string[][]>;
  direction: Record<string, string[][]>;
  matrices: Record<string, string[][]>;
  value: string;
  bound: string;
  margin: string;
}

export const parse = (text: string): Loose => JSON.parse(text) as Loose;

/** The text after a change of its document. */
export function edited(text: string, change: (document: Loose) => void): string {
  const document = parse(text);
  change(document);
  return JSON.stringify(document);
}

/** Adds to a stored figure, and sets the margin to bound − value. */
export function shifted(document: Loose, figure: 'value' | 'bound', by: string): void {
  document[figure] = format(add(parseRational(document[figure]), parseRational(by)));
  document.margin = format(subtract(parseRational(document.bound), parseRational(document.value)));
}
