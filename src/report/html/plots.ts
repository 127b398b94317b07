/** Figures as inline SVG, coloured by the style sheet of the page: light, dark and in print. */
import type { GapCurve, GramPair, Illustration } from '../../check/illustrate.js';
import { figure } from '../figures.js';
import { el, leaf, say } from './markup.js';
import { prose } from './prose.js';

const WIDTH = 380;
const HEIGHT = 232;
const BOX = { left: 48, right: 12, top: 12, bottom: 38 };
const INNER = { width: WIDTH - BOX.left - BOX.right, height: HEIGHT - BOX.top - BOX.bottom };

export const round = (x: number): string => String(Math.round(x * 10) / 10);

interface Scale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

const place = ({ from, to }: Scale, x: number): number => (to > from ? (x - from) / (to - from) : 0.5);
const horizontal = (scale: Scale, x: number): number => BOX.left + INNER.width * place(scale, x);
const vertical = (scale: Scale, y: number): number => BOX.top + INNER.height * (1 - place(scale, y));

export const text = (x: number, y: number, content: string, anchor = 'middle'): string =>
  say('text', content, { x: round(x), y: round(y), 'text-anchor': anchor });

const axes = (x: Scale, y: Scale, names: { readonly x: string; readonly y: string }): string =>
  [
    ...y.ticks.map(({ at, label }) => {
      const height = vertical(y, at);
      const across = { x1: BOX.left, x2: WIDTH - BOX.right, y1: round(height), y2: round(height) };
      return leaf('line', { class: 'grid', ...across }) + text(BOX.left - 6, height + 4, label, 'end');
    }),
    ...x.ticks.map(({ at, label }) => text(horizontal(x, at), HEIGHT - BOX.bottom + 16, label)),
    text(BOX.left + INNER.width / 2, HEIGHT - 5, names.x),
    el(
      'g',
      { transform: `translate(11 ${round(BOX.top + INNER.height / 2)}) rotate(-90)` },
      text(0, 0, names.y),
    ),
  ].join('');

/** A figure with its caption. The drawing is one image to a screen reader: `description` says what is to be seen. */
const framed = (title: string, description: string, drawing: string, size = { width: WIDTH, height: HEIGHT }): string =>
  el(
    'figure',
    { class: 'plot' },
    el(
      'svg',
      {
        viewBox: `0 0 ${size.width} ${size.height}`,
        width: size.width,
        height: size.height,
        role: 'img',
        'aria-label': `${title}. ${description}`,
      },
      drawing,
    ),
    el('figcaption', {}, el('strong', {}, prose(`${title}.`)), ` ${prose(description)}`),
  );

const powerLabel = (exponent: number): string =>
  `10${Array.from(String(exponent), (ch) => (ch === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(ch)] ?? ch))).join('')}`;

const decades = (from: number, to: number, step: number): Scale['ticks'] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => from + k * step).map((at) => ({
    at,
    label: powerLabel(at),
  }));

const DASHES = ['none', '7 3', '2 3'];

/** f − f* against the number of steps, both logarithmic. */
export const gapPlot = ({ curves, rounding }: Illustration): string => {
  const floor = Math.max(rounding, 1e-17);
  const all = curves.flatMap((x) => x.points);
  const steps = Math.max(10, ...all.map(([step]) => step));
  const most = Math.max(floor * 10, ...all.map(([, gap]) => gap));
  const y: Scale = {
    from: Math.floor(Math.log10(floor)) - 0.5,
    to: Math.ceil(Math.log10(most)),
    ticks: decades(Math.floor(Math.log10(floor) / 4) * 4 + 4, Math.ceil(Math.log10(most)), 4),
  };
  const x: Scale = {
    from: 0,
    to: Math.log10(1 + steps),
    ticks: decades(0, Math.floor(Math.log10(1 + steps)), 1).map(({ at }) => ({
      at: Math.log10(1 + 10 ** at),
      label: powerLabel(at),
    })),
  };
  const path = ({ points }: GapCurve): string =>
    points
      .map(([step, gap], k) => {
        const height = Math.log10(Math.max(gap, 10 ** y.from));
        const position = `${round(horizontal(x, Math.log10(1 + step)))} ${round(vertical(y, height))}`;
        return `${k === 0 ? 'M' : 'L'}${position}`;
      })
      .join('');
  const level = round(vertical(y, Math.log10(floor)));
  const ends = curves.map(({ points }) => figure(points.at(-1)?.[1] ?? NaN)).join(', ');
  return framed(
    'Gap over iterations',
    `Plain gradient descent, f − f* after so many steps from ${curves.length} normal starts; it ends at ${ends}. ` +
      `Below ${figure(floor)} (dotted) is rounding.`,
    axes(x, y, { x: 'step', y: 'f − f*' }) +
      leaf('line', { class: 'bound', x1: BOX.left, x2: WIDTH - BOX.right, y1: level, y2: level }) +
      curves
        .map((curve, k) =>
          leaf('path', { class: `curve c${k}`, d: path(curve), 'stroke-dasharray': DASHES[k % DASHES.length] }),
        )
        .join(''),
  );
};

const niceTicks = (from: number, to: number): number[] => {
  const rough = (to - from) / 4;
  if (!(rough > 0)) return [from];
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * unit).find((x) => x >= rough) ?? 10 * unit;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, k) => (first + k) * step);
};

/** All eigenvalues in ascending order: predicted as steps, measured as dots. */
export const spectrumPlot = ({ predicted, measured, bound }: NonNullable<Illustration['spectrum']>): string => {
  const least = Math.min(0, ...predicted, ...measured);
  const most = Math.max(...predicted, ...measured);
  const margin = (most - least) * 0.06 || 1;
  const y: Scale = {
    from: least - margin,
    to: most + margin,
    ticks: niceTicks(least, most).map((at) => ({ at, label: figure(at) })),
  };
  const x: Scale = {
    from: 0,
    to: predicted.length,
    ticks: niceTicks(0, predicted.length).map((at) => ({ at, label: String(at) })),
  };
  const distinct = new Set(predicted.map((value) => value.toPrecision(9))).size;
  const worst = Math.max(...measured.map((value, k) => Math.abs(value - (predicted[k] ?? NaN))));
  const line = predicted
    .map((value, k) => {
      const height = round(vertical(y, value));
      return `${k === 0 ? 'M' : 'L'}${round(horizontal(x, k))} ${height}H${round(horizontal(x, k + 1))}`;
    })
    .join('');
  return framed(
    'Hessian spectrum',
    `${predicted.length} eigenvalues at the claimed minimizer, ${distinct} different ones predicted (line) and all ` +
      `measured (dots); they differ by at most ${figure(worst)} (bound ${figure(bound)}).`,
    axes(x, y, { x: 'index, ascending', y: 'eigenvalue' }) +
      leaf('path', { class: 'curve c1', d: line }) +
      measured
        .map((value, k) =>
          leaf('circle', {
            class: 'dot',
            cx: round(horizontal(x, k + 0.5)),
            cy: round(vertical(y, value)),
            r: predicted.length > 80 ? 1.4 : 2,
          }),
        )
        .join(''),
  );
};

const heatMap = (rows: readonly (readonly number[])[], at: number, side: number, largest: number, name: string) => {
  const cell = side / Math.max(1, rows.length);
  return el(
    'g',
    { transform: `translate(${at} 24)` },
    text(side / 2, -8, name),
    ...rows.flatMap((row, i) =>
      row.map((value, j) => {
        const share = largest > 0 ? Math.min(1, Math.abs(value) / largest) : 0;
        const small = Math.abs(value) < 5e-4 * largest;
        return (
          leaf('rect', {
            class: value < 0 && !small ? 'negative' : 'positive',
            x: round(j * cell),
            y: round(i * cell),
            width: round(cell - 1),
            height: round(cell - 1),
            'fill-opacity': (0.06 + 0.94 * share).toFixed(3),
          }) +
          (rows.length > 5
            ? ''
            : say('text', small ? '0' : String(Number(value.toPrecision(2))), {
                class: share > 0.5 ? 'on-full' : 'on-faint',
                x: round((j + 0.5) * cell),
                y: round((i + 0.5) * cell + 4),
                'text-anchor': 'middle',
              }))
        );
      }),
    ),
  );
};

/** Both sides of a conclusion between K × K matrices. */
export const gramPlot = ({ id, left, right, found, claimed }: GramPair, end: number): string => {
  const largest = Math.max(...[found, claimed].flat(2).map(Math.abs));
  const worst = Math.max(
    ...found.flatMap((row, i) => row.map((value, j) => Math.abs(value - (claimed[i]?.[j] ?? NaN)))),
  );
  const side = 172;
  return framed(
    `${id}: ${left} = ${right}`,
    `Left side (found) where the lowest of four descents ended, f − f* = ${figure(end)}, and right side (claimed); ` +
      `largest difference ${figure(worst)}.`,
    heatMap(found, 8, side, largest, 'found') + heatMap(claimed, side + 28, side, largest, 'claimed'),
    { width: 2 * side + 36, height: side + 30 },
  );
};

/** All figures of a revision. */
export const illustrationPlots = (illustration: Illustration): string =>
  [
    gapPlot(illustration),
    ...(illustration.spectrum === undefined ? [] : [spectrumPlot(illustration.spectrum)]),
    ...illustration.grams.map((pair) => gramPlot(pair, illustration.end)),
  ].join('\n');
