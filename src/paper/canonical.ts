/** Tokens of formulas in one of the forms that are typeset alike. */

/** The first place after the braces that open at this one. */
const pastBraces = (tokens: readonly string[], at: number): number => {
  let depth = 0;
  for (let k = at; k < tokens.length; k++) {
    if (tokens[k] === '{') depth += 1;
    if (tokens[k] === '}') depth -= 1;
    if (depth === 0) return k + 1;
  }
  return tokens.length;
};

const isScript = (token: string | undefined): boolean => token === '^' || token === '_';

/** Braces around every sub- and superscript; `\not=` is one symbol. */
const braced = (tokens: readonly string[]): string[] => {
  const result: string[] = [];
  tokens.forEach((token, k) => {
    const last = result.at(-1);
    if (last === '\\not' && token === '=') result.splice(-1, 1, '\\neq');
    else if (isScript(tokens[k - 1]) && token !== '{') result.push('{', token, '}');
    else result.push(token);
  });
  return result;
};

/** Primes as superscripts, in formulas; with the superscript that follows them in one. */
const primed = (tokens: readonly string[]): string[] => {
  const result: string[] = [];
  let formula = false;
  for (let k = 0; k < tokens.length; k++) {
    const token = tokens[k] ?? '';
    if (token === '$') formula = !formula;
    if (!formula || token !== "'") {
      result.push(token);
      continue;
    }
    result.push('^', '{');
    for (; tokens[k] === "'"; k++) result.push('\\prime');
    if (tokens[k] === '^' && tokens[k + 1] === '{') {
      const end = pastBraces(tokens, k + 1);
      result.push(...tokens.slice(k + 2, end - 1));
      k = end;
    }
    result.push('}');
    k -= 1;
  }
  return result;
};

/** A subscript before the superscript of the same piece. */
const ordered = (tokens: readonly string[]): string[] => {
  const result: string[] = [];
  for (let k = 0; k < tokens.length; k++) {
    const middle = tokens[k] === '^' && tokens[k + 1] === '{' ? pastBraces(tokens, k + 1) : -1;
    if (middle < 0 || tokens[middle] !== '_' || tokens[middle + 1] !== '{') {
      result.push(tokens[k] ?? '');
      continue;
    }
    const end = pastBraces(tokens, middle + 1);
    const [above, below] = [tokens.slice(k, middle), tokens.slice(middle, end)].map((x) => ordered(x.slice(1)));
    result.push('_', ...(below ?? []), '^', ...(above ?? []));
    k = end - 1;
  }
  return result;
};

export const canonical = (tokens: readonly string[]): string[] => ordered(primed(braced(tokens)));
