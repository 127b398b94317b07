/** Two revisions of a theorem side by side: what each assumes, claims and proves, and what separates them. */
import { toLatex, toText } from '../symbolic/print.js';
import { fingerprint } from '../symbolic/fingerprint.js';
import type { Expression } from '../symbolic/expression.js';
import type { Revision } from '../theorem/contract.js';
import { type Target, targetName } from '../theorem/registry.js';
import { latexText } from '../symbolic/latex-text.js';

export type Change = 'same' | 'changed' | 'dropped' | 'added';

/** One line of a comparison: what it is, and both sides; undefined where one side has none. */
export interface Row {
  readonly part: 'hypothesis' | 'case' | 'value' | 'conclusion' | 'construction' | 'step';
  readonly name: string;
  readonly change: Change;
  readonly before?: Expression;
  readonly after?: Expression;
}

/** A certificate that refutes the one and nothing that the other claims, as the exact checker states it. */
export interface Separation {
  /** The file, or the run that has found it. */
  readonly source: string;
  readonly sentence: string;
  readonly refuted: string;
  readonly spared: string;
  /** Why it refutes nothing of the other. */
  readonly because: string;
  readonly classes: number;
}

export interface RevisionVerdict {
  readonly verdict: string;
  /** `expected`: what the module says should come out; `found`: what came out now. */
  readonly known: 'expected' | 'found';
}

export interface RevisionDiff {
  readonly before: Target;
  readonly after: Target;
  readonly rows: readonly Row[];
  readonly verdicts: readonly [RevisionVerdict, RevisionVerdict];
  /** The first is shown, the others are named. */
  readonly separations: readonly Separation[];
  /** Certificates that were asked about and separate nothing. */
  readonly inseparable: readonly { readonly source: string; readonly why: string }[];
  /** What the hypothesis on the minimizer that was added costs. */
  readonly cost: readonly string[];
}

type Named = readonly (readonly [name: string, of: Expression])[];

/** Pairs by name; what is the same tree is the same statement. */
const pair = (part: Row['part'], before: Named, after: Named): Row[] => {
  const names = [...new Set([...before, ...after].map(([name]) => name))];
  return names.map((name): Row => {
    const a = before.find((x) => x[0] === name)?.[1];
    const b = after.find((x) => x[0] === name)?.[1];
    if (a === undefined) return { part, name, change: 'added', ...(b === undefined ? {} : { after: b }) };
    if (b === undefined) return { part, name, change: 'dropped', before: a };
    const change = fingerprint(a) === fingerprint(b) ? 'same' : 'changed';
    return { part, name, change, before: a, after: b };
  });
};

const ofCases = (
  { cases }: Revision,
  read: (home: Revision['cases'][number]) => readonly (readonly [string, Expression])[],
): Named => cases.flatMap((home) => read(home).map(([name, of]) => [`${home.id}: ${name}`, of] as const));

/** The rows of the comparison, read off the expressions alone. */
export const compareRevisions = (before: Revision, after: Revision): Row[] => {
  const both = (part: Row['part'], read: (revision: Revision) => Named): Row[] =>
    pair(part, read(before), read(after));
  return [
    ...both('hypothesis', ({ hypotheses, ofMinimizer = [] }) => [
      // On the instance a hypothesis has no other name than what it says.
      ...hypotheses.map((x) => [toText(x), x] as const),
      ...ofMinimizer.map((x) => [`of the minimizer, (${x.id})`, x.statement] as const),
    ]),
    ...both('case', ({ cases }) => cases.map((c) => [c.id, c.when] as const)),
    ...both('value', ({ cases }) => cases.map((c) => [c.id, c.value] as const)),
    ...both('conclusion', (x) => ofCases(x, (c) => c.conclusions.map((y) => [y.id, y.statement] as const))),
    ...both('construction', (x) => ofCases(x, (c) => Object.entries(c.minimizer.blocks))),
    ...both('step', (x) =>
      ofCases(x, (c) => [
        ...(c.chain ?? []).map((y) => [`${y.id}, ${y.title}`, y.bound] as const),
        ...Object.entries(c.proof?.squares ?? {}).flatMap(([name, y]) => [
          [`square ${name}`, y.of] as const,
          [`coefficient of ${name}`, y.coefficient] as const,
        ]),
      ]),
    ),
  ];
};

const SIGNS: Readonly<Record<Change, string>> = { same: '=', changed: '≠', dropped: '−', added: '+' };

const verdictOf = ({ verdict, known }: RevisionVerdict): string =>
  known === 'expected' ? `${verdict} (expected, not run: --verify runs it)` : verdict;

const PARTS = ['hypothesis', 'case', 'value', 'conclusion', 'construction', 'step'] as const;

/** In words that every format escapes in its own way. */
const separationLines = ({ separations, inseparable }: RevisionDiff): string[] => {
  const [first, ...others] = separations;
  return [
    ...(first === undefined
      ? ['no certificate at hand separates them (--certificate names one; search makes one)']
      : [
          `separated by ${first.source}, judged again exactly, which refutes ${first.refuted} ` +
            `and not ${first.spared} (${first.because}):`,
          first.sentence,
        ]),
    ...(others.length === 0 ? [] : [`and by ${others.map((x) => x.source).join(', ')}`]),
    ...inseparable.map((x) => `not separated by ${x.source}: ${x.why}`),
  ];
};

const text = (diff: RevisionDiff): string => {
  const { before, after, rows, verdicts, cost } = diff;
  const separations = separationLines(diff);
  const lines = PARTS.flatMap((part) =>
    rows
      .filter((x) => x.part === part)
      .flatMap((x) => {
        const shown = x.after ?? x.before;
        const body = shown === undefined ? '' : toText(shown);
        const label = body === x.name ? '' : `${x.name}: `;
        const first = `  ${SIGNS[x.change]} ${part.padEnd(13)}${label}`;
        if (x.change !== 'changed' || x.before === undefined) return [`${first}${body}`];
        return [`${first}${toText(x.before)}`, `${''.padEnd(17)}now ${body}`];
      }),
  );
  return [
    `${targetName(before)} → ${targetName(after)}   (= the same, ≠ changed, − dropped, + added)`,
    '',
    ...lines,
    '',
    `  verdict ${targetName(before)}: ${verdictOf(verdicts[0])}`,
    `  verdict ${targetName(after)}: ${verdictOf(verdicts[1])}`,
    ...(separations.length === 0 ? [] : ['', ...separations.map((x) => `  ${x}`)]),
    ...(cost.length === 0 ? [] : ['', '  what the added hypothesis costs:', ...cost.map((x) => `    ${x}`)]),
  ].join('\n');
};

/** In a cell of a table a bar would end it, and `\\|` would be read as one. */
const withoutBars = (formula: string): string =>
  formula.replaceAll('\\|', '\\Vert ').replaceAll('|', '\\vert ');

const escaped = (x: string): string => x.replace(/[\\`*_|<>$&]/g, (ch) => `\\${ch}`);

const markdown = (diff: RevisionDiff): string => {
  const { before, after, rows, verdicts, cost } = diff;
  const cell = (x: Expression | undefined): string =>
    x === undefined ? '' : `$${withoutBars(toLatex(x))}$`;
  return [
    `# ${escaped(targetName(before))} → ${escaped(targetName(after))}`,
    '',
    `| | part | | ${escaped(targetName(before))} | ${escaped(targetName(after))} |`,
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      (x) => `| ${SIGNS[x.change]} | ${x.part} | ${escaped(x.name)} | ${cell(x.before)} | ${cell(x.after)} |`,
    ),
    '',
    `- ${escaped(targetName(before))}: **${verdictOf(verdicts[0])}**`,
    `- ${escaped(targetName(after))}: **${verdictOf(verdicts[1])}**`,
    ...separationLines(diff).flatMap((x) => ['', escaped(x)]),
    ...(cost.length === 0 ? [] : ['', 'What the added hypothesis costs:', '', ...cost.map((x) => `- ${escaped(x)}`)]),
  ].join('\n');
};

/** Paragraphs, not a table: formulas need the width of a line, and the pages may break between rows. */
const latex = (diff: RevisionDiff): string => {
  const { before, after, rows, verdicts, cost } = diff;
  const signs: Readonly<Record<Change, string>> = { same: '$=$', changed: '$\\neq$', dropped: '$-$', added: '$+$' };
  // On an instance a hypothesis has no other name than what it says.
  const nameOf = ({ part, name, before: x, after: y }: Row): string => {
    const said = [x, y].some((of) => of !== undefined && toText(of) === name);
    return latexText(said ? part : `${part} ${name}`);
  };
  const paragraph = (text: string, depth: 1 | 2 = 1): string =>
    `\\par\\hangindent=${depth}.5em\\hangafter=1${depth === 2 ? '\\leavevmode\\hskip1.5em' : ''} ${text}`;
  const formula = (x: Expression | undefined): string => (x === undefined ? '' : `$${toLatex(x)}$`);
  const [first, second] = [before, after].map((x) => latexText(targetName(x)));
  const prose = [...separationLines(diff), ...(cost.length === 0 ? [] : [`The added hypothesis: ${cost.join('. ')}.`])];
  return [
    '{\\footnotesize\\raggedright\\parindent=0pt',
    `\\par\\textbf{${first ?? ''} $\\to$ ${second ?? ''}} ` +
      '($=$ the same, $\\neq$ changed, $-$ dropped, $+$ added)',
    ...rows.flatMap((x) => [
      paragraph(`${signs[x.change]} ${nameOf(x)}: ${formula(x.before ?? x.after)}`),
      ...(x.change === 'changed' ? [paragraph(`now ${formula(x.after)}`, 2)] : []),
    ]),
    ...[first, second].map((x, k) => `\\par verdict ${x ?? ''}: ${latexText(verdictOf(verdicts[k === 0 ? 0 : 1]))}`),
    ...prose.map((x) => `\\par ${latexText(x)}`),
    '\\par}',
  ].join('\n');
};

export type DiffFormat = 'text' | 'markdown' | 'latex';

/** The comparison in one of its formats. */
export const diffText = (diff: RevisionDiff, format: DiffFormat): string =>
  ({ text, markdown, latex })[format](diff);
