/** The critical points that a module states besides the minimizers: where they are, what they are, and their value. */
import type { Expression } from '../symbolic/expression.js';
import { toLatex, toText } from '../symbolic/print.js';
import type { CriticalFamily, Revision } from '../theorem/contract.js';
import { kindText } from './frame-kind.js';

export const familyNodes = ({ criticalPoints = [] }: Revision): Expression[] =>
  criticalPoints.flatMap((x) => [
    x.when,
    x.value,
    ...Object.values(x.construction.blocks),
    ...(x.rankBelow === undefined ? [] : [x.rankBelow]),
  ]);

/** Whether a family has a rank r: some frame has that size. */
const isRanked = ({ construction: { frames = [] } }: CriticalFamily): boolean =>
  frames.some(({ rows, cols }) => rows === 'r' || cols === 'r');

const NATURE = { saddle: 'saddles', 'local-minimum': 'local minima' } as const;

export const familiesText = ({ criticalPoints = [] }: Revision): string[] =>
  criticalPoints.flatMap((family) => {
    const { title, when, value, nature, rankBelow, construction } = family;
    const ranks = !isRanked(family) ? '' : `, 0 ≤ r < ${rankBelow === undefined ? 'min(K, d)' : toText(rankBelow)}`;
    return [
      '',
      `critical as well: if ${toText(when)}, ${NATURE[nature]} with f = ${toText(value)}${ranks}   ${title}`,
      ...Object.entries(construction.blocks).map(([name, formula]) => `    ${name} = ${toText(formula)}`),
      ...(construction.frames ?? []).map((x) => `    for any ${x.text} (${x.rows} × ${x.cols}) ${kindText(x)}`),
    ];
  });

/** The same in LaTeX; titles are prose in Unicode and stay comments. */
export const familiesLatex = ({ criticalPoints = [], problem }: Revision): string[] =>
  criticalPoints.flatMap((family) => {
    const { title, when, value, nature, rankBelow, construction } = family;
    const most = rankBelow === undefined ? '\\min(K, d)' : toLatex(rankBelow);
    const ranks = isRanked(family) ? ` for $0 \\leq r < ${most}$` : '';
    const named = (name: string): string => {
      const block = problem.block[name];
      return block === undefined ? name : toLatex(block);
    };
    const blocks = Object.entries(construction.blocks).map(([name, x]) => `$${named(name)} = ${toLatex(x)}$`);
    const frames = (construction.frames ?? []).map(
      (x) => `any $${x.latex} \\in \\mathbb{R}^{${x.rows} \\times ${x.cols}}$ ${kindText(x)}`,
    );
    return [
      `% ${title}`,
      '\\begin{remark}',
      `If $${toLatex(when)}$, the points ${blocks.join(', ')}`,
      ...(frames.length === 0 ? [] : [`with ${frames.join(', ')}`]),
      `are ${NATURE[nature]} with $f = ${toLatex(value)}$${ranks}.`,
      '\\end{remark}',
    ];
  });
