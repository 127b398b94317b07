/** The proof certificates of the shipped theorems, and as loosely typed JSON, to be spoiled. */
import * as shipped from '../../../theorems/index.js';
import { proofCertificate } from '../../../src/check/proof-certificate.js';
import type { Revision, Theorem } from '../../../src/theorem/contract.js';
import { isTheorem } from '../../../src/theorem/define.js';

export interface LooseSquare {
  coefficient: string;
  of: Record<string, string>;
}

export interface LooseCase {
  [key: string]: unknown;
  id: string;
  where: Record<string, string>;
  value: string;
  roots: Record<string, string>;
  squares: Record<string, LooseSquare>;
  frames: Record<string, string>;
  construction: Record<string, Record<string, string>>;
  conclusions: {
    id: string;
    left: Record<string, string>;
    right: Record<string, string>;
    cofactor: Record<string, string>;
  }[];
}

export interface LooseProof {
  [key: string]: unknown;
  model: Record<string, unknown>;
  hypothesis: string;
  parameters: Record<string, string>;
  generators: Record<string, string>;
  cases: LooseCase[];
}

export const certificateOf = (theorem: Theorem): string => {
  const [revision] = theorem.revisions.filter((x) => x.status === 'current') as [Revision];
  return proofCertificate({ theorem, revision }, { statement: [theorem.title], provenance: {} });
};

/** The theorems that a sum of squares proves. */
const PROVED = Object.values(shipped)
  .filter(isTheorem)
  .filter(({ revisions }) =>
    revisions.some((x) => x.status === 'current' && x.cases.every(({ proof }) => proof !== undefined)),
  );

export const EXAMPLES = PROVED.map((theorem) => ({ id: theorem.id, text: certificateOf(theorem) }));

export const exampleOf = (id: string): string => EXAMPLES.find((x) => x.id === id)!.text;

/** The text after a change of its document. */
export function edited(text: string, change: (document: LooseProof) => void): string {
  const document = JSON.parse(text) as LooseProof;
  change(document);
  return JSON.stringify(document);
}

/** Twice a quotient as text. */
export function doubled(text: string): string {
  const [, above = text, below] = /^\(([^()]*)\)\/\(([^()]*)\)$/.exec(text) ?? [];
  const twice = `${above} + ${above}`.replaceAll('+ -', '- ').replaceAll('  ', ' ');
  return below === undefined ? twice : `(${twice})/(${below})`;
}

/** Theorem 3.2 with a centred frame F in place of RΠ, which exists for d ≥ K − 1 too. */
export const centredExample = (hypothesis: string): string =>
  edited(exampleOf('3.2'), (document) => {
    document.hypothesis = hypothesis;
    const [etf] = document.cases as [LooseCase];
    const [root] = Object.keys(etf.roots) as [string];
    etf.frames = { F: 'centred' };
    etf.construction = { W: { "F'": `s*${root}` }, H: { 'F Y': root }, b: { '1': '(1)/(K)' } };
  });
