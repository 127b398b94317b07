/** The letters that expressions mention, each once, what a complement is of before it. */
import { UsageError } from '../errors.js';
import type { ComplementNode, Expression, LetterNode, ParameterNode } from './expression.js';
import { canonicalJson } from './fingerprint.js';

export interface MentionedLetters {
  readonly blocks: readonly LetterNode[];
  /** Frames of every kind, obtuse columns among them. */
  readonly frames: readonly LetterNode[];
  readonly complements: readonly ComplementNode[];
  readonly parameters: readonly ParameterNode[];
}

type AnyLetter = LetterNode | ComplementNode | ParameterNode;

const FRAMES: readonly string[] = ['frame', 'nonNegativeFrame', 'obtuse'] satisfies LetterNode['kind'][];
const KINDS: readonly string[] = ['block', ...FRAMES, 'square', 'complement', 'parameter'];

const isLetter = (node: object): node is AnyLetter =>
  'kind' in node && typeof node.kind === 'string' && KINDS.includes(node.kind);

/** @throws UsageError where two different letters of one kind (parameters aside) share a name */
export const lettersIn = (nodes: readonly Expression[]): MentionedLetters => {
  const found = new Map<string, AnyLetter>();
  const seen = new Set<object>();
  const keep = (node: AnyLetter): void => {
    // A parameter belongs to its space alone, so several may share a name.
    const key = node.kind === 'parameter' ? canonicalJson(node) : `${node.kind} ${node.name}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, node);
    else if (known !== node && canonicalJson(known) !== canonicalJson(node)) {
      throw new UsageError(`two different matrices are called ${node.name}`, 'Give each its own name.');
    }
  };
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    Object.values(node).forEach(visit);
    if (isLetter(node)) keep(node);
  };
  nodes.forEach(visit);
  const letters = [...found.values()];
  return {
    blocks: letters.filter((x): x is LetterNode => x.kind === 'block'),
    frames: letters.filter((x): x is LetterNode => FRAMES.includes(x.kind)),
    complements: letters.filter((x) => x.kind === 'complement'),
    parameters: letters.filter((x) => x.kind === 'parameter'),
  };
};
