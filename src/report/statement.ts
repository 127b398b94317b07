/** A revision written out: statement, construction, proof; as text or as LaTeX. */
import type { Expression } from '../symbolic/expression.js';
import { definitionLatex, definitionText, definitionsIn, toLatex, toText } from '../symbolic/print.js';
import type { Case, Parametrisation, Revision, Theorem } from '../theorem/contract.js';
import { statementFingerprint } from '../theorem/define.js';
import { familiesLatex, familiesText, familyNodes } from './families.js';
import { kindText } from './frame-kind.js';

export const statementNodes = (revision: Revision): Expression[] => [
  ...revision.hypotheses,
  ...revision.cases.flatMap((c) => [
    c.when,
    c.value,
    ...c.conclusions.map((x) => x.statement),
    ...Object.values(c.minimizer.blocks),
    ...(c.chain ?? []).map((x) => x.bound),
  ]),
  ...(revision.outside ?? []).flatMap((x) => [x.when, x.value, ...Object.values(x.minimizer.blocks)]),
];

const squaresText = (c: Case, print: (node: Expression) => string): [name: string, coefficient: string, of: string][] =>
  Object.entries(c.proof?.squares ?? {}).map(([name, s]) => [name, print(s.coefficient), print(s.of)]);

/** A chain of inequalities, with the reason for each step. */
const chainText = ({ chain }: Case): string[] =>
  chain === undefined
    ? []
    : [
        '  proof by inequalities, each at every point',
        '    f',
        ...chain.flatMap((x) => [`    ≥ ${toText(x.bound)}   (${x.id}) ${x.title}`, `        ${x.because}`]),
      ];

/** The same in LaTeX; the reasons are prose in Unicode and stay comments. */
const chainLatex = ({ chain, when }: Case): string[] =>
  chain === undefined
    ? []
    : [
        `\\begin{proof}[By inequalities, case $${toLatex(when)}$]`,
        '\\begin{align*}',
        ['  f', ...chain.map((x) => `  &\\geq ${toLatex(x.bound)} && \\text{(${x.id})}`)].join(' \\\\\n'),
        '\\end{align*}',
        ...chain.map((x) => `% (${x.id}) ${x.title}: ${x.because}`),
        '\\end{proof}',
      ];

/** The λ's in the generators in which proofs are written, what these are, and where they range. */
const chartText = (chart: Parametrisation | undefined, indent: string): string[] =>
  chart === undefined
    ? []
    : [
        `${indent}proved and drawn in`,
        ...chart.generators.map(({ symbol, inverse }) => `${indent}  ${symbol.text} = ${toText(inverse)}`),
        ...Object.entries(chart.parameters).map(([block, formula]) => `${indent}  λ_${block} = ${toText(formula)}`),
        ...(chart.domain ?? []).map((x) => `${indent}  where ${toText(x)}`),
      ];

export const statementText = (theorem: Theorem, revision: Revision): string => {
  const printed = [revision.problem.objective, ...statementNodes(revision), ...familyNodes(revision)];
  const lines = [
    `${theorem.source}: ${theorem.title}   [${statementFingerprint(revision).slice(0, 12)}]`,
    `${theorem.paper.authors}, ${theorem.paper.title}, ${theorem.paper.reference}`,
    `${theorem.provenance.kind}: ${theorem.provenance.from}`,
    '',
    'minimise',
    `  f = ${toText(revision.problem.objective)}`,
    'with',
    ...definitionsIn(printed).map((x) => `  ${definitionText(x)}`),
    '',
    `needs  ${revision.hypotheses.map(toText).join(', ') || 'nothing'}`,
    ...(revision.ofMinimizer ?? []).flatMap(({ id, title, statement, price }) => [
      `of the minimizer  (${id}) ${toText(statement)}   ${title}`,
      ...(price === undefined ? [] : [`  breaking it gains at most ${toText(price)}`]),
    ]),
    ...chartText(revision.parametrisation, ''),
  ];
  const conditional = revision.ofMinimizer !== undefined;
  for (const c of revision.cases) {
    lines.push('', `if ${toText(c.when)}, every ${conditional ? 'such ' : ''}global minimizer satisfies`);
    for (const x of c.conclusions) lines.push(`  (${x.id}) ${toText(x.statement)}   ${x.title}`);
    lines.push(conditional ? `  and f = ${toText(c.value)}` : `  and the minimum is ${toText(c.value)}`);
    lines.push('  construction');
    for (const [name, formula] of Object.entries(c.minimizer.blocks)) lines.push(`    ${name} = ${toText(formula)}`);
    for (const frame of c.minimizer.frames ?? []) {
      lines.push(`    for any ${frame.text} (${frame.rows} × ${frame.cols}) ${kindText(frame)}`);
    }
    lines.push(...chartText(c.parametrisation, '  '), ...chainText(c));
    if (c.proof === undefined) continue;
    lines.push('  proof by a sum of squares, valid for all matrices');
    const squares = squaresText(c, toText);
    lines.push(`    f = ${toText(c.value)} + ${squares.map(([name, a]) => `${a}·‖${name}‖²`).join(' + ')}`);
    for (const [name, , of] of squares) lines.push(`      ${name} = ${of}`);
    for (const [id, cofactor] of Object.entries(c.proof.cofactors)) {
      lines.push(`    ${id}: left − right = ${toText(cofactor)}`);
    }
  }
  for (const x of revision.outside ?? []) {
    lines.push('', `outside: if ${toText(x.when)}, the minimum is ${toText(x.value)}   ${x.title}`);
    for (const [name, formula] of Object.entries(x.minimizer.blocks)) lines.push(`    ${name} = ${toText(formula)}`);
    for (const frame of x.minimizer.frames ?? []) {
      lines.push(`    for any ${frame.text} (${frame.rows} × ${frame.cols}) ${kindText(frame)}`);
    }
  }
  lines.push(...familiesText(revision));
  return lines.join('\n');
};

export const statementLatex = (theorem: Theorem, revision: Revision): string => {
  const math = (node: Expression): string => `$${toLatex(node)}$`;
  const printed = [revision.problem.objective, ...statementNodes(revision), ...familyNodes(revision)];
  const lines = [
    `% ${theorem.paper.reference}, ${theorem.source}, fingerprint ${statementFingerprint(revision).slice(0, 12)}`,
    `\\begin{theorem}[${theorem.title}]`,
    `Consider $\\min f$ with \\[ f = ${toLatex(revision.problem.objective)}. \\]`,
    `Let ${definitionsIn(printed)
      .map(definitionLatex)
      .join(', ')}.`,
    ...(revision.hypotheses.length === 0 ? [] : [`Assume ${revision.hypotheses.map(math).join(' and ')}.`]),
    ...(revision.ofMinimizer ?? []).map(({ statement }) => `Of the minimizer, assume ${math(statement)}.`),
  ];
  const conditional = revision.ofMinimizer !== undefined;
  for (const c of revision.cases) {
    lines.push(`If ${math(c.when)}, every ${conditional ? 'such ' : ''}global minimizer satisfies`, '\\begin{align*}');
    lines.push(
      c.conclusions.map((x) => `  ${toLatex(x.statement).replace(' = ', ' &= ')} && \\text{(${x.id})}`).join(' \\\\\n'),
    );
    const least = conditional ? `$f = ${toLatex(c.value)}$` : `the minimum is ${math(c.value)}`;
    lines.push('\\end{align*}', `and ${least}.`);
  }
  lines.push('\\end{theorem}');
  for (const c of revision.cases) {
    lines.push(...chainLatex(c));
    if (c.proof === undefined) continue;
    const terms = squaresText(c, toLatex).map(([, a, of]) => `${a} \\left\\|${of}\\right\\|_F^2`);
    lines.push(
      '\\begin{proof}' + `[Case ${math(c.when)}]`,
      `\\[ f = ${[toLatex(c.value), ...terms].join(' + ')}. \\]`,
      '\\end{proof}',
    );
  }
  lines.push(...familiesLatex(revision));
  return lines.join('\n');
};
