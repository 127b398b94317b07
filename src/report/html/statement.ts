/** A statement as a page shows it: problem, definitions, hypotheses, and for each case conclusions and construction. */
import type { LetterNode } from '../../symbolic/expression.js';
import { definitionMathml, nameMath, squaresMathml, toMathml } from '../../symbolic/mathml.js';
import { definitionsIn } from '../../symbolic/print.js';
import type { Case, Construction, Revision } from '../../theorem/contract.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { kindText } from '../frame-kind.js';
import { statementNodes } from '../statement.js';
import { breakable } from './breakable.js';
import { el, escape, say, scrolling } from './markup.js';
import { prose } from './prose.js';

const formula = (markup: string): string => el('div', { class: 'formula' }, markup);

/** A display: fractions in full size. */
const large = (math: string): string => breakable(math.replace('<math', '<math displaystyle="true"'));

const definitions = (nodes: Parameters<typeof definitionsIn>[0]): string => {
  const found = definitionsIn(nodes);
  if (found.length === 0) return '';
  return el(
    'div',
    {},
    say('p', 'with', { class: 'lead' }),
    el('ul', { class: 'definitions' }, ...found.map((x) => el('li', {}, large(definitionMathml(x))))),
  );
};

const frameText = (frame: LetterNode): string =>
  `for any ${nameMath(frame.text)} (${nameMath(frame.rows)} × ${nameMath(frame.cols)}) ${escape(kindText(frame))}`;

const construction = ({ blocks, frames = [] }: Construction): string =>
  el(
    'div',
    { class: 'construction' },
    say('p', 'Construction', { class: 'minor' }),
    el(
      'ul',
      { class: 'definitions' },
      ...Object.entries(blocks).map(([name, of]) =>
        el('li', {}, `${nameMath(blockText(name))} = ${large(toMathml(of))}`),
      ),
    ),
    ...(frames.length === 0 ? [] : [el('p', {}, frames.map(frameText).join('; '))]),
  );

const blockText = (name: string): string => name.replace(/^([A-Za-z]+)(\d)$/, '$1_$2');

const caseMarkup = (home: Case): string =>
  el(
    'div',
    { class: 'case' },
    el('p', { class: 'lead' }, 'If ', toMathml(home.when), ', every global minimizer satisfies'),
    el(
      'ul',
      { class: 'conclusions' },
      ...home.conclusions.map((x) =>
        el(
          'li',
          {},
          say('span', x.id, { class: 'tag' }),
          large(toMathml(x.statement)),
          say('span', x.title, { class: 'aside' }),
        ),
      ),
    ),
    el('p', { class: 'lead' }, 'and the minimum is ', large(toMathml(home.value)), '.'),
    construction(home.minimizer),
  );

/** Problem, hypotheses and claims of a revision; what is wider than the page scrolls with the rest. */
export const statementMarkup = (revision: Revision, of: string): string =>
  scrolling(
    `statement of ${of}`,
    say('p', 'Minimise', { class: 'lead' }),
    formula(`${nameMath('f')} = ${large(toMathml(revision.problem.objective))}`),
    definitions([revision.problem.objective, ...statementNodes(revision)]),
    el(
      'div',
      { class: 'lead' },
      'Assume ',
      revision.hypotheses.length === 0 ? 'nothing' : revision.hypotheses.map((x) => toMathml(x)).join(', '),
      '.',
    ),
    ...(revision.ofMinimizer ?? []).map(({ id, title, statement }) =>
      el(
        'div',
        { class: 'lead' },
        'Of the minimizer, assume ',
        say('span', id, { class: 'tag' }),
        ' ',
        breakable(toMathml(statement)),
        ' ',
        say('span', title, { class: 'aside' }),
      ),
    ),
    ...revision.cases.map(caseMarkup),
  );

/** A lemma: what is compared, for which matrices and numbers. */
export const lemmaMarkup = (lemma: Lemma): string =>
  scrolling(
    `statement of lemma ${lemma.id}`,
    el(
      'p',
      { class: 'lead' },
      'For all ',
      [
        ...lemma.matrices.map((x) => `${nameMath(x.text)} (${nameMath(x.rows)} × ${nameMath(x.cols)})`),
        ...lemma.scalars.map((x) => `${toMathml(x.symbol)} &gt; 0`),
      ].join(', '),
      lemma.hypotheses.length === 0 ? '' : ` with ${lemma.hypotheses.map((x) => toMathml(x)).join(', ')}`,
    ),
    formula(large(toMathml(lemma.statement))),
    definitions([...lemma.hypotheses, lemma.statement]),
    el('p', { class: 'aside' }, prose(lemma.because)),
  );

/** The sum of squares of a case, if it has one: the identity, then each square. */
export const squaresMarkup = ({ id, value, proof, when }: Case, of: string): string => {
  if (proof === undefined) return '';
  const squares = Object.entries(proof.squares);
  return scrolling(
    `sum of squares of ${of}, case ${id}`,
    el('p', { class: 'lead' }, 'A sum of squares, for all matrices, if ', toMathml(when), ':'),
    formula(large(squaresMathml(value, squares.map(([name, x]) => [name, x.coefficient])))),
    el(
      'ul',
      { class: 'definitions' },
      ...squares.map(([name, x]) =>
        el('li', {}, `${nameMath(name)} = ${breakable(toMathml(x.of))}`),
      ),
    ),
  );
};
