/** In words where a run really looked. */
import type { Extent } from '../check/extent.js';
import * as Q from '../exact/rational.js';
import { readable } from '../theorem/instance.js';
import { figure } from './figures.js';

const between = (least: string, largest: string): string => (least === largest ? least : `${least}–${largest}`);

/** Also of a number beyond the range of doubles. */
const decimal = (value: string): string => {
  const rounded = Q.toNumber(Q.parseRational(value));
  return rounded > 0 && Number.isFinite(rounded) ? figure(rounded) : readable(value).replace(/^[=≈] /, '');
};

/** `K 1–8, d 1–17, n 1–4, λ 3.0e-5–0.25`. */
export const extentText = ({ K, d, n, lambda }: Extent): string => {
  const sizes = Object.entries({ K, d, n }).map(([name, [least, most]]) => `${name} ${between(`${least}`, `${most}`)}`);
  const ends = Object.values(lambda).flat().map((text) => ({ text, value: Q.parseRational(text) }));
  const [first] = ends;
  if (first === undefined) return sizes.join(', ');
  const least = ends.reduce((a, b) => (Q.compare(b.value, a.value) < 0 ? b : a), first);
  const largest = ends.reduce((a, b) => (Q.compare(b.value, a.value) > 0 ? b : a), first);
  return [...sizes, `λ ${between(decimal(least.text), decimal(largest.text))}`].join(', ');
};
