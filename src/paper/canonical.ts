/**
 * Tokens of formulas in one of the forms that are typeset alike.
 *
 * Reviews record tokens. Whenever the same source comes to have other tokens, here or in `tokens.ts`, the number of the
 * normal form goes up, and `inPresentForm` brings what was recorded before as near to it as it can.
 */
import { OPERATORS, SYNONYMS } from './symbols.js';

/** 1 was without synonyms but three, names of operators, letters with accents, and packages of the paper. */
export const NORMAL_FORM = 2;

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

/** The word that upright letters make, if these tokens are one: `\mathrm{t r}` is tr, and `\text{t r}` is two words. */
const uprightWord = (macro: string, inside: readonly string[]): string | undefined => {
  if (macro === '\\text') return inside.length === 1 ? inside.find((x) => /^[A-Za-z]{2,}$/.test(x)) : undefined;
  return inside.length > 0 && inside.every((x) => /^[A-Za-z]$/.test(x)) ? inside.join('') : undefined;
};

const UPRIGHT = new Set(['\\mathrm', '\\operatorname', '\\text']);

const isName = (tokens: readonly string[]): boolean =>
  tokens.length === 1
    ? OPERATORS.has(tokens[0]?.slice(1) ?? '')
    : tokens.length === 4 && (tokens[0] === '\\text' || tokens[0] === '\\mathrm') && tokens[1] === '{';

/**
 * Names of operators by whatever macro: `\operatorname{tr}`, `\mathrm{tr}` and `\text{tr}` are one. A single letter in
 * `\text` is left alone: it may be as slanted as the text around it, and then looks like a variable.
 */
const named = (tokens: readonly string[]): string[] => {
  const result: string[] = [];
  for (let k = 0; k < tokens.length; k++) {
    const token = tokens[k] ?? '';
    const end = tokens[k + 1] === '{' ? pastBraces(tokens, k + 1) : -1;
    if (end >= 0 && token === '\\mathop') {
      const inside = named(tokens.slice(k + 2, end - 1));
      if (isName(inside)) {
        result.push(...inside);
        k = end - 1;
        continue;
      }
    }
    const word = end < 0 || !UPRIGHT.has(token) ? undefined : uprightWord(token, tokens.slice(k + 2, end - 1));
    if (word === undefined) {
      result.push(token);
      continue;
    }
    if (OPERATORS.has(word)) result.push(`\\${word}`);
    else result.push(word.length > 1 ? '\\text' : '\\mathrm', '{', word, '}');
    k = end - 1;
  }
  return result;
};

export const canonical = (tokens: readonly string[]): string[] => named(ordered(primed(braced(tokens))));

/**
 * Tokens that an earlier normal form made, in the present one. What the earlier form did not tell apart stays so; what
 * cannot be told from its tokens, such as which accent belonged to which word, stays as it was and agrees with nothing.
 */
export const inPresentForm = (tokens: readonly string[], form: number): string[] => {
  if (form >= NORMAL_FORM) return [...tokens];
  const renamed = tokens.map((x) => (x === '…' ? '\\ldots' : (SYNONYMS.get(/^\\(.+)$/.exec(x)?.[1] ?? '') ?? x)));
  return canonical(renamed);
};
