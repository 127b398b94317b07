/** Where descents ended by the sides of a hypothesis on the minimizer, and what ends below f* say of it. */
import type { DescentMap } from '../check/vacuity/place.js';
import type { RevisionResult } from '../check/verify.js';
import { plural } from './figures.js';

const sum = ({ cells }: DescentMap, of: (cell: DescentMap['cells'][number]) => number): number =>
  cells.reduce((total, x) => total + of(x), 0);

/** What ends below f* say of the hypothesis: nothing of minimizers before its price is proved. Empty without any. */
export const consequenceText = (map: DescentMap, id: string): string => {
  if (map.cells.every((x) => x.beaten === 0)) return '';
  const against = sum(map, (x) => x.againstPrice);
  if (against > 0) return `The price of (${id}) is contradicted by ${plural(against, 'end')} below f*.`;
  return map.unproved === undefined
    ? `f ≥ f* is proved wherever (${id}) holds (modulo the lemmas that are cited): no global minimizer of such an ` +
        'instance meets it, and the theorem says nothing of them.'
    : `That f ≥ f* wherever (${id}) holds is not proved (${map.unproved}); if it is true, no global minimizer ` +
        'of such an instance meets it.';
};

/** All descents in one line, and what follows; nothing without a hypothesis that has a price. */
export const excessTexts = ({ map }: RevisionResult): string[] => {
  if (map?.hypothesis === undefined) return [];
  const { id } = map.hypothesis;
  const sides = (['above', 'within', 'below'] as const).map((x) => sum(map, (y) => y.counts?.[x] ?? 0));
  const counts = `${sides.join(' / ')} of ${plural(sum(map, (x) => x.runs), 'end')}`;
  const lower = sum(map, (x) => x.lower);
  const consequence = consequenceText(map, id);
  return [
    `(${id}) left side above / equal within rounding / below the right: ${counts}, ${lower} certainly below f*`,
    ...(consequence === '' ? [] : [consequence]),
  ];
};

/** The same by K and range of μ′. */
export const excessJson = ({ map }: RevisionResult): object => {
  if (map === undefined) return {};
  const { hypothesis, unproved, cells } = map;
  return {
    map: {
      ...(hypothesis === undefined ? {} : { hypothesis }),
      ...(unproved === undefined ? {} : { unproved }),
      cells: cells.map(({ range, ...cell }) => ({ ...cell, mu: range })),
    },
  };
};
