/**
 * What an accepted proof shows, in one paragraph made of its own texts: only what has been judged is said.
 */
import type { CaseProof, Proof } from './schema.js';

/** The theorem that has been proved, with all its parameters. */
export function proofSentence(proof: Proof, coversAll: boolean): string {
  const { model, hypothesis, parameters, generators, cases } = proof;
  const depth = model.layers === 1 ? 'one-layer' : 'two-layer linear';
  const bias = model.bias === 'none' ? 'without bias' : `with a ${model.bias} bias`;
  const lambdas = [...parameters.keys()].map((name) => `lambda_${name}`).join(', ');
  const sizes = hypothesis === 'none' ? 'all K, n, d >= 1' : `all K, n, d >= 1 with ${hypothesis}`;
  const names = [...generators].map(([name, { text }]) => `${name} = ${text}`).join(', ');
  const end = coversAll ? 'These cases are all.' : 'Nothing is said where none of these cases holds.';
  const text =
    `For the ${depth} model ${bias}, ${sizes} and all ${lambdas} > 0, with ${names}: ` +
    `${cases.map(caseText).join('; ')}. ${end}`;
  return pretty(text);
}

/** The signs of mathematics in place of those of the files. */
export function pretty(text: string): string {
  return text
    .replaceAll('lambda_', 'λ_')
    .replaceAll('sqrt(', '√(')
    .replaceAll("'", 'ᵀ')
    .replaceAll('*', '·')
    .replaceAll('>=', '≥')
    .replaceAll('<=', '≤');
}

function caseText({ condition, value, roots, conclusions }: CaseProof): string {
  const texts = [value.text, ...conclusions.flatMap(({ left, right }) => [left.text, right.text])].join(' ');
  const names = mentionedRoots(roots, texts).join(', ');
  const when = `${condition === '' ? '' : `if ${condition}, `}${names === '' ? '' : `with ${names}, `}`;
  const claims = conclusions.map(({ left, right }) => `${left.text} = ${right.text}`);
  const properties = claims.length === 0 ? '' : `, and every global minimizer has ${claims.join(', ')}`;
  return `${when}the minimum is ${value.text}${properties}`;
}

/** What the roots are that the texts mention. */
export function mentionedRoots(roots: CaseProof['roots'], texts: string): string[] {
  const mentioned = [...roots].filter(([name]) => new RegExp(`\\b${name}\\b`).test(texts));
  return mentioned.map(([name, { text }]) => `${name} = sqrt(${text})`);
}
