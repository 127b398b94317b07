/** Two revisions of a theorem side by side: what each assumes, claims and proves, and what separates them. */
import { toLatex, toText } from '../symbolic/print.js';
import { fingerprint } from '../symbolic/fingerprint.js';
import type { Expression } from '../symbolic/expression.js';
import type { Revision } from '../theorem/contract.js';
import { type Target, targetName } from '../theorem/registry.js';

export type Change = 'same' | 'changed' | 'dropped' | 'added';

/** One line of a comparison: what it is, and both sides; undefined where one side has none. */
export interface Row {
  readonly part: 'hypothesis' | 'case' | 'value' | 'conclusion' | 'construction' | 'step';
  readonly name: string;
  readonly change: Change;
  readonly before?: Expression;
  readonly after?: Expression;
}

/** A certified point that separates the two, as the exact checker states it. */
export interface Separation {
  readonly file: string;
  readonly sentence: string;
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
  readonly separations: readonly Separation[];
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

const text = ({ before, after, rows, verdicts, separations, cost }: RevisionDiff): string => {
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
    ...separations.flatMap((x) => ['', `  separated by ${x.file}, judged again exactly:`, `    ${x.sentence}`]),
    ...(cost.length === 0 ? [] : ['', '  what the added hypothesis costs:', ...cost.map((x) => `    ${x}`)]),
  ].join('\n');
};

const escaped = (x: string): string => x.replace(/[\\`*_|<>$&]/g, (ch) => `\\${ch}`);

const markdown = ({ before, after, rows, verdicts, separations, cost }: RevisionDiff): string => {
  const cell = (x: Expression | undefined): string =>
    x === undefined ? '' : `$${toLatex(x).replaceAll('|', '\\vert ')}$`;
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
    ...separations.map((x) => `\nSeparated by \`${x.file}\`, judged again exactly: ${escaped(x.sentence)}`),
    ...(cost.length === 0 ? [] : ['', 'What the added hypothesis costs:', '', ...cost.map((x) => `- ${escaped(x)}`)]),
  ].join('\n');
};

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};
const tex = (x: string): string =>
  x.replace(/[\\{}&%$#_~^]/g, (ch) => SPECIAL[ch] ?? `\\${ch}`);

const latex = ({ before, after, rows, verdicts, separations, cost }: RevisionDiff): string => {
  const cell = (x: Expression | undefined): string => (x === undefined ? '' : `$${toLatex(x)}$`);
  const signs: Readonly<Record<Change, string>> = { same: '$=$', changed: '$\\neq$', dropped: '$-$', added: '$+$' };
  return [
    '\\begin{tabular}{llp{0.4\\linewidth}p{0.4\\linewidth}}',
    '\\hline',
    ` & & ${tex(targetName(before))} & ${tex(targetName(after))} \\\\`,
    '\\hline',
    ...rows.map((x) => `${signs[x.change]} & ${x.part} & ${cell(x.before)} & ${cell(x.after)} \\\\`),
    '\\hline',
    ` & verdict & ${tex(verdictOf(verdicts[0]))} & ${tex(verdictOf(verdicts[1]))} \\\\`,
    '\\hline',
    '\\end{tabular}',
    // Prose in Unicode stays a comment, as in statements.
    ...separations.map((x) => `% separated by ${x.file}, judged again exactly: ${x.sentence.replaceAll('\n', ' ')}`),
    ...cost.map((x) => `% what the added hypothesis costs: ${x.replaceAll('\n', ' ')}`),
  ].join('\n');
};

export type DiffFormat = 'text' | 'markdown' | 'latex';

/** The comparison in one of its formats. */
export const diffText = (diff: RevisionDiff, format: DiffFormat): string =>
  ({ text, markdown, latex })[format](diff);
