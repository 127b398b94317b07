/** What changed between two lists of tokens: what both have in order, and around it what was taken out and put in. */
export interface Change {
  readonly kind: 'same' | 'removed' | 'added';
  readonly tokens: readonly string[];
}

/** Beyond this product of lengths no common subsequence is sought. */
const LARGEST_TABLE = 4_000_000;

/** The tokens at the front that both have. */
const commonFront = (a: readonly string[], b: readonly string[]): number => {
  let k = 0;
  while (k < a.length && k < b.length && a[k] === b[k]) k++;
  return k;
};

const middleDiff = (a: readonly string[], b: readonly string[]): Change[] => {
  const single: Change[] = [
    { kind: 'removed', tokens: a },
    { kind: 'added', tokens: b },
  ];
  if (a.length * b.length > LARGEST_TABLE) return single;
  // length[i][j]: of the longest common subsequence of a from i on and b from j on.
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => length[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      changes.push({ kind: 'same', tokens: [x] });
      [i, j] = [i + 1, j + 1];
    } else if (x !== undefined && (y === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ kind: 'removed', tokens: [x] });
      i++;
    } else if (y !== undefined) {
      changes.push({ kind: 'added', tokens: [y] });
      j++;
    }
  }
  return changes;
};

/** Neighbours of one kind together, and of each change what was removed first. */
const merged = (changes: readonly Change[]): Change[] => {
  const result: Change[] = [];
  let [removed, added]: [string[], string[]] = [[], []];
  const flush = (): void => {
    if (removed.length > 0) result.push({ kind: 'removed', tokens: removed });
    if (added.length > 0) result.push({ kind: 'added', tokens: added });
    [removed, added] = [[], []];
  };
  for (const { kind, tokens } of changes) {
    if (kind === 'removed') removed.push(...tokens);
    else if (kind === 'added') added.push(...tokens);
    else {
      flush();
      const last = result.at(-1);
      if (last?.kind === 'same') result.splice(-1, 1, { kind, tokens: [...last.tokens, ...tokens] });
      else result.push({ kind, tokens });
    }
  }
  flush();
  return result.filter((x) => x.tokens.length > 0);
};

/** Old to new. Leaving out what is removed gives the new list, leaving out what is added the old one. */
export const wordDiff = (before: readonly string[], after: readonly string[]): Change[] => {
  const front = commonFront(before, after);
  const [a, b] = [before.slice(front), after.slice(front)];
  const back = commonFront([...a].reverse(), [...b].reverse());
  const same = (tokens: readonly string[]): Change => ({ kind: 'same', tokens });
  return merged([
    same(before.slice(0, front)),
    ...middleDiff(a.slice(0, a.length - back), b.slice(0, b.length - back)),
    same(a.slice(a.length - back)),
  ]);
};

const CONTEXT = 6;

const shortened = (tokens: readonly string[], first: boolean, last: boolean): string => {
  if (first && tokens.length > CONTEXT) return `… ${tokens.slice(-CONTEXT).join(' ')}`;
  if (last && tokens.length > CONTEXT) return `${tokens.slice(0, CONTEXT).join(' ')} …`;
  if (tokens.length <= 2 * CONTEXT || first || last) return tokens.join(' ');
  return `${tokens.slice(0, CONTEXT).join(' ')} … ${tokens.slice(-CONTEXT).join(' ')}`;
};

/** On one line, as `git diff --word-diff` writes it: `if [-d ≥ K-]{+d > K+} then`; what is the same is cut short. */
export const diffText = (changes: readonly Change[]): string =>
  changes
    .map(({ kind, tokens }, k) => {
      if (kind === 'removed') return `[-${tokens.join(' ')}-]`;
      if (kind === 'added') return `{+${tokens.join(' ')}+}`;
      return shortened(tokens, k === 0, k === changes.length - 1);
    })
    .join(' ');
