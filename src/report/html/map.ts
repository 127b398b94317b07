/** The (K, μ′) map of a revision of two layers: where the descents of this run ended, as a picture and as a table. */
import type { DescentMap, MapCell, MuRange } from '../../check/vacuity/place.js';
import type { RevisionResult } from '../../check/verify.js';
import * as Q from '../../exact/rational.js';
import { targetName } from '../../theorem/registry.js';
import { consequenceText } from '../excess.js';
import { figure, plural } from '../figures.js';
import { el, escape, leaf, say, scrolling } from './markup.js';
import { round, text } from './plots.js';

const CELL = { width: 46, height: 30 };
const LEFT = 78;
const TOP = 8;
const BELOW = 40;
const NARROWEST = 4;

const decimal = (mark: string): string => figure(Q.toNumber(Q.parseRational(mark)));

const rangeText = ({ from, to }: MuRange): string => {
  if (to === undefined) return `≥ ${decimal(from)}`;
  if (to === from) return `= ${decimal(from)}`;
  return from === '0' ? `< ${decimal(to)}` : `${decimal(from)} – ${decimal(to)}`;
};

/** What stands in a cell: ends above / within / below, or ends below f* of all. */
const countsText = ({ counts, lower, runs }: MapCell): string =>
  counts === undefined ? `${lower}/${runs}` : `${counts.above}/${counts.within}/${counts.below}`;

/** The three counts as one bar; their order is that of the text above it. */
const barOf = ({ counts, runs }: MapCell, x: number, y: number): string => {
  if (counts === undefined) return '';
  const width = CELL.width - 10;
  const before = [0, counts.above, counts.above + counts.within];
  return ([['above', 'bar1'], ['within', 'bar0'], ['below', 'bar2']] as const)
    .map(([name, bar], k) =>
      counts[name] === 0
        ? ''
        : leaf('rect', {
            class: bar,
            x: round(x + 4 + (width * (before[k] ?? 0)) / runs),
            y: round(y + CELL.height - 9),
            width: round((width * counts[name]) / runs),
            height: 4,
          }),
    )
    .join('');
};

const box = (className: string, x: number, y: number): string =>
  leaf('rect', {
    class: className,
    x: x + 1,
    y: y + 1,
    width: CELL.width - 2,
    height: CELL.height - 2,
    rx: 3,
  });

const cellMarkup = (cell: MapCell, x: number, y: number): string => {
  const beaten = cell.beaten > 0;
  const ink = beaten ? 'on-beaten' : 'on-faint';
  const line = (content: string, below: number): string =>
    say('text', content, { class: ink, x: round(x + CELL.width / 2), y: y + below, 'text-anchor': 'middle' });
  const alone = cell.counts === undefined && !beaten;
  return (
    box(beaten ? 'cell beaten' : 'cell', x, y) +
    line(countsText(cell), alone ? CELL.height / 2 + 4 : 14) +
    (beaten ? line('●', 26) : barOf(cell, x, y))
  );
};

/** Where the line of the threshold runs. */
const isThreshold = (mark: string | undefined): boolean => mark === '1/2';

interface Drawing {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

const drawing = ({ classes, ranges, cells }: DescentMap): Drawing => {
  const rows = [...ranges].reverse();
  const columns = Math.max(classes.length, NARROWEST);
  const [width, height] = [LEFT + columns * CELL.width + 8, TOP + rows.length * CELL.height + BELOW];
  const foot = TOP + rows.length * CELL.height;
  const edges = rows.flatMap((range, k) => [
    ...(isThreshold(range.to) ? [TOP + k * CELL.height] : []),
    ...(isThreshold(range.from) ? [TOP + (k + 1) * CELL.height] : []),
  ]);
  const across = { x1: LEFT - 4, x2: LEFT + classes.length * CELL.width + 4 };
  const markup = [
    ...rows.map((range, k) => text(LEFT - 8, TOP + (k + 0.5) * CELL.height + 4, rangeText(range), 'end')),
    ...classes.map((K, k) => text(LEFT + (k + 0.5) * CELL.width, foot + 16, String(K))),
    text(LEFT + (classes.length * CELL.width) / 2, foot + 33, 'K'),
    text(LEFT - 8, foot + 33, 'μ′ ↑', 'end'),
    ...rows.flatMap((_, row) =>
      classes.map((_K, column) => box('empty', LEFT + column * CELL.width, TOP + row * CELL.height)),
    ),
    ...cells.map((cell) =>
      cellMarkup(
        cell,
        LEFT + classes.indexOf(cell.K) * CELL.width,
        TOP + rows.indexOf(cell.range) * CELL.height,
      ),
    ),
    ...[...new Set(edges)].map((y) => leaf('line', { class: 'threshold', ...across, y1: y, y2: y })),
  ].join('');
  return { markup, width, height };
};

const table = ({ cells }: DescentMap, name: string): string => {
  const priced = cells.some((x) => x.counts !== undefined);
  const heads = [
    'K',
    'μ′',
    'instances',
    'descents',
    ...(priced ? ['above', 'within', 'below'] : []),
    'below f*',
    'least f − f*',
    'rounding',
  ];
  const row = (x: MapCell): string =>
    el(
      'tr',
      { class: x.beaten > 0 ? 'beaten' : undefined },
      say('th', String(x.K), { scope: 'row' }),
      say('td', rangeText(x.range)),
      ...[
        String(x.instances),
        String(x.runs),
        ...(x.counts === undefined ? [] : [x.counts.above, x.counts.within, x.counts.below].map(String)),
        String(x.lower),
        figure(x.lowest.gap).replace('-', '−'),
        figure(x.lowest.rounding),
      ].map((value) => say('td', value, { class: 'number' })),
    );
  return scrolling(
    `(K, μ′) map of ${name} as a table`,
    el(
      'table',
      { class: 'cells' },
      say('caption', 'Every cell of the map; the least f − f* beside how far rounding may put it off'),
      el(
        'thead',
        {},
        el('tr', {}, ...heads.map((x, k) => say('th', x, { scope: 'col', class: k > 1 ? 'number' : undefined }))),
      ),
      el('tbody', {}, ...cells.map(row)),
    ),
  );
};

const sum = (cells: readonly MapCell[], of: (x: MapCell) => number): number =>
  cells.reduce((total, x) => total + of(x), 0);

const found = ({ cells }: DescentMap): string => {
  const [beaten, all] = [sum(cells, (x) => x.beaten), sum(cells, (x) => x.instances)];
  return beaten === 0
    ? `At none of ${plural(all, 'instance')} an end is certainly below f*, which proves nothing.`
    : `● At ${beaten} of ${plural(all, 'instance')} an end is certainly below f*.`;
};

/** What is to be seen, in words: what was measured in this run, and no more. */
const description = (map: DescentMap): string => {
  const runs = plural(sum(map.cells, (x) => x.runs), 'descent');
  if (map.hypothesis === undefined) {
    return `Of the ${runs} of this run, how many ended certainly below the claimed minimum f*. ${found(map)}`;
  }
  const { id, text: statement } = map.hypothesis;
  const consequence = consequenceText(map, id);
  return (
    `Where the ${runs} of this run ended: left side of (${id}), ${statement}, above / equal to ` +
    `within rounding / below the right one. ${found(map)}${consequence === '' ? '' : ` ${consequence}`}`
  );
};

/** The map of one result; empty where its descents tell nothing by K and μ′. */
export const mapMarkup = ({ map, target }: RevisionResult): string => {
  if (map === undefined) return '';
  const { markup, width, height } = drawing(map);
  const says = description(map);
  const name = targetName(target);
  return el(
    'figure',
    { class: 'map' },
    el(
      'div',
      { class: 'map-and-words' },
      scrolling(
        `(K, μ′) map of ${name}`,
        el(
          'svg',
          {
            viewBox: `0 0 ${width} ${height}`,
            width,
            height,
            role: 'img',
            'aria-label': `Map over K and μ′. ${says} The table after it has every cell.`,
          },
          markup,
        ),
      ),
      el('div', { class: 'caption' }, say('strong', 'Map over K and μ′.'), ` ${escape(says)} Dashed: μ′ = 1/2.`),
    ),
    el('details', {}, el('summary', {}, 'The same as a table'), table(map, name)),
  );
};
