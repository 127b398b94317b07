/** The free matrices of a construction, in words. */
import type { LetterNode } from '../symbolic/expression.js';

/** What a free matrix of a construction has to satisfy. */
export const kindText = ({ kind }: LetterNode): string =>
  kind === 'obtuse'
    ? 'with columns of one norm and no acute angle between two of them'
    : `with orthonormal columns${kind === 'nonNegativeFrame' ? ' and no negative entry' : ''}`;
