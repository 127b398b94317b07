/**
 * A paper against modules: which theorem is which, and what has changed since somebody last looked at both.
 *
 * A module names the label of its theorem. A review is recorded by label: the fingerprint of the statement in LaTeX and
 * of the statement of the module, which were found to say the same.
 */
import { z } from 'zod';
import { UsageError } from '../errors.js';
import { type Case, type Theorem, fullId } from '../theorem/contract.js';
import { statementFingerprint } from '../theorem/define.js';
import { type Lemma, fullLemmaId } from '../theorem/lemma/contract.js';
import { lemmaFingerprint } from '../theorem/lemma/define.js';
import { NORMAL_FORM, inPresentForm } from './canonical.js';
import type { Paper, PaperTheorem } from './theorems.js';
import { sentences, tokensFingerprint } from './tokens.js';
import { type Change, wordDiff } from './word-diff.js';

/** What the comparison knows of a theorem or lemma. */
export interface PaperModule {
  /** With the paper and, for theorems, the current revision: `tirer-bruna-2022/4.2@relaxed`. */
  readonly name: string;
  /** `4.2`, `lemma:variational-form`. */
  readonly shortName: string;
  readonly title: string;
  readonly label?: string;
  readonly fingerprint: string;
  /** Steps of the proof that name an equation of the paper. */
  readonly steps: readonly { readonly step: string; readonly equation: string }[];
}

/** A chain is often one for several cases: each equation is named once for each step. */
const stepsOf = (cases: readonly Case[]): PaperModule['steps'] => {
  const all = cases.flatMap(({ id, proof, chain = [] }) => [
    { step: `the identity of case ${id}`, equation: proof?.equation },
    ...chain.map((x) => ({ step: `step ${x.id}`, equation: x.equation })),
  ]);
  const named = new Map<string, { step: string; equation: string }>();
  for (const { step, equation } of all) {
    if (equation !== undefined) named.set(`${step} ${equation}`, { step, equation });
  }
  return [...named.values()];
};

export const theoremModule = (theorem: Theorem): PaperModule[] =>
  theorem.revisions
    .filter((x) => x.status === 'current')
    .map((revision) => ({
      name: `${fullId(theorem)}@${revision.id}`,
      shortName: theorem.id,
      title: theorem.title,
      ...(theorem.label === undefined ? {} : { label: theorem.label }),
      fingerprint: statementFingerprint(revision),
      steps: stepsOf(revision.cases),
    }));

export const lemmaModule = (lemma: Lemma): PaperModule => ({
  name: fullLemmaId(lemma),
  shortName: `lemma:${lemma.id}`,
  title: lemma.title,
  ...(lemma.label === undefined ? {} : { label: lemma.label }),
  fingerprint: lemmaFingerprint(lemma),
  steps: [],
});

const fingerprintText = z.string().regex(/^[0-9a-f]{64}$/);

const reviewSchema = z.strictObject({
  /** Null for a theorem of the paper that no module stands for, and that need not have one. */
  module: z.string().min(1).nullable(),
  /** Of the module's statement. */
  statement: fingerprintText.nullable(),
  /** Which normal form `text` and `definitions` are in; before it was recorded, 1. */
  form: z.int().positive().default(1),
  /** Of `text` and `definitions`, so that what is shown is what was reviewed; in the first form of `text` alone. */
  latex: fingerprintText,
  /** The normalised statement, with its kind and title. */
  text: z.array(z.string()),
  /** The source of what it depends on, where TeX programming decides what that is. */
  definitions: z.record(z.string(), z.array(z.string())).optional(),
});

export type Review = z.infer<typeof reviewSchema>;
export type Reviews = Readonly<Record<string, Review>>;

/** The part `reviewed` of a lock file. @throws UsageError for another form */
export const parseReviews = (part: unknown, path: string): Reviews => {
  if (part === undefined) return {};
  const parsed = z.record(z.string(), reviewSchema).safeParse(part);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new UsageError(`${path}: reviewed.${where} is malformed`, 'Delete the entry and review again.');
  }
  const newer = Object.entries(parsed.data).find(([, x]) => x.form > NORMAL_FORM);
  if (newer !== undefined) {
    const what = `reviewed.${newer[0]} is in normal form ${newer[1].form}; this version reads up to ${NORMAL_FORM}`;
    throw new UsageError(`${path}: ${what}`, 'Use the version that recorded it, or a later one.');
  }
  return parsed.data;
};

export type Finding =
  | { readonly kind: 'not-reviewed' }
  | { readonly kind: 'paper-changed'; readonly changes: readonly Change[] }
  /** The text that the lock shows is not the one that was reviewed. */
  | { readonly kind: 'review-edited' }
  /** The source that decides what a name stands for is another one; or a conditional around the statement. */
  | { readonly kind: 'definition-changed'; readonly name: string; readonly changes: readonly Change[] }
  /** What differs from the review may have been there when it was recorded, by a form that reads less. */
  | { readonly kind: 'older-form'; readonly form: number }
  | { readonly kind: 'module-changed'; readonly before: string; readonly after: string }
  | { readonly kind: 'other-module'; readonly before: string | null }
  | { readonly kind: 'no-module' }
  | { readonly kind: 'no-label' }
  /** The environment in which the label does stand, where it is one that nothing declares to be a theorem. */
  | { readonly kind: 'no-theorem'; readonly environment?: string; readonly elsewhere: boolean }
  | { readonly kind: 'gone' }
  | { readonly kind: 'equation-gone'; readonly step: string; readonly equation: string };

export interface Entry {
  readonly label?: string;
  readonly module?: PaperModule;
  readonly theorem?: PaperTheorem;
  /** Each of them is drift. */
  readonly findings: readonly Finding[];
}

export interface Comparison {
  readonly entries: readonly Entry[];
  /** Definitions and remarks, by the style of their declaration, that no module names. */
  readonly setAside: readonly PaperTheorem[];
  /** Modules that name no label. */
  readonly withoutLabel: readonly PaperModule[];
}

type Definitions = NonNullable<Review['definitions']>;

/** Of what a review shows: in the first form of the statement alone, then of the definitions as well. */
const shownFingerprint = (tokens: readonly string[], definitions: Definitions, form: number): string => {
  const named = Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1));
  return tokensFingerprint(form === 1 || named.length === 0 ? tokens : [...tokens, JSON.stringify(named)]);
};

const reviewOf = (theorem: PaperTheorem, module: PaperModule | undefined): Review => {
  const definitions = Object.fromEntries(Object.entries(theorem.dependencies).map(([x, y]) => [x, [...y]]));
  return {
    module: module?.name ?? null,
    statement: module?.fingerprint ?? null,
    form: NORMAL_FORM,
    latex: shownFingerprint(theorem.tokens, definitions, NORMAL_FORM),
    text: sentences(theorem.tokens),
    ...(Object.keys(definitions).length === 0 ? {} : { definitions }),
  };
};

const wordsOf = (lines: readonly string[]): string[] => lines.flatMap((x) => x.split(' '));

const definitionFindings = ({ dependencies }: PaperTheorem, { definitions = {} }: Review): Finding[] => {
  const names = [...new Set([...Object.keys(definitions), ...Object.keys(dependencies)])].sort();
  return names.flatMap((name): Finding[] => {
    const [before, after] = [definitions, dependencies].map((x) => (Object.hasOwn(x, name) ? (x[name] ?? []) : []));
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [{ kind: 'definition-changed', name, changes: wordDiff(wordsOf(before ?? []), wordsOf(after ?? [])) }];
  });
};

const theoremFindings = (theorem: PaperTheorem, module: PaperModule | undefined, review?: Review): Finding[] => {
  if (review === undefined) {
    if (module !== undefined) return [{ kind: 'not-reviewed' }];
    return [{ kind: theorem.labels.length === 0 ? 'no-label' : 'no-module' }];
  }
  const findings: Finding[] = [];
  const before = inPresentForm(wordsOf(review.text), review.form);
  if (tokensFingerprint(before) !== tokensFingerprint(theorem.tokens)) {
    findings.push({ kind: 'paper-changed', changes: wordDiff(before, theorem.tokens) });
  }
  findings.push(...definitionFindings(theorem, review));
  if (findings.length > 0 && review.form < NORMAL_FORM) findings.unshift({ kind: 'older-form', form: review.form });
  const shown = shownFingerprint(wordsOf(review.text), review.definitions ?? {}, review.form);
  if (review.latex !== shown) findings.push({ kind: 'review-edited' });
  if (review.module !== (module?.name ?? null)) {
    findings.push(module === undefined ? { kind: 'no-module' } : { kind: 'other-module', before: review.module });
  } else if (module !== undefined && review.statement !== module.fingerprint) {
    findings.push({ kind: 'module-changed', before: review.statement ?? '', after: module.fingerprint });
  }
  return findings;
};

const equationFindings = (paper: Paper, module: PaperModule | undefined): Finding[] =>
  (module?.steps ?? [])
    .filter(({ equation }) => !paper.labels.has(equation))
    .map(({ step, equation }) => ({ kind: 'equation-gone', step, equation }));

/** @throws UsageError where two modules name one label */
export const comparePaper = (paper: Paper, modules: readonly PaperModule[], reviews: Reviews): Comparison => {
  const byLabel = new Map<string, PaperModule>();
  for (const module of modules) {
    if (module.label === undefined) continue;
    const other = byLabel.get(module.label);
    if (other !== undefined) {
      throw new UsageError(`${other.name} and ${module.name} name one label, ${module.label}`, 'Give each its own.');
    }
    byLabel.set(module.label, module);
  }
  const entries: Entry[] = [];
  const setAside: PaperTheorem[] = [];
  const met = new Set<string>();
  for (const theorem of paper.theorems) {
    theorem.labels.forEach((x) => met.add(x));
    const label = theorem.labels.find((x) => byLabel.has(x)) ?? theorem.labels[0];
    const module = label === undefined ? undefined : byLabel.get(label);
    const review = label !== undefined && Object.hasOwn(reviews, label) ? reviews[label] : undefined;
    const claims = theorem.declaration.style !== 'definition' && theorem.declaration.style !== 'remark';
    if (!claims && module === undefined && review === undefined) {
      setAside.push(theorem);
      continue;
    }
    entries.push({
      ...(label === undefined ? {} : { label }),
      ...(module === undefined ? {} : { module }),
      theorem,
      findings: [...theoremFindings(theorem, module, review), ...equationFindings(paper, module)],
    });
  }
  for (const [label, module] of byLabel) {
    if (met.has(label)) continue;
    const environment = paper.undeclared.get(label);
    const missing: Finding = {
      kind: 'no-theorem',
      ...(environment === undefined ? {} : { environment }),
      elsewhere: paper.labels.has(label),
    };
    entries.push({ label, module, findings: [missing, ...equationFindings(paper, module)] });
  }
  for (const label of Object.keys(reviews)) {
    if (!met.has(label) && !byLabel.has(label)) entries.push({ label, findings: [{ kind: 'gone' }] });
  }
  return { entries, setAside, withoutLabel: modules.filter((x) => x.label === undefined) };
};

/**
 * The reviews once the named statements have been looked at: by label or by the name of a module, or `all`. A review of
 * what is gone from the paper and from the modules is taken out.
 *
 * @throws UsageError for a name that nothing in the paper has
 */
export const acceptReviews = (
  comparison: Comparison,
  reviews: Reviews,
  names: readonly string[],
): { readonly reviews: Reviews; readonly accepted: readonly string[] } => {
  const meant = (name: string): readonly Entry[] => {
    if (name === 'all') return comparison.entries.filter((x) => x.label !== undefined && !isMissing(x));
    const found = comparison.entries.filter(
      ({ label, module }) =>
        label === name || (module !== undefined && [module.name, module.shortName].includes(name)),
    );
    const [entry, other] = found;
    if (entry?.label === undefined) {
      const known = comparison.entries.flatMap((x) => (x.label === undefined ? [] : [x.module?.shortName ?? x.label]));
      throw new UsageError(`--accept ${name}: no such theorem`, `In the paper: ${known.join(', ')}.`);
    }
    if (other !== undefined) {
      const labels = found.map((x) => x.label ?? '').join(', ');
      throw new UsageError(`--accept ${name} is ambiguous: ${labels}`, 'Give the label.');
    }
    if (isMissing(entry)) {
      throw new UsageError(`--accept ${name}: no theorem of the paper has the label ${entry.label}`, 'Mend it.');
    }
    return [entry];
  };
  const next = new Map(Object.entries(reviews));
  const accepted: string[] = [];
  for (const { label, theorem, module } of names.flatMap(meant)) {
    if (label === undefined) continue;
    if (theorem === undefined) next.delete(label);
    else next.set(label, reviewOf(theorem, module));
    accepted.push(label);
  }
  return { reviews: Object.fromEntries(next), accepted: [...new Set(accepted)] };
};

const isMissing = ({ theorem, module }: Entry): boolean => theorem === undefined && module !== undefined;

export const hasDrift = ({ entries }: Comparison): boolean => entries.some((x) => x.findings.length > 0);
