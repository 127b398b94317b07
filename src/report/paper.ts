/** What `ufm-check paper` found, for the terminal and as one JSON document. */
import type { Comparison, Entry, Finding, PaperModule } from '../paper/compare.js';
import type { Paper, PaperTheorem } from '../paper/theorems.js';
import type { Change } from '../paper/word-diff.js';
import { plural } from './figures.js';

const theoremText = ({ declaration, title, labels }: PaperTheorem): string =>
  `${[declaration.kind, ...labels.slice(0, 1)].join(' ')}${title === undefined ? '' : `: ${title}`}`;

const short = (fingerprint: string): string => fingerprint.slice(0, 12);

/** The parts of one finding: its own label, and lines. */
const findingLines = (finding: Finding, diffText: (changes: readonly Change[]) => string): [string, string] => {
  switch (finding.kind) {
    case 'not-reviewed':
      return ['review', 'not reviewed yet: does the module say what the paper says?'];
    case 'paper-changed':
      return ['paper', diffText(finding.changes)];
    case 'review-edited':
      return ['lock', 'its text in the lock is not the one that was reviewed: the fingerprint is of another'];
    case 'definition-changed':
      return ['paper', `${definitionText(finding.name)}: ${diffText(finding.changes)}`];
    case 'older-form':
      return ['lock', `reviewed in normal form ${finding.form}, which reads less: what differs may not be a change`];
    case 'module-changed':
      return ['module', `its statement has changed: ${short(finding.before)} is now ${short(finding.after)}`];
    case 'other-module':
      return ['module', `reviewed ${finding.before === null ? 'without a module' : `as ${finding.before}`}`];
    case 'no-module':
      return ['module', 'no module names this label'];
    case 'no-label':
      return ['label', 'it has no label, so no module can name it'];
    case 'no-theorem':
      return ['paper', missingText(finding)];
    case 'gone':
      return ['paper', 'reviewed once, and gone from the paper'];
    case 'equation-gone':
      return ['equation', `${finding.step} names ${finding.equation}, a label that the paper does not have`];
  }
};

const definitionText = (name: string): string => {
  if (name === 'conditions') return 'it stands in other conditionals';
  if (name === 'anything') return 'what may change the meaning of any text has changed';
  return `a definition that it uses has changed, ${name}`;
};

const missingText = ({ environment, elsewhere }: Extract<Finding, { kind: 'no-theorem' }>): string => {
  if (environment !== undefined) {
    return `its label stands in {${environment}}, which no \\newtheorem declares: --environment ${environment}?`;
  }
  return elsewhere ? 'its label does not stand at a theorem' : 'no theorem has its label';
};

const CHANGED = ['paper-changed', 'definition-changed', 'review-edited', 'module-changed', 'other-module'] as const;

const headline = ({ findings }: Entry): string => {
  const kinds = new Set(findings.map((x) => x.kind));
  if (kinds.size === 0) return 'as reviewed';
  if (kinds.has('older-form')) return 'not as in its older review';
  if (CHANGED.some((x) => kinds.has(x))) return 'changed';
  if (kinds.has('not-reviewed')) return 'not reviewed';
  if (kinds.has('no-theorem')) return 'module without a theorem';
  if (kinds.has('no-module') || kinds.has('no-label')) return 'theorem without a module';
  return kinds.has('gone') ? 'gone' : 'equation gone';
};

const entryText = (entry: Entry, diffText: (changes: readonly Change[]) => string): string => {
  const { label = '', module, theorem, findings } = entry;
  const name = module?.shortName ?? '–';
  const missing = module === undefined ? label : `${label}, ${module.title}`;
  const what = theorem === undefined ? missing : theoremText(theorem);
  const first = `${findings.length === 0 ? '✔' : '✘'} ${name}  ${what}`;
  const place = theorem === undefined ? [] : [`       in         ${theorem.place.file}:${theorem.place.line}`];
  return [
    `${first.padEnd(63)} ${headline(entry)}`,
    ...(findings.length === 0 ? [] : place),
    ...findings.map((finding) => {
      const [key, text] = findingLines(finding, diffText);
      return `       ${key.padEnd(10)} ${text}`;
    }),
  ].join('\n');
};

/** What was compared, and what came of it. */
export interface PaperReport {
  readonly version: string;
  readonly paper: Paper;
  readonly comparison: Comparison;
  readonly lock: string;
  readonly accepted: readonly string[];
  /** The command again, without what it accepted. */
  readonly command: string;
}

/** What `--accept` would take: the name of the module, or the label. */
const acceptable = ({ label, module, theorem, findings }: Entry): string[] => {
  const open = findings.some((x) => x.kind !== 'equation-gone');
  if (!open || label === undefined || (theorem === undefined && module !== undefined)) return [];
  return [module?.shortName ?? label];
};

/** Theorems by name; lemmas, of which there are many that no paper states, by number. */
const withoutLabelText = (modules: readonly PaperModule[]): string => {
  const theorems = modules.filter((x) => !x.shortName.startsWith('lemma:')).map((x) => x.shortName);
  const lemmas = modules.length - theorems.length;
  return [...theorems, ...(lemmas === 0 ? [] : [plural(lemmas, 'lemma')])].join(', ');
};

export const paperText = (report: PaperReport, diffText: (changes: readonly Change[]) => string): string => {
  const { version, paper, comparison, accepted, command, lock } = report;
  const drifted = comparison.entries.filter((x) => x.findings.length > 0);
  const names = drifted.flatMap(acceptable);
  const { setAside, withoutLabel } = comparison;
  const kinds = [...new Set(setAside.map((x) => x.declaration.environment))].join(', ');
  return [
    `ufm-check ${version} · ${paper.main} · ${plural(paper.files.length, 'file')}\n`,
    ...(accepted.length === 0 ? [] : [`recorded in ${lock}: ${accepted.join(', ')}\n`]),
    ...comparison.entries.map((x) => entryText(x, diffText)),
    ...(comparison.entries.length === 0 ? ['no theorem in the paper, and no module that names one'] : []),
    '',
    ...(setAside.length === 0 ? [] : [`set aside, as their style says that they claim nothing: ${kinds}`]),
    ...(withoutLabel.length === 0
      ? []
      : [`modules that name no label: ${withoutLabelText(withoutLabel)}`]),
    ...paper.notFollowed.map((x) => `not followed: ${x}`),
    drifted.length === 0
      ? `${plural(comparison.entries.length, 'statement')}: the paper and the modules are as reviewed.`
      : `${drifted.length} of ${plural(comparison.entries.length, 'statement')} drifted.`,
    ...(names.length === 0 ? [] : [`when reviewed: ${command} ${names.map((x) => `--accept ${x}`).join(' ')}`]),
  ].join('\n');
};

export const paperJson = ({ version, paper, comparison, accepted, lock }: PaperReport): object => ({
  format: 'ufm-check-paper/1',
  version,
  main: paper.main,
  files: paper.files,
  lock,
  accepted,
  drift: comparison.entries.some((x) => x.findings.length > 0),
  entries: comparison.entries.map(({ label, module, theorem, findings }) => ({
    ...(label === undefined ? {} : { label }),
    ...(module === undefined ? {} : { module: module.name }),
    ...(theorem === undefined
      ? {}
      : {
          environment: theorem.declaration.environment,
          kind: theorem.declaration.kind,
          ...(theorem.title === undefined ? {} : { title: theorem.title }),
          ...theorem.place,
        }),
    findings,
  })),
  setAside: comparison.setAside.map(({ declaration, labels, place }) => ({
    environment: declaration.environment,
    labels,
    ...place,
  })),
  withoutLabel: comparison.withoutLabel.map((x) => x.name),
  notFollowed: paper.notFollowed,
});
