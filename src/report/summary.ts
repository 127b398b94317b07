/** A run as a list of claims, for CI viewers and papers: names, verdicts, and what was checked. */
import type { Evidence } from '../check/evidence.js';
import { fullId } from '../theorem/contract.js';
import { fullLemmaId } from '../theorem/lemma/contract.js';
import { targetName } from '../theorem/registry.js';
import { plural } from './figures.js';
import { lemmaAsExpected, lemmaVerdictText } from './lemma.js';
import type { Report } from './reporters.js';
import { asExpected, verdictText } from './terminal.js';

export interface ClaimSummary {
  /** `4.2@relaxed`, `lemma:pinching`. */
  readonly name: string;
  /** With the paper in front. */
  readonly id: string;
  readonly title: string;
  readonly verdict: string;
  readonly asExpected: boolean;
  readonly evidence: readonly Evidence[];
  /** Why the verdict is not better. */
  readonly missing: readonly string[];
  /** How much was tried, in words. */
  readonly trials: string;
}

export const claimSummaries = ({ results, lemmas }: Pick<Report, 'results' | 'lemmas'>): ClaimSummary[] => [
  ...results.map((x) => ({
    name: targetName(x.target),
    id: `${fullId(x.target.theorem)}@${x.target.revision.id}`,
    title: x.target.theorem.title,
    verdict: verdictText(x),
    asExpected: asExpected(x),
    evidence: x.evidence,
    missing: x.judgement.missing,
    trials: `${plural(x.instances, 'instance')}, ${plural(x.descents.independent + x.descents.planted, 'descent')}`,
  })),
  ...lemmas.map((x) => ({
    name: x.name,
    id: fullLemmaId(x.lemma),
    title: x.lemma.title,
    verdict: lemmaVerdictText(x),
    asExpected: lemmaAsExpected(x),
    evidence: x.evidence,
    missing: x.judgement.missing,
    trials: `${plural(x.instances, 'instance')}, ${plural(x.points, 'point')}`,
  })),
];

/** `identity (case frame)`. */
export const checkName = ({ check, part }: Evidence): string => (part === undefined ? check : `${check} (${part})`);

/** What a check saw: the figures beside their bound, or in words. */
export const seen = ({ statement, measured, bound, detail, violation }: Evidence): string =>
  [
    statement,
    ...(measured === undefined || bound === undefined ? [] : [`measured ${measured}, bound ${bound}`]),
    ...(detail === undefined ? [] : [detail]),
    ...(violation === undefined ? [] : [`${violation.kind}: ${violation.what}`]),
  ].join('; ');
