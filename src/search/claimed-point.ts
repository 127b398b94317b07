/** The points that a theorem writes down, in exact arithmetic. */
import { exactLetter, plainLetter } from '../check/free-letters.js';
import type { Setting } from '../check/setting.js';
import { UsageError } from '../errors.js';
import { ExactError } from '../exact/error.js';
import type { ExactMatrix } from '../exact/matrix.js';
import type { ExactPoint } from '../exact/objective.js';
import type { LetterNode } from '../symbolic/expression.js';
import { lettersIn } from '../symbolic/letters.js';
import type { Construction } from '../theorem/contract.js';
import { dimensionSizes, exactInterpreter } from '../theorem/evaluate-exact.js';

/** A claimed minimizer, with rational frames that are a function of the setting's seed; undefined as below. */
export const claimedPoint = (setting: Setting): ExactPoint | undefined => exactPointOf(setting, setting.case.minimizer);

/** How the free matrices of a construction are chosen: at random, by the setting's seed, or as plain as they can be. */
export type Choice = 'random' | 'plain';

/** A construction with rational frames; undefined where it is irrational or does not fit. */
export function exactPointOf(
  setting: Setting,
  construction: Construction,
  rank?: number,
  choice: Choice = 'random',
): ExactPoint | undefined {
  const size = dimensionSizes(setting.instance, rank);
  const { frames = [], blocks } = construction;
  if (lettersIn(Object.values(blocks)).complements.length > 0) return undefined;
  if (frames.some((x) => size(x.rows) < size(x.cols) && x.kind !== 'obtuse')) return undefined;
  const stream = setting.stream('claimed', rank ?? -1);
  return ifExact(() => {
    const value = (frame: LetterNode): ExactMatrix =>
      choice === 'plain' ? plainLetter(frame, size) : exactLetter(frame, size, stream);
    const letters = new Map(frames.map((frame) => [frame.name, value(frame)] as const));
    const { matrix } = exactInterpreter(setting.instance, letters, rank);
    return Object.fromEntries(Object.entries(blocks).map(([name, formula]) => [name, matrix(formula)]));
  });
}

/** What a computation gives; undefined where exact arithmetic cannot do it (roots, conditions of a certificate). */
export function ifExact<T>(compute: () => T | undefined): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ExactError || error instanceof UsageError) return undefined;
    throw error;
  }
}
