/** Where a run looked: what is false beyond is upheld within, and the report says how far within goes. */
import { describe, expect, it } from 'vitest';
import { extentOf } from '../../src/check/extent.js';
import { extentText } from '../../src/report/extent.js';
import type { Instance } from '../../src/theorem/instance.js';

const at = (K: number, d: number, n: number, W: string, H: string): Instance => ({ K, d, n, lambda: { W, H } });

describe('the extent of a run', () => {
  it('is from the least to the largest of every size and of every λ', () => {
    const extent = extentOf([at(3, 4, 2, '1/4', '1/50'), at(1, 7, 2, '1/3', '1/8')]);
    expect(extent).toEqual({ K: [1, 3], d: [4, 7], n: [2, 2], lambda: { W: ['1/4', '1/3'], H: ['1/50', '1/8'] } });
    expect(extent && extentText(extent)).toBe('K 1–3, d 4–7, n 2, λ 0.02–0.3333');
  });

  it('tells numbers beyond the range of doubles from zero', () => {
    const extent = extentOf([at(1, 1, 1, `1/${10n ** 400n}`, '2')]);
    expect(extent && extentText(extent)).toBe('K 1, d 1, n 1, λ 1.0000e-400–2');
  });

  it('is none where nothing was measured', () => {
    expect(extentOf([])).toBeUndefined();
  });
});
