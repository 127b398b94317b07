/** What an accepted chain shows, in one paragraph made of its own texts: only what has been judged is said. */
import { mentionedRoots, pretty } from '../sentence.js';
import type { ChainCase, ChainProof } from './schema.js';

/** What has been proved, with all its parameters, and modulo what. */
export function chainSentence(proof: ChainProof, conditions: readonly string[], modulo: readonly string[]): string {
  const { model, hypothesis, cases, assumption } = proof;
  const assumed = assumption === undefined ? undefined : `${assumption.left.text} = ${assumption.right.text}`;
  const claims = cases.map((home, index) => caseText(home, conditions[index] ?? '', assumed));
  const body =
    `or the two-layer ${model.activation === 'relu' ? 'ReLU' : 'linear'} model without bias, ` +
    `${hypothesis === 'none' ? 'all K, n, d >= 1' : `all K, n, d >= 1 with ${hypothesis}`} and all ` +
    `lambda_W2, lambda_W1, lambda_H1 > 0: ${claims.join('; ')}. Nothing is said where none of these cases holds.`;
  const text = pretty(body)
    .replace(/nuc\(([^()]*)\)/g, '‖$1‖_*')
    .replaceAll('sigma(', 'σ(');
  return `${modulo.length === 0 ? 'F' : `Modulo ${modulo.join(', ')}: f`}${text}`;
}

function caseText(home: ChainCase, condition: string, assumed: string | undefined): string {
  const { generators, value, roots, rectified, conclusions } = home;
  const names = [...generators].map(([name, inverse]) =>
    'equals' in inverse
      ? `${name} the only solution of ${inverse.of.text} = ${inverse.equals.text} in ${home.condition}`
      : `${name} = ${inverse.text}`,
  );
  const claims = conclusions.map(({ left, right }) => `${left.text} = ${right.text}`);
  const texts = [value.text, ...claims, assumed ?? ''].join(' ');
  const letters = [...rectified]
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(texts))
    .map(([name, { text }]) => `${name} = sigma(${text})`);
  const defined = [...names, ...mentionedRoots(roots, texts), ...letters].join(', ');
  const when = `${condition === '' ? '' : `if ${condition}, `}with ${defined}: `;
  const properties = claims.join(', ');
  if (assumed === undefined) {
    const all = claims.length === 0 ? '' : `, and every global minimizer has ${properties}`;
    return `${when}the minimum is ${value.text}${all}`;
  }
  const also = claims.length === 0 ? '' : ` and ${properties}`;
  const minimizers = `every global minimizer with ${assumed} has this value`;
  return `${when}the minimum is at most ${value.text}, and ${minimizers}${also}`;
}
